import CBOR
package import LedgerDomain
package import RedemptionTokens

/// A voucher on paper, to be printed once, with the event that issued it.
package struct PrintedVoucher: Sendable {
    package let paper: PaperVoucher
    package let receipt: Receipt<IssuePaper>
}

extension LedgerService {
    /// Puts a voucher on paper; one that was printed before is worth nothing from now on.
    ///
    /// The serial follows from the idempotency key, so that a retry prints the same paper.
    package func issuePaper(_ voucher: VoucherID, _ call: Call) async throws(ServiceError) -> PrintedVoucher {
        let exists = try state { $0.vouchers.contains(voucher) }
        guard exists, let reference = VoucherReference(ledger: ledger.rawValue, number: voucher.rawValue),
            let paper = tokens.papers.paper(for: reference, keyDigest(call).bytes)
        else { throw .notFound(.voucher, voucher.text(in: ledger)) }
        let commitment = commitment(to: paper)
        let receipt = try await perform(
            IssuePaper.with {
                $0.voucher = voucher
                $0.commitment = commitment
            }, call)
        guard try state({ $0.papers[voucher] }) == commitment else {
            throw .invalid("This paper was printed before, and a later one has taken its place.")
        }
        return PrintedVoucher(paper: paper, receipt: receipt)
    }

    /// What the ledger knows a paper by.
    func commitment(to paper: PaperVoucher) -> Digest128 {
        Digest128(tokens.papers.commitment(to: paper)) ?? .zero
    }
}

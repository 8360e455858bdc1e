package import CBOR

/// Puts a voucher on paper, to be redeemed online by its serial; a second paper makes the first worthless (DESIGN §7).
package struct IssuePaper: Operation {
    package static let type = OperationType.issuePaper

    package var voucher: VoucherID = .none
    /// A keyed MAC of the serial: it recognises the paper, and nobody can print one from it.
    package var commitment = Digest128.zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &voucher)
        try coder.field(17, &commitment)
    }

    package typealias Accepted = NoFields
}

extension IssuePaper {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.vouchers.contains(voucher) else { return .failure(.unknownVoucher) }
        guard state.vouchers[voucher].balance.total.fen <= state.settings[.paperCap] else {
            return .failure(.paperCapExceeded)
        }
        if let refusal = state.unusable(voucher, at: context.instant) { return .failure(refusal) }
        return .success(NoFields())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.papers[voucher] = commitment
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {}
}

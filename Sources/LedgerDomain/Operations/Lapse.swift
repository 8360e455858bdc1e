package import CBOR

/// Lapses an expired voucher: one line of the sweep that returns unused value.
package struct Lapse: Operation {
    package static let type = OperationType.lapse

    package var voucher: VoucherID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &voucher)
    }

    /// What lapses, and to which account.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var lapsed: FundShares = FundShares()
        package var target: Account = .fund

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &lapsed)
            try coder.field(33, &target)
        }
    }
}

extension Lapse {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.vouchers.contains(voucher) else { return .failure(.unknownVoucher) }
        let expired = state.vouchers[voucher]
        if let refusal = expired.status.refusal { return .failure(refusal) }
        guard context.instant >= expired.expiry else { return .failure(.voucherNotExpired) }
        guard state.held(voucher, at: context.instant) == .zero else { return .failure(.voucherHeld) }
        return .success(
            .with {
                $0.lapsed = state.batches[expired.batch].named(expired.balance)
                $0.target = state.lapseTarget(of: expired)
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(.lapse, debit: .voucher(voucher), credit: accepted.target, accepted.lapsed)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.lapse(voucher, accepted.lapsed.total, becoming: .lapsed)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.voucherStatus(voucher, .lapsed))
    }
}

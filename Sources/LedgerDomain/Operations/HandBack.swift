package import CBOR

/// A resident hands an unused voucher back; its value lapses and no longer counts against the person.
package struct HandBack: Operation {
    package static let type = OperationType.handBack

    package var voucher: VoucherID = .none
    package var pseudonym: Pseudonym = Pseudonym(0)
    /// Where it was asked for; `nil` where nobody said.
    package var channel: String?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &voucher)
        try coder.field(17, &pseudonym)
        try coder.field(18, &channel)
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

extension HandBack {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard channel?.isChannel ?? true else { return .failure(.textOutOfRange) }
        guard state.vouchers.contains(voucher) else { return .failure(.unknownVoucher) }
        let held = state.vouchers[voucher]
        guard state.people[held.person].pseudonym == pseudonym else { return .failure(.notHolder) }
        if let refusal = state.unusable(voucher, at: context.instant) { return .failure(refusal) }
        return .success(
            .with {
                $0.lapsed = state.batches[held.batch].named(held.balance)
                $0.target = state.lapseTarget(of: held)
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(.lapse, debit: .voucher(voucher), credit: accepted.target, accepted.lapsed)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.lapse(voucher, accepted.lapsed.total, becoming: .handedBack)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.voucherStatus(voucher, .handedBack))
    }
}

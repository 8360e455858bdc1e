package import CBOR

/// Posts a correction as a second person: the merchant is owed less, and the money goes where a lapse would.
package struct ApproveCorrection: Operation {
    package static let type = OperationType.approveCorrection

    package var correction: CorrectionID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &correction)
    }

    /// What is taken back of which redemption, and where it goes.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var redemption: RedemptionID = .none
        package var merchant: MerchantID = .none
        package var payee: PayeeID = .none
        package var subsidy = FundShares()
        package var target: Account = .fund
        package var day = BusinessDay(days: 0)

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &redemption)
            try coder.field(33, &merchant)
            try coder.field(34, &payee)
            try coder.field(35, &subsidy)
            try coder.field(36, &target)
            try coder.field(37, &day)
        }
    }
}

extension ApproveCorrection {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.corrections.contains(correction) else { return .failure(.unknownCorrection) }
        let proposed = state.corrections[correction]
        guard proposed.maker != context.principal else { return .failure(.makerIsChecker) }
        guard proposed.status == .proposed else { return .failure(.correctionNotProposed) }
        guard proposed.amount <= state.outstanding(proposed.redemption) else {
            return .failure(.correctionExceeds)
        }
        let captured = state.redemptions[proposed.redemption]
        let voucher = state.vouchers[captured.voucher]
        let batch = state.batches[voucher.batch]
        let shares = Split.take(
            proposed.amount, granted: captured.subsidy,
            given: state.refunds[proposed.redemption]?.subsidy ?? .zero, count: batch.funds.count)
        let merchant = state.outlets[captured.outlet].merchant
        return .success(
            .with {
                $0.redemption = proposed.redemption
                $0.merchant = merchant
                $0.payee = state.merchants[merchant].payee
                $0.subsidy = batch.named(shares)
                $0.target =
                    captured.isAbsorbed ? .programme(batch.programme) : state.lapseTarget(of: voucher)
                $0.day = state.businessDay(of: context.instant)
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(.refund, debit: .payable(accepted.payee), credit: accepted.target, accepted.subsidy)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.corrections[correction].status = .posted
        state.giveBack(accepted.subsidy, of: accepted.redemption, by: accepted.merchant)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        // A refund of no part of the bill: the customer has what was sold, the merchant not the subsidy.
        rows.append(
            .refund(
                RefundRow(
                    event: context.number, redemption: accepted.redemption, bill: .zero,
                    subsidy: accepted.subsidy.total, instant: context.instant, day: accepted.day)))
        rows.append(.correctionDecided(correction, .posted, by: context.principal, note: ""))
    }
}

package import CBOR

/// A merchant pays a claw-back to the treasury.
package struct Recover: Operation {
    package static let type = OperationType.recover

    package var merchant: MerchantID = .none
    package var fund: FundID = .none
    package var amount: Amount = .zero
    package var reference: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &merchant)
        try coder.field(17, &fund)
        try coder.field(18, &amount)
        try coder.field(19, &reference)
    }

    /// The merchant's payee, whose negative payable it settles.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var payee: PayeeID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &payee)
        }
    }
}

extension Recover {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard reference.isShortText else { return .failure(.textOutOfRange) }
        guard state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard state.merchants.contains(merchant) else { return .failure(.unknownMerchant) }
        let payee = state.merchants[merchant].payee
        let owed = state.payees[payee].balances[fund]
        guard owed < .zero else { return .failure(.noClawBack) }
        guard amount <= -owed else { return .failure(.recoverExceedsClawBack) }
        return .success(.with { $0.payee = payee })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(Posting(.recover, debit: .treasury, credit: .payable(accepted.payee), fund, amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.unsettled[MerchantFund(merchant, fund), default: Unsettled()].adjustment += amount
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
    }
}

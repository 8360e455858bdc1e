package import CBOR

/// 拨款: money arrives in a fund from its treasury.
package struct Appropriate: Operation {
    package static let type = OperationType.appropriate

    package typealias Accepted = NoFields

    package var fund: FundID = .none
    package var amount: Amount = .zero
    package var reference: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &fund)
        try coder.field(17, &amount)
        try coder.field(18, &reference)
    }
}

extension Appropriate {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard reference.isShortText else { return .failure(.textOutOfRange) }
        guard state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard state.funds[fund].treasury + amount <= .limit else { return .failure(.amountOutOfRange) }
        return .success(Accepted())
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(Posting(.appropriate, debit: .treasury, credit: .fund, fund, amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
    }
}

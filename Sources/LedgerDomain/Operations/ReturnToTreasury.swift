package import CBOR

/// Year-end lapse: unspent money of a fund goes back to its treasury.
package struct ReturnToTreasury: Operation {
    package static let type = OperationType.returnToTreasury

    package typealias Accepted = NoFields

    package var fund: FundID = .none
    package var amount: Amount = .zero
    package var document: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &fund)
        try coder.field(17, &amount)
        try coder.field(18, &document)
    }
}

extension ReturnToTreasury {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard document.isShortText else { return .failure(.textOutOfRange) }
        guard state.funds.contains(fund) else { return .failure(.unknownFund) }
        return state.spend(amount, of: fund).map { _ in Accepted() }
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(Posting(.return, debit: .fund, credit: .treasury, fund, amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
    }
}

package import CBOR

/// What a programme did not use returns to its fund.
package struct Reclaim: Operation {
    package static let type = OperationType.reclaim

    package typealias Accepted = NoFields

    package var programme: ProgrammeID = .none
    package var fund: FundID = .none
    package var amount: Amount = .zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &fund)
        try coder.field(18, &amount)
    }
}

extension Reclaim {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        guard amount <= state.programmes[programme].available(fund) else {
            return .failure(.insufficientProgramme)
        }
        return .success(Accepted())
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(Posting(.reclaim, debit: .programme(programme), credit: .fund, fund, amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
    }
}

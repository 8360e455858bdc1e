package import CBOR

/// 分配: money moves from a fund to a programme.
package struct Allocate: Operation {
    package static let type = OperationType.allocate

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

extension Allocate {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        switch state.programmes[programme].status {
        case .submitted: return .failure(.programmeNotApproved)
        case .closed: return .failure(.programmeClosed)
        case .approved, .paused: break
        }
        guard amount <= state.funds[fund].balance else { return .failure(.insufficientFund) }
        guard amount.fen >= state.settings[.allocationMinimum] else {
            return .failure(.allocationBelowMinimum)
        }
        guard amount.fen <= state.settings[.allocationMaximum] else {
            return .failure(.allocationAboveMaximum)
        }
        let entries = state.programmes[programme].balances.entries
        guard entries.count < FundList.capacity || entries.contains(where: { $0.fund == fund }) else {
            return .failure(.tooManyFunds)
        }
        return .success(Accepted())
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(Posting(.allocate, debit: .fund, credit: .programme(programme), fund, amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
    }
}

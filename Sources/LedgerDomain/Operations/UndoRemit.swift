package import CBOR

/// Money that another ledger sent back: the mirror of its remittance.
package struct UndoRemit: Operation {
    package static let type = OperationType.undoRemit

    package var event: UInt64 = 0

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &event)
    }

    /// What the undone event moved.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var fund: FundID = .none
        package var ledger: LedgerCode = LedgerCode(0)
        package var amount: Amount = .zero

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &fund)
            try coder.field(33, &ledger)
            try coder.field(34, &amount)
        }
    }
}

extension UndoRemit {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard let sent = state.remittances[event] else { return .failure(.unknownRemittance) }
        guard !sent.undone else { return .failure(.remittanceAlreadyReturned) }
        return .success(
            .with {
                $0.fund = sent.fund
                $0.ledger = sent.ledger
                $0.amount = sent.amount
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            Posting(
                .remit, debit: .fund, credit: .remitted(accepted.ledger), accepted.fund, accepted.amount,
                undoes: true))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.remittances[event]?.undone = true
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.remittanceUndone(event: event))
    }
}

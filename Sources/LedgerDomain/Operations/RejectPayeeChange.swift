package import CBOR

/// Turns a payee's new bank account down: it is paid where it was.
package struct RejectPayeeChange: Operation {
    package static let type = OperationType.rejectPayeeChange

    package typealias Accepted = NoFields

    package var payee: PayeeID = .none
    /// The event that proposed it.
    package var proposal: UInt64 = 0
    /// 1 to 200 bytes.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &payee)
        try coder.field(17, &proposal)
        try coder.field(18, &reason)
    }
}

extension RejectPayeeChange {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        return state.change(of: payee, proposedBy: proposal).map { _ in Accepted() }
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.payees[payee].change = nil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .payeeChangeDecided(
                event: proposal, .rejected, by: context.principal, note: reason))
    }
}

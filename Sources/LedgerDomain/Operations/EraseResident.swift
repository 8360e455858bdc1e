package import CBOR

/// A resident's personal data is to be deleted: first this event, then the deletion, which is done again after a
/// restore (DESIGN §6). Nothing that the log or a balance rests on goes with it.
package struct EraseResident: Operation {
    package static let type = OperationType.eraseResident

    package typealias Accepted = NoFields

    /// The keyed MAC that the vault finds the person by; without the vault's key it names nobody.
    package var subject: Digest128 = .zero
    /// Why: a request or an order, never a name.
    package var reason: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &subject)
        try coder.field(17, &reason)
    }
}

extension EraseResident {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        return .success(NoFields())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.erased[subject] = context.number
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {}
}

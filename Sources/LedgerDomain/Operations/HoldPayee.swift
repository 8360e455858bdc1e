package import CBOR

/// Holds what a payee is owed, or releases it as a second person; nothing is punished by it and nothing lost.
package struct HoldPayee: Operation {
    package static let type = OperationType.holdPayee

    package typealias Accepted = NoFields

    package var payee: PayeeID = .none
    package var isHeld = true
    /// Why, 1 to 200 bytes; the merchant reads it in its statement.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &payee)
        try coder.field(17, &isHeld)
        try coder.field(18, &reason)
    }
}

extension HoldPayee {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard state.payees.contains(payee) else { return .failure(.unknownPayee) }
        let holder = state.payees[payee].heldBy
        // Anybody in office may stop a payment; to let it go on takes somebody else.
        if !isHeld, holder == context.principal { return .failure(.makerIsChecker) }
        guard isHeld == (holder == nil) else { return .failure(.payeeHoldUnchanged) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.payees[payee].heldBy = isHeld ? context.principal : nil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .payeeHold(
                PayeeHoldRow(
                    event: context.number, payee: payee, isHeld: isHeld, reason: reason,
                    principal: context.principal, instant: context.instant)))
    }
}

internal import CBOR

/// Another bank account for a payee, until a second person has decided; its money waits meanwhile.
package struct PayeeChange: Equatable, Sendable, Codable {
    /// The event that proposed it, by which the second person names it.
    package var event: UInt64
    /// Salted hashes; in clear they are in the vault only (DESIGN §6).
    package var name: Digest128
    package var account: Digest128
    /// 联行号.
    package var bankCode: String
    package var maker: Principal
}

extension LedgerState {
    /// Why nothing is paid to a payee now, whatever it is owed; `nil` where it can be.
    package func hold(on payee: PayeeID) -> Refusal? {
        if payees[payee].heldBy != nil { return .payeeHeld }
        return payees[payee].change == nil ? nil : .payeeChangePending
    }

    /// The change that waits for a payee, if it is the one that `event` proposed.
    func change(of payee: PayeeID, proposedBy event: UInt64) -> Result<PayeeChange, Refusal> {
        guard payees.contains(payee) else { return .failure(.unknownPayee) }
        guard let change = payees[payee].change, change.event == event else {
            return .failure(.payeeChangeNotProposed)
        }
        return .success(change)
    }
}

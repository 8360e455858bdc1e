package import LedgerDomain

/// Who asks, under which idempotency key, and when.
package struct Call: Sendable {
    package var principal: Principal
    /// Unique for the owner; the same key with the same command gets the same answer for ever.
    package var key: String
    /// Whose keys it is one of: the principal's, or the terminal's, whoever stands at it.
    package var owner: String
    /// The clock's reading; the service's own clock where `nil`.
    package var instant: Instant?
    /// What must still hold of the state when it is decided; anything where `nil`.
    package var expectation: (@Sendable (LedgerState) -> Bool)?

    /// - Parameter owner: the principal where `nil`.
    package init(
        _ principal: Principal, key: String, owner: String? = nil, at instant: Instant? = nil,
        expecting expectation: (@Sendable (LedgerState) -> Bool)? = nil
    ) {
        self.expectation = expectation
        self.principal = principal
        self.owner = owner ?? principal.name
        self.key = key
        self.instant = instant
    }

    /// The same caller with a key for one of the steps that a call takes.
    func step(_ name: String) -> Call {
        Call(principal, key: "\(key)/\(name)", owner: owner, at: instant)
    }
}

/// An accepted command: what was decided, as which event.
package struct Receipt<Asked: Operation>: Sendable {
    package var event: UInt64
    package var instant: Instant
    package var accepted: Asked.Accepted
    /// Whether this is the answer to an earlier call with the same key.
    package var isReplay: Bool
}

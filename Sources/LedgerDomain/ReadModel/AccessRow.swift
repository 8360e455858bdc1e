/// Something that happened at the door.
package struct AccessRow: Equatable, Sendable {
    package var event: UInt64
    package var kind: AccessKind
    /// The account, key or terminal that it is about; empty where that is whoever did it.
    package var account: String
    /// The roles, the operation or the reason.
    package var about: String
    package var principal: Principal
    package var instant: Instant

    package init(
        event: UInt64, kind: AccessKind, account: String, about: String, principal: Principal,
        instant: Instant
    ) {
        self.event = event
        self.kind = kind
        self.account = account
        self.about = about
        self.principal = principal
        self.instant = instant
    }
}

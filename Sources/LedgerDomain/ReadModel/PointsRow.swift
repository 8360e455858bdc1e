/// 积分 earned, exchanged or expired, as the read model keeps it.
package struct PointsRow: Equatable, Sendable {
    package var event: UInt64
    package var programme: ProgrammeID
    package var pseudonym: Pseudonym
    /// `earn`, `exchange` or `expire`.
    package var kind: Posting.Kind
    /// What earned them.
    package var what: String
    package var points: Amount
    package var instant: Instant
    package var expiry: Instant

    package init(
        event: UInt64, programme: ProgrammeID, pseudonym: Pseudonym, kind: Posting.Kind, what: String,
        points: Amount, instant: Instant, expiry: Instant
    ) {
        self.event = event
        self.programme = programme
        self.pseudonym = pseudonym
        self.kind = kind
        self.what = what
        self.points = points
        self.instant = instant
        self.expiry = expiry
    }
}

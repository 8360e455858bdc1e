/// 活动 as the read model keeps it.
package struct ProgrammeRow: Equatable, Sendable {
    package var id: ProgrammeID
    package var name: String
    package var document: String
    package var rule: ProgrammeRule
    package var maker: Principal
    package var instant: Instant

    package init(
        id: ProgrammeID, name: String, document: String, rule: ProgrammeRule, maker: Principal,
        instant:
            Instant
    ) {
        self.id = id
        self.name = name
        self.document = document
        self.rule = rule
        self.maker = maker
        self.instant = instant
    }
}

/// 批次 as the read model keeps it.
package struct BatchRow: Equatable, Sendable {
    package var id: BatchID
    package var programme: ProgrammeID
    package var face: Amount
    package var quota: UInt32
    package var release: Release
    package var weights: FundShares
    package var from: Instant
    package var until: Instant
    package var maker: Principal

    package init(
        id: BatchID, programme: ProgrammeID, face: Amount, quota: UInt32, release: Release,
        weights:
            FundShares, from: Instant, until: Instant, maker: Principal
    ) {
        self.id = id
        self.programme = programme
        self.face = face
        self.quota = quota
        self.release = release
        self.weights = weights
        self.from = from
        self.until = until
        self.maker = maker
    }
}

/// A later version of a programme's rule as the read model keeps it; proposed again, it takes the place of the earlier one.
package struct ProgrammeVersionRow: Equatable, Sendable {
    package var programme: ProgrammeID
    /// From 1; the rule that the programme began with is 0.
    package var version: UInt32
    package var document: String
    package var rule: ProgrammeRule
    package var maker: Principal
    package var instant: Instant

    package init(
        programme: ProgrammeID, version: UInt32, document: String, rule: ProgrammeRule, maker: Principal,
        instant: Instant
    ) {
        self.programme = programme
        self.version = version
        self.document = document
        self.rule = rule
        self.maker = maker
        self.instant = instant
    }
}

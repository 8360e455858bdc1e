/// That a payee's money is held, or no longer.
package struct PayeeHoldRow: Equatable, Sendable {
    package var event: UInt64
    package var payee: PayeeID
    package var isHeld: Bool
    package var reason: String
    package var principal: Principal
    package var instant: Instant

    package init(
        event: UInt64, payee: PayeeID, isHeld: Bool, reason: String, principal: Principal, instant: Instant
    ) {
        self.event = event
        self.payee = payee
        self.isHeld = isHeld
        self.reason = reason
        self.principal = principal
        self.instant = instant
    }
}

/// Another bank account for a payee, as it was proposed.
package struct PayeeChangeRow: Equatable, Sendable {
    package enum Status: UInt8, CaseIterable, Sendable {
        case proposed = 1
        case approved, rejected
    }

    package var event: UInt64
    package var payee: PayeeID
    package var name: Digest128
    package var account: Digest128
    package var bankCode: String
    package var evidence: String
    package var maker: Principal
    package var instant: Instant

    package init(
        event: UInt64, payee: PayeeID, name: Digest128, account: Digest128, bankCode: String,
        evidence: String, maker: Principal, instant: Instant
    ) {
        self.event = event
        self.payee = payee
        self.name = name
        self.account = account
        self.bankCode = bankCode
        self.evidence = evidence
        self.maker = maker
        self.instant = instant
    }
}

/// 报表 as the read model keeps it.
package struct ReportRow: Equatable, Sendable {
    package var id: ReportID
    package var kind: FiledReport.Kind
    package var from: BusinessDay
    package var through: BusinessDay
    package var version: UInt32
    /// How many events its figures are of.
    package var events: UInt64
    package var digest: Octets
    package var note: String
    package var maker: Principal
    package var instant: Instant

    package init(
        id: ReportID, kind: FiledReport.Kind, from: BusinessDay, through: BusinessDay, version: UInt32,
        events: UInt64, digest: Octets, note: String, maker: Principal, instant: Instant
    ) {
        self.id = id
        self.kind = kind
        self.from = from
        self.through = through
        self.version = version
        self.events = events
        self.digest = digest
        self.note = note
        self.maker = maker
        self.instant = instant
    }
}

/// A closed month.
package struct ClosedMonthRow: Equatable, Sendable {
    /// Its last day.
    package var through: BusinessDay
    package var report: ReportID
    package var event: UInt64
    package var principal: Principal
    package var instant: Instant

    package init(
        through: BusinessDay, report: ReportID, event: UInt64, principal: Principal, instant: Instant
    ) {
        self.through = through
        self.report = report
        self.event = event
        self.principal = principal
        self.instant = instant
    }
}

/// 更正 as the read model keeps it.
package struct CorrectionRow: Equatable, Sendable {
    package var id: CorrectionID
    package var redemption: RedemptionID
    package var amount: Amount
    package var reason: String
    package var evidence: Octets?
    package var maker: Principal
    package var instant: Instant

    package init(
        id: CorrectionID, redemption: RedemptionID, amount: Amount, reason: String, evidence: Octets?,
        maker: Principal, instant: Instant
    ) {
        self.id = id
        self.redemption = redemption
        self.amount = amount
        self.reason = reason
        self.evidence = evidence
        self.maker = maker
        self.instant = instant
    }
}

/// A run of a reconciliation as it was recorded.
package struct ReconciliationRow: Equatable, Sendable {
    package var event: UInt64
    package var asked: RecordReconciliation
    package var principal: Principal
    package var instant: Instant

    package init(event: UInt64, asked: RecordReconciliation, principal: Principal, instant: Instant) {
        self.event = event
        self.asked = asked
        self.principal = principal
        self.instant = instant
    }
}

/// How a difference was to be put to rest.
package struct ResolutionRow: Equatable, Sendable {
    package var id: ResolutionID
    package var asked: ProposeResolution
    package var maker: Principal
    package var instant: Instant

    package init(id: ResolutionID, asked: ProposeResolution, maker: Principal, instant: Instant) {
        self.id = id
        self.asked = asked
        self.maker = maker
        self.instant = instant
    }
}

/// 资金来源 as the read model keeps it.
package struct FundRow: Equatable, Sendable {
    package var id: FundID
    package var level: FundLevel
    package var fiscalYear: Int32
    package var matching: Bool
    package var treasury: String
    package var document: String
    package var functionalCode: String
    package var economicCode: String

    package init(
        id: FundID, level: FundLevel, fiscalYear: Int32, matching: Bool, treasury: String,
        document:
            String, functionalCode: String, economicCode: String
    ) {
        self.id = id
        self.level = level
        self.fiscalYear = fiscalYear
        self.matching = matching
        self.treasury = treasury
        self.document = document
        self.functionalCode = functionalCode
        self.economicCode = economicCode
    }
}

/// A remittance plan with its lines.
package struct PlanRow: Equatable, Sendable {
    package var id: PlanID
    package var fund: FundID
    package var lines: [PlanLine]
    package var document: String
    package var maker: Principal

    package init(id: PlanID, fund: FundID, lines: [PlanLine], document: String, maker: Principal) {
        self.id = id
        self.fund = fund
        self.lines = lines
        self.document = document
        self.maker = maker
    }
}

/// Money sent to (`incoming` false) or received from another ledger.
package struct RemittanceRow: Equatable, Sendable {
    package var event: UInt64
    package var incoming: Bool
    package var fund: FundID
    package var ledger: LedgerCode
    package var amount: Amount
    package var origin: UInt64?
    package var instant: Instant

    package init(
        event: UInt64, incoming: Bool, fund: FundID, ledger: LedgerCode, amount: Amount,
        origin:
            UInt64?, instant: Instant
    ) {
        self.event = event
        self.incoming = incoming
        self.fund = fund
        self.ledger = ledger
        self.amount = amount
        self.origin = origin
        self.instant = instant
    }
}

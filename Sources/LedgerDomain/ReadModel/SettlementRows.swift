/// 结算.
package struct SettlementRow: Equatable, Sendable {
    package var id: SettlementID
    package var through: BusinessDay
    package var maker: Principal
    package var instant: Instant

    package init(id: SettlementID, through: BusinessDay, maker: Principal, instant: Instant) {
        self.id = id
        self.through = through
        self.maker = maker
        self.instant = instant
    }
}

/// What one payee gets from one fund.
package struct SettlementLineRow: Equatable, Sendable {
    /// The event that took what it pays.
    package var event: UInt64
    package var settlement: SettlementID
    package var line: UInt32
    package var payee: PayeeID
    package var fund: FundID
    package var amount: Amount
    package var merchants: [MerchantID]

    package init(
        event: UInt64, settlement: SettlementID, line: UInt32, payee: PayeeID, fund: FundID, amount: Amount,
        merchants: [MerchantID]
    ) {
        self.event = event
        self.settlement = settlement
        self.line = line
        self.payee = payee
        self.fund = fund
        self.amount = amount
        self.merchants = merchants
    }
}

/// 消费券; its balances are accounts.
package struct VoucherRow: Equatable, Sendable {
    package var id: VoucherID
    package var batch: BatchID
    package var pseudonym: Pseudonym
    package var face: Amount
    package var issuedAt: Instant
    package var expiry: Instant
    /// Where it was claimed; `nil` where nobody said.
    package var channel: String?

    package init(
        id: VoucherID, batch: BatchID, pseudonym: Pseudonym, face: Amount, issuedAt: Instant,
        expiry: Instant, channel: String?
    ) {
        self.id = id
        self.batch = batch
        self.pseudonym = pseudonym
        self.face = face
        self.issuedAt = issuedAt
        self.expiry = expiry
        self.channel = channel
    }
}

/// 预授权.
package struct AuthorisationRow: Equatable, Sendable {
    package var id: AuthorisationID
    package var voucher: VoucherID
    package var outlet: OutletID
    package var bill: Amount
    package var held: Amount
    package var order: String
    package var expiry: Instant

    package init(
        id: AuthorisationID, voucher: VoucherID, outlet: OutletID, bill: Amount, held: Amount,
        order:
            String, expiry: Instant
    ) {
        self.id = id
        self.voucher = voucher
        self.outlet = outlet
        self.bill = bill
        self.held = held
        self.order = order
        self.expiry = expiry
    }
}

/// 核销.
package struct RedemptionRow: Equatable, Sendable {
    package var id: RedemptionID
    package var event: UInt64
    package var voucher: VoucherID
    package var outlet: OutletID
    package var terminal: TerminalID
    package var merchant: MerchantID
    package var category: String
    package var bill: Amount
    package var subsidy: Amount
    package var channel: String
    package var order: String
    package var instant: Instant
    package var day: BusinessDay

    package init(
        id: RedemptionID, event: UInt64, voucher: VoucherID, outlet: OutletID, terminal: TerminalID,
        merchant: MerchantID, category: String, bill: Amount, subsidy: Amount, channel: String,
        order:
            String, instant: Instant, day: BusinessDay
    ) {
        self.id = id
        self.event = event
        self.voucher = voucher
        self.outlet = outlet
        self.terminal = terminal
        self.merchant = merchant
        self.category = category
        self.bill = bill
        self.subsidy = subsidy
        self.channel = channel
        self.order = order
        self.instant = instant
        self.day = day
    }
}

/// 退款.
package struct RefundRow: Equatable, Sendable {
    package var event: UInt64
    package var redemption: RedemptionID
    package var bill: Amount
    package var subsidy: Amount
    package var instant: Instant
    package var day: BusinessDay

    package init(
        event: UInt64, redemption: RedemptionID, bill: Amount, subsidy: Amount, instant: Instant,
        day:
            BusinessDay
    ) {
        self.event = event
        self.redemption = redemption
        self.bill = bill
        self.subsidy = subsidy
        self.instant = instant
        self.day = day
    }
}

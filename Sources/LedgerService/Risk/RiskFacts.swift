package import LedgerDomain

/// One event that counts for a risk.
package struct RiskMark: Hashable, Sendable {
    package var event: UInt64
    /// When it happened; for a sale of an offline till, when the till says so.
    package var instant: Instant
    /// The business day of that; an offline sale is booked on a later one.
    package var day: BusinessDay
    /// Who sold; `none` for a claim.
    package var merchant: MerchantID
    /// What was given for it: the subsidy of a sale, the face of a claim.
    package var amount: Amount

    package init(
        event: UInt64, instant: Instant, day: BusinessDay, merchant: MerchantID, amount: Amount
    ) {
        (self.event, self.instant, self.day) = (event, instant, day)
        (self.merchant, self.amount) = (merchant, amount)
    }
}

/// An accepted redemption as risks look at it.
package struct RiskSale: Sendable {
    package var mark: RiskMark
    package var outlet: OutletID
    package var terminal: TerminalID
    package var cashier: String?
    package var person: Pseudonym
    package var bill: Amount
    /// The least bill that the voucher takes; zero where there is none.
    package var threshold: Amount
    package var expiry: Instant

    package init(
        mark: RiskMark, outlet: OutletID, terminal: TerminalID, cashier: String?, person: Pseudonym,
        bill: Amount, threshold: Amount, expiry: Instant
    ) {
        (self.mark, self.outlet, self.terminal, self.cashier) = (mark, outlet, terminal, cashier)
        (self.person, self.bill, self.threshold, self.expiry) = (person, bill, threshold, expiry)
    }
}

/// What was paid for one thing.
package struct RiskPrice: Sendable {
    package var mark: RiskMark
    package var outlet: OutletID
    /// The thing's code in a catalogue, or its name.
    package var item: String
    package var paid: Amount

    package init(mark: RiskMark, outlet: OutletID, item: String, paid: Amount) {
        (self.mark, self.outlet, self.item, self.paid) = (mark, outlet, item, paid)
    }
}

/// What a period's events say, as far as risks are told from it.
package struct RiskFacts: Sendable {
    package var sales: [RiskSale] = []
    package var prices: [RiskPrice] = []
    /// Sales that were refused for their price, and those that an offline till made above the listed one, by the outlet.
    package var abovePrices: [(outlet: OutletID, mark: RiskMark)] = []
    /// Vouchers that one takes for another: claims by a proxy, credentials of one phone.
    package var collected:
        [(collector: RiskSubject, programme: ProgrammeID, person: Pseudonym, mark: RiskMark)] =
            []

    package init() {}
}

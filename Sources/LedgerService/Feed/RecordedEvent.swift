package import LedgerDomain

/// An event of the log, for whoever follows the ledger: what happened, to what, and the money that moved.
package struct RecordedEvent: Sendable {
    package let number: UInt64
    package let event: Event
    package let subject: EventSubject

    init(number: UInt64, event: Event) {
        self.number = number
        self.event = event
        subject = EventSubject(of: event, number: number)
    }
}

/// What an event is about, as far as it can be told from the event alone.
package struct EventSubject: Sendable {
    package var batch: BatchID?
    package var voucher: VoucherID?
    package var authorisation: AuthorisationID?
    package var redemption: RedemptionID?
    package var merchant: MerchantID?
    package var outlet: OutletID?
    package var order: String?
    package var channel: String?
    package var category: String?
    package var bill: Amount?
    package var subsidy: Amount?
    /// The business day that settlements count it to.
    package var day: BusinessDay?
    package var session: SessionID?
    package var award: AwardID?
    package var settlement: SettlementID?
    package var line: UInt32?
    /// The bank's reference, or why a line was undone.
    package var note: String?

    init(of event: Event, number: UInt64) {
        for change in event.changes(number: number) { take(change) }
    }

    private mutating func take(_ change: ReadModelChange) {
        switch change {
        case .batch(let row): batch = row.id
        case .batchStatus(let id, _, _): batch = id
        case .voucher(let row): (batch, voucher) = (row.batch, row.id)
        case .voucherStatus(let id, _): voucher = id
        case .authorisation(let row):
            (authorisation, voucher, outlet) = (row.id, row.voucher, row.outlet)
            (bill, order) = (row.bill, row.order)
        case .authorisationStatus(let id, _): authorisation = id
        case .redemption(let row):
            (redemption, voucher, merchant, outlet) = (row.id, row.voucher, row.merchant, row.outlet)
            (order, channel, category) = (row.order, row.channel, row.category)
            (bill, subsidy, day) = (row.bill, row.subsidy, row.day)
        case .refund(let row):
            (redemption, bill, subsidy, day) = (row.redemption, row.bill, row.subsidy, row.day)
        case .session(let row): session = row.id
        case .sessionStatus(let id, _, _, _): session = id
        case .admission(let row): session = row.session
        case .award(let row): (award, merchant) = (row.id, row.merchant)
        case .awardStatus(let id, _, _): award = id
        case .settlement(let row): settlement = row.id
        case .settlementStatus(let id, _, _): settlement = id
        case .settlementLine(let row): (settlement, line) = (row.settlement, row.line)
        case .settlementLineStatus(let id, let number, _, let text):
            (settlement, line, note) = (id, number, text.isEmpty ? nil : text)
        default: break
        }
    }
}

extension Event {
    /// What it changes in the read model, as the event with this number.
    func changes(number: UInt64) -> [ReadModelChange] {
        var changes: [ReadModelChange] = []
        record.project(Context(number: number, instant: instant, principal: principal), into: &changes)
        return changes
    }
}

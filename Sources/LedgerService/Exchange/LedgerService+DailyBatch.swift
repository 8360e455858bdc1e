import LedgerDomain
import LedgerStorage

extension LedgerService {
    /// What a city's platform is told of a business day.
    func dailyBatch(_ day: BusinessDay) throws(ServiceError) -> DailyBatch {
        let range = try events(from: day, through: day)
        let (outlets, merchants) = try query { (model) throws(StorageError) in
            (try model.outlets(ledger), try model.merchants(ledger))
        }
        let platform = Dictionary(uniqueKeysWithValues: outlets.map { ($0.id, $0.platformID) })
        let codes = Dictionary(uniqueKeysWithValues: merchants.map { ($0.row.id, $0.row.creditCode) })
        var records: [DailyBatch.Record] = []
        try forEachFigure(range, grouped: false) { (recorded, figures, place) in
            let (subject, event) = (recorded.subject, recorded.event)
            let isSettlement = subject.settlement != nil
            guard figures != nil || isSettlement else { return }
            var record = DailyBatch.Record(
                event: recorded.number, type: "\(event.record.type)", instant: event.instant.text)
            record.outlet = place.outlet.flatMap { platform[$0] }
            record.merchant = place.merchant.flatMap { codes[$0] }
            record.programme = place.programme?.text(in: ledger)
            record.batch = place.batch?.text(in: ledger)
            record.voucher = place.voucher?.text(in: ledger)
            record.order = subject.order
            (record.channel, record.category) = (place.channel, place.category)
            record.settlement = subject.settlement?.text(in: ledger)
            record.line = subject.line
            record.take(figures ?? Figures())
            if isSettlement {
                (record.settled, record.paid) = (event.postings.sum(.settle), event.postings.sum(.pay))
                record.settled = record.settled == .zero ? nil : record.settled
                record.paid = record.paid == .zero ? nil : record.paid
            }
            records.append(record)
        }
        return DailyBatch(ledger, day, range, records)
    }
}

extension DailyBatch.Record {
    fileprivate init(event: UInt64, type: String, instant: String) {
        (self.event, self.type, self.instant) = (event, type, instant)
    }

    /// Takes what an event counts for; nothing is left out, not zero.
    fileprivate mutating func take(_ figures: Figures) {
        func told(_ amount: Amount) -> Amount? { amount == .zero ? nil : amount }
        (claimed, lapsed) = (told(figures.claimed), told(figures.lapsed))
        (gross, subsidy) = (told(figures.gross), told(figures.subsidy))
        (refundedGross, refundedSubsidy) = (told(figures.refundedGross), told(figures.refundedSubsidy))
        (corrected, awarded) = (told(figures.corrected), told(figures.awarded))
    }
}

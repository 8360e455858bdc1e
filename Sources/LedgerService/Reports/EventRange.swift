package import LedgerDomain
import LedgerEngine

extension LedgerService {
    /// The events that are dated into some business days, by their numbers.
    package func events(
        from: BusinessDay, through: BusinessDay
    ) throws(ServiceError) -> Range<UInt64> {
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        func before(_ day: BusinessDay) throws(ServiceError) -> UInt64 {
            try events(by: day.start.adding(cutOff - 1))
        }
        let start = try before(from)
        return start..<max(start, try before(BusinessDay(days: through.days + 1)))
    }

    /// Hands out the events of a range, in their order, as the log has them.
    package func forEachEvent(
        _ range: Range<UInt64>, _ body: (UInt64, Event) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        var next = range.lowerBound
        while next < range.upperBound {
            for event in try eventPage(from: next, before: range.upperBound) {
                try body(next, event)
                next += 1
            }
        }
    }

    /// The next events of a range, at least one.
    func eventPage(from next: UInt64, before end: UInt64) throws(ServiceError) -> [Event] {
        let page = try storedEvents(from: next, limit: min(500, Int(end - next)))
        guard !page.isEmpty else { throw .fault(.corruptLog(event: next, reason: "it is missing")) }
        return page
    }
}

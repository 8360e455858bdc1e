package import LedgerDomain
import LedgerEngine
import LedgerStorage

/// A part of the feed of events.
package struct EventPage: Sendable {
    package var events: [RecordedEvent]
    /// The number that the next page begins with; nothing before it is left to read.
    package var next: UInt64
    /// Whether the log ended there when it was read.
    package var isEnd: Bool
}

/// Which events somebody wants to hear of.
package enum EventFilter: Sendable {
    /// All but what happened at the door, which is auditors' to read.
    case all
    case types(Set<OperationType>)
    /// Those that moved money.
    case movements

    func takes(_ event: Event) -> Bool {
        switch self {
        case .all: event.record.type != .recordAccess
        case .types(let types): types.contains(event.record.type)
        case .movements: !event.postings.isEmpty
        }
    }
}

extension LedgerService {
    /// How many events one page looks at, at most: a page of a rare type may be short, or empty, and still go on.
    private static let feedScan: UInt64 = 5_000

    /// The committed events from a number on that pass a filter, at most `limit` of them.
    package func feed(
        from start: UInt64, _ filter: EventFilter = .all, limit: Int
    ) throws(ServiceError) -> EventPage {
        let size: UInt64
        do {
            size = try machine.head(of: ledger).size
        } catch {
            throw .fault(error)
        }
        var page = EventPage(events: [], next: start, isEnd: false)
        let stop = min(size, start.addingReportingOverflow(LedgerService.feedScan).partialValue)
        while page.next < stop, page.events.count < limit {
            for (offset, event) in try storedEvents(from: page.next, limit: min(500, Int(stop - page.next)))
                .enumerated()
            {
                if filter.takes(event) {
                    page.events.append(RecordedEvent(number: page.next + UInt64(offset), event: event))
                }
                if page.events.count == limit {
                    page.next += UInt64(offset) + 1
                    page.isEnd = page.next >= size
                    return page
                }
            }
            page.next = min(stop, page.next + 500)
        }
        page.isEnd = page.next >= size
        return page
    }

    /// The number of events that the ledger had decided by an instant, the instant included.
    package func events(by instant: Instant) throws(ServiceError) -> UInt64 {
        // Events are in the order of their instants.
        var (low, high) = (UInt64(0), try state { $0.size })
        while low < high {
            let middle = low + (high - low) / 2
            guard let event = try storedEvents(from: middle, limit: 1).first else {
                throw .fault(.corruptLog(event: middle, reason: "it is missing"))
            }
            if event.instant <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Events as the log has them, decoded.
    func storedEvents(from start: UInt64, limit: Int) throws(ServiceError) -> [Event] {
        do {
            return try machine.reader.events(of: ledger, from: start, limit: limit).enumerated()
                .map { try Event.decoded($1, number: start + UInt64($0)) }
        } catch let fault as EngineFault {
            throw .fault(fault)
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .fault(.logFiles("\(error)"))
        }
    }
}

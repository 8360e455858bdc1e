package import LedgerDomain
package import LedgerService

/// The feed as server-sent events (HTML Living Standard, 9.2), which whoever sends it asks for part by part.
package struct EventStream: Sendable {
    private let service: LedgerService
    private let filter: EventFilter
    private var next: UInt64

    /// How many events are written at once.
    private static let batch = 100

    init(_ service: LedgerService, from start: UInt64, _ filter: EventFilter) {
        self.service = service
        self.filter = filter
        next = start
    }

    /// The next part as it is sent; empty where nothing has happened.
    package mutating func part() throws -> (bytes: [UInt8], isEnd: Bool) {
        let page = try service.feed(from: next, filter, limit: EventStream.batch)
        next = page.next
        var bytes: [UInt8] = []
        for event in page.events {
            bytes += "id: \(event.number)\nevent: \(event.event.record.type)\ndata: ".utf8
            // One line, with a line feed at its end.
            bytes += writtenJSON(event, in: service.ledger)
            bytes.append(UInt8(ascii: "\n"))
        }
        return (bytes, page.isEnd)
    }
}

/// A delivery of a webhook as it is sent.
extension Webhooks.Delivery {
    /// The same as a page of the feed.
    package func body(in ledger: LedgerCode) -> [UInt8] {
        writtenJSON(FeedAnswer(items: page.events, next: page.next, isEnd: page.isEnd), in: ledger)
    }
}

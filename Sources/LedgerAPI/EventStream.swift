import LedgerDomain
import LedgerService

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

    /// The next part as it is sent, empty where nothing has happened, and the stream behind it.
    package func part() throws -> (rest: EventStream, bytes: [UInt8], isEnd: Bool) {
        let page = try service.feed(from: next, filter, limit: EventStream.batch)
        var rest = self
        rest.next = page.next
        var bytes: [UInt8] = []
        for event in page.events {
            bytes += "id: \(event.number)\nevent: \(event.event.record.type)\ndata: ".utf8
            // One line, with a line feed at its end.
            bytes += writtenJSON(event, in: service.ledger)
            bytes.append(UInt8(ascii: "\n"))
        }
        return (rest, bytes, page.isEnd)
    }

    /// What says that it is still there, and up to where there was nothing of interest: whoever comes back goes on from there.
    package var heartbeat: String { next == 0 ? ":\n\n" : "id: \(next - 1)\n\n" }
}

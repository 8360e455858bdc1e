import LedgerDomain
import LedgerStorage

/// Events that the writer handed over, so that they need not be read again; the log has all others.
struct OfferedEvents: EventReader, Sendable {
    private var chunks: [(from: UInt64, events: [[UInt8]])] = []
    private var count = 0
    private let log: any EventLog

    /// More than this are not kept; then they come from the log.
    private static let limit = 100_000

    init(_ log: any EventLog) { self.log = log }

    mutating func add(_ events: [[UInt8]], from: UInt64) {
        if count + events.count > OfferedEvents.limit { (chunks, count) = ([], 0) }
        chunks.append((from, events))
        count += events.count
    }

    /// Forgets what is before `size`.
    mutating func drop(below size: UInt64) {
        chunks.removeAll { $0.from + UInt64($0.events.count) <= size }
        count = chunks.reduce(0) { $0 + $1.events.count }
    }

    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]] {
        var found: [[UInt8]] = []
        for chunk in chunks where found.count < limit {
            let next = from + UInt64(found.count)
            guard chunk.from <= next, chunk.from + UInt64(chunk.events.count) > next else { continue }
            found += chunk.events.dropFirst(Int(next - chunk.from)).prefix(limit - found.count)
        }
        return found.isEmpty ? try log.events(of: ledger, from: from, limit: limit) : found
    }
}

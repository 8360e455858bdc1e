package import LedgerDomain
import Synchronization

/// The event log in memory, for tests and rehearsals: it keeps every promise of the port but durability.
///
/// Several replicas may share one log, as processes share a file: `append` holds the one writer's lock while
/// it decides, and readers go on beside it and see what is committed.
package final class MemoryEventLog: EventLog {
    /// Held by `append` from before `decide` until its events are in.
    private let writing = Mutex(())
    private let committed = Mutex<[LedgerCode: Stored]>([:])

    private struct Stored {
        var events: [[UInt8]] = []
        var head = LogHead()
    }

    package init() {}

    package func ledgers() throws(StorageError) -> [LedgerCode] {
        committed.withLock { $0.filter { $0.value.head.size > 0 }.keys.sorted() }
    }

    package func head(of ledger: LedgerCode) throws(StorageError) -> LogHead {
        committed.withLock { $0[ledger]?.head ?? LogHead() }
    }

    package func events(
        of ledger: LedgerCode, from: UInt64, limit: Int
    ) throws(StorageError) -> [[UInt8]] {
        committed.withLock { logs in
            let events = logs[ledger]?.events ?? []
            return from < UInt64(events.count) ? Array(events[Int(from)...].prefix(limit)) : []
        }
    }

    package func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> LogAddition
    ) throws(StorageError) {
        try writing.withLock { _ throws(StorageError) in
            let addition = try decide(try head(of: ledger), self)
            guard addition.events.allSatisfy({ (1...Event.maximumBytes).contains($0.count) }) else {
                throw .constraint("an event has 1 to \(Event.maximumBytes) bytes")
            }
            guard !addition.events.isEmpty else { return }
            committed.withLock { logs in
                var stored = logs.removeValue(forKey: ledger) ?? Stored()
                stored.events += addition.events
                stored.head = LogHead(
                    size: UInt64(stored.events.count), compactRange: addition.compactRange,
                    checkpoint: addition.checkpoint)
                logs[ledger] = stored
            }
        }
    }
}

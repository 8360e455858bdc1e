package import LedgerDomain
import Synchronization

/// The event log in memory, for tests and rehearsals: it keeps every promise of the port but durability.
///
/// Several replicas may share one log, as processes share a file: `append` holds the one writer's lock while
/// it decides, and readers go on beside it and see what is committed.
package final class MemoryEventLog: EventLog {
    /// Held by `append` from before `decide` until its events are in.
    private let writing = Mutex(())
    private let committed = Mutex<[LedgerCode: [[UInt8]]]>([:])

    package init() {}

    package func ledgers() throws(StorageError) -> [LedgerCode] {
        committed.withLock { $0.filter { !$0.value.isEmpty }.keys.sorted() }
    }

    package func head(of ledger: LedgerCode) throws(StorageError) -> LogHead {
        LogHead(size: UInt64(committed.withLock { $0[ledger]?.count ?? 0 }))
    }

    package func events(
        of ledger: LedgerCode, from: UInt64, limit: Int
    ) throws(StorageError) -> [[UInt8]] {
        committed.withLock { logs in
            let events = logs[ledger] ?? []
            return from < UInt64(events.count) ? Array(events[Int(from)...].prefix(limit)) : []
        }
    }

    package func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> [[UInt8]]
    ) throws(StorageError) {
        try writing.withLock { _ throws(StorageError) in
            let events = try decide(try head(of: ledger), self)
            guard events.allSatisfy({ (1...Event.maximumBytes).contains($0.count) }) else {
                throw .constraint("an event has 1 to \(Event.maximumBytes) bytes")
            }
            guard !events.isEmpty else { return }
            committed.withLock { $0[ledger, default: []] += events }
        }
    }
}

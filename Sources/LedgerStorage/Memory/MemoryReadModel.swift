package import LedgerDomain
import Synchronization

/// The read model in memory, for tests and rehearsals; its tripwires are those of the SQL schema.
package final class MemoryReadModel: ReadModel {
    private let ledgers = Mutex<[LedgerCode: MemoryRows]>([:])

    package init() {}

    package func position(of ledger: LedgerCode) throws(StorageError) -> UInt64 {
        read(ledger) { $0.position }
    }

    package func apply(
        _ changes: [ReadModelChange], to ledger: LedgerCode, from: UInt64, upTo: UInt64
    ) throws(StorageError) -> Bool {
        try ledgers.withLock { ledgers throws(StorageError) in
            guard ledgers[ledger]?.position ?? 0 == from else { return false }
            try ledgers[ledger, default: MemoryRows()].apply(changes, upTo: upTo)
            return true
        }
    }

    package func reset() throws(StorageError) {
        ledgers.withLock { $0 = [:] }
    }

    package func difference(
        of ledger: LedgerCode, filling fill: (any ReadModel) throws -> Void
    ) throws -> String? {
        let fresh = MemoryReadModel()
        try fill(fresh)
        let right = fresh.read(ledger) { $0 }
        return read(ledger) { $0.difference(from: right) }
    }

    /// What `body` makes of one ledger's rows.
    func read<Value: Sendable>(_ ledger: LedgerCode, _ body: (MemoryRows) -> Value) -> Value {
        ledgers.withLock { body($0[ledger] ?? MemoryRows()) }
    }
}

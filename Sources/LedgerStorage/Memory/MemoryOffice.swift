package import LedgerDomain
import Synchronization

/// The office in memory, for tests.
package final class MemoryOffice: Office {
    private let keys = Mutex<[LedgerCode: [StoredAccessKey]]>([:])

    package init() {}

    package func add(_ key: StoredAccessKey, ledger: LedgerCode) throws(StorageError) {
        let isNew = keys.withLock { keys in
            guard keys[ledger]?.contains(where: { $0.id == key.id }) != true else { return false }
            keys[ledger, default: []].append(key)
            return true
        }
        guard isNew else { throw .constraint("access_keys: ledger_id, id") }
    }

    package func accessKey(_ id: KeyID, ledger: LedgerCode) throws(StorageError) -> StoredAccessKey? {
        keys.withLock { $0[ledger]?.first { $0.id == id } }
    }

    package func accessKeys(ledger: LedgerCode) throws(StorageError) -> [StoredAccessKey] {
        keys.withLock { $0[ledger] ?? [] }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    package func revokeAccessKey(
        _ id: KeyID, at instant: Instant, ledger: LedgerCode
    ) throws(StorageError) -> Bool {
        keys.withLock { keys in
            guard let place = keys[ledger]?.firstIndex(where: { $0.id == id }) else { return false }
            let revoked = keys[ledger]?[place].revokedAt
            keys[ledger]?[place].revokedAt = revoked ?? instant
            return true
        }
    }
}

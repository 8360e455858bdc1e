package import LedgerDomain
import Synchronization

/// The office in memory, for tests.
package final class MemoryOffice: Office {
    private let keys = Mutex<[LedgerCode: [StoredAccessKey]]>([:])

    private let kept = Mutex<[Place: OfficeRecord]>([:])

    /// Where a record is kept.
    private struct Place: Hashable {
        var ledger: LedgerCode
        var kind: OfficeRecord.Kind
        var key: [UInt8]
    }

    package init() {}

    package func record(
        _ kind: OfficeRecord.Kind, _ key: [UInt8], ledger: LedgerCode
    ) throws(StorageError) -> OfficeRecord? {
        kept.withLock { $0[Place(ledger: ledger, kind: kind, key: key)] }
    }

    package func records(
        _ kind: OfficeRecord.Kind, ledger: LedgerCode
    ) throws(StorageError) -> [OfficeRecord] {
        kept.withLock { kept in
            kept.filter { $0.key.ledger == ledger && $0.key.kind == kind }.map(\.value)
                .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        }
    }

    package func replace(
        _ kind: OfficeRecord.Kind, _ key: [UInt8], _ old: OfficeRecord?, with new: OfficeRecord?,
        ledger: LedgerCode
    ) throws(StorageError) -> Bool {
        if let new {
            guard (1...64).contains(key.count), (1...4096).contains(new.value.count) else {
                throw .constraint("records: key, value")
            }
        }
        let place = Place(ledger: ledger, kind: kind, key: key)
        return kept.withLock { kept in
            guard kept[place] == old else { return false }
            kept[place] = new
            return true
        }
    }

    package func forget(expiredBefore instant: Instant) throws(StorageError) {
        kept.withLock { kept in
            kept = kept.filter { _, record in record.expiry.map { $0 >= instant } ?? true }
        }
    }

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

import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

/// The office in `office.db`, `synchronous=FULL`: a key that was revoked stays revoked.
package final class SQLiteOffice: Office, Sendable {
    private let file: SQLiteFile

    /// Opens or creates the file.
    package init(path: String) throws(StorageError) {
        file = try SQLiteFile(path: path, synchronous: .full)
        try file.migrate(SQLiteMigration.office)
    }

    /// Leaves the file alone on disk, without a write-ahead log, as far as other processes let it.
    package func close() { file.fold() }

    /// Copies everything, as it is now, into a new file.
    package func copy(to path: String) throws(StorageError) { try file.copy(to: path) }

    package func add(_ key: StoredAccessKey, ledger: LedgerCode) throws(StorageError) {
        try translating {
            try file.writer.write { db in
                try db.execute(
                    sql: "INSERT INTO access_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        ledger.rawValue, Int64(bitPattern: key.id.rawValue), key.name,
                        key.scopes.joined(separator: " "), Data(key.digest), key.createdAt.microseconds,
                        key.createdBy.name, key.expiry.microseconds, key.revokedAt?.microseconds,
                    ])
            }
        }
    }

    package func accessKey(_ id: KeyID, ledger: LedgerCode) throws(StorageError) -> StoredAccessKey? {
        try translating {
            try file.reader.read { db in
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT * FROM access_keys WHERE ledger_id = ? AND id = ?"),
                    arguments: [ledger.rawValue, Int64(bitPattern: id.rawValue)]
                ).map { try SQLiteOffice.accessKey($0) }
            }
        }
    }

    package func accessKeys(ledger: LedgerCode) throws(StorageError) -> [StoredAccessKey] {
        try translating {
            try file.reader.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM access_keys WHERE ledger_id = ?", arguments: [ledger.rawValue]
                ).map { try SQLiteOffice.accessKey($0) }
            }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        }
    }

    package func revokeAccessKey(
        _ id: KeyID, at instant: Instant, ledger: LedgerCode
    ) throws(StorageError) -> Bool {
        try translating {
            try file.writer.write { db in
                try db.execute(
                    sql: """
                        UPDATE access_keys SET revoked_at = coalesce(revoked_at, ?)
                        WHERE ledger_id = ? AND id = ?
                        """,
                    arguments: [instant.microseconds, ledger.rawValue, Int64(bitPattern: id.rawValue)])
                return db.changesCount > 0
            }
        }
    }

    package func record(
        _ kind: OfficeRecord.Kind, _ key: [UInt8], ledger: LedgerCode
    ) throws(StorageError) -> OfficeRecord? {
        try translating {
            try file.reader.read { db in
                try Row.fetchOne(
                    db.cachedStatement(
                        sql: "SELECT * FROM records WHERE ledger_id = ? AND kind = ? AND key = ?"),
                    arguments: [ledger.rawValue, kind.rawValue, Data(key)]
                ).map(OfficeRecord.init)
            }
        }
    }

    package func records(
        _ kind: OfficeRecord.Kind, ledger: LedgerCode
    ) throws(StorageError) -> [OfficeRecord] {
        try translating {
            try file.reader.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM records WHERE ledger_id = ? AND kind = ? ORDER BY key",
                    arguments: [ledger.rawValue, kind.rawValue]
                ).map(OfficeRecord.init)
            }
        }
    }

    package func replace(
        _ kind: OfficeRecord.Kind, _ key: [UInt8], _ old: OfficeRecord?, with new: OfficeRecord?,
        ledger: LedgerCode
    ) throws(StorageError) -> Bool {
        try translating {
            try file.writer.write { db in
                let place: StatementArguments = [ledger.rawValue, kind.rawValue, Data(key)]
                let found = try Row.fetchOne(
                    db, sql: "SELECT * FROM records WHERE ledger_id = ? AND kind = ? AND key = ?",
                    arguments: place
                ).map(OfficeRecord.init)
                guard found == old else { return false }
                try db.execute(
                    sql: "DELETE FROM records WHERE ledger_id = ? AND kind = ? AND key = ?", arguments: place)
                if let new {
                    try db.execute(
                        sql: "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
                        arguments: place + [Data(new.value), new.expiry?.microseconds])
                }
                return true
            }
        }
    }

    package func forget(expiredBefore instant: Instant) throws(StorageError) {
        try translating {
            try file.writer.write { db in
                try db.execute(
                    sql: "DELETE FROM records WHERE expires_at < ?", arguments: [instant.microseconds])
            }
        }
    }

    private static func accessKey(_ row: Row) throws -> StoredAccessKey {
        guard let creator = Principal(row["created_by"] as String) else {
            throw StorageError.corrupt("access_keys.created_by")
        }
        return StoredAccessKey(
            id: KeyID(UInt64(bitPattern: row["id"] as Int64)), name: row["name"],
            scopes: (row["scopes"] as String).split(separator: " ").map(String.init),
            digest: [UInt8](row["digest"] as Data), createdAt: Instant(microseconds: row["created_at"]),
            createdBy: creator, expiry: Instant(microseconds: row["expires_at"]),
            revokedAt: (row["revoked_at"] as Int64?).map { Instant(microseconds: $0) })
    }
}

extension OfficeRecord {
    fileprivate init(_ row: Row) {
        self.init(
            key: [UInt8](row["key"] as Data), value: [UInt8](row["value"] as Data),
            expiry: (row["expires_at"] as Int64?).map { Instant(microseconds: $0) })
    }
}

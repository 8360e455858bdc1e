import Cryptography
import Foundation
import GRDB
import LedgerStorage

/// A numbered change of a file's schema; applied once, and never edited after that.
struct SQLiteMigration {
    var number: Int
    var sql: [UInt8]

    /// The migrations of the event log.
    static let log = [SQLiteMigration(number: 1, sql: PackageResources.log_0001_sql)]
    /// The migrations of the office.
    static let office = [
        SQLiteMigration(number: 1, sql: PackageResources.office_0001_sql),
        SQLiteMigration(number: 2, sql: PackageResources.office_0002_sql),
    ]
    /// The migrations of the vault.
    static let vault = [
        SQLiteMigration(number: 1, sql: PackageResources.vault_0001_sql),
        SQLiteMigration(number: 2, sql: PackageResources.vault_0002_sql),
        SQLiteMigration(number: 3, sql: PackageResources.vault_0003_sql),
    ]

    var text: String { String(decoding: sql, as: UTF8.self) }
    var checksum: [UInt8] { SHA256Digest.of(sql) }
}

extension SQLiteFile {
    /// Brings the file up to the last of `migrations`, in one transaction.
    ///
    /// - Throws: ``StorageError/newer(found:supported:)`` for a file of a newer program,
    ///   ``StorageError/migrationChanged(_:)`` when an applied migration is not the one known here.
    func migrate(_ migrations: [SQLiteMigration]) throws(StorageError) {
        try translating {
            try writer.write { db in
                try db.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS migrations (
                            number INTEGER NOT NULL PRIMARY KEY, checksum BLOB NOT NULL
                        ) STRICT
                        """)
                let applied = try Row.fetchAll(db, sql: "SELECT number, checksum FROM migrations")
                let known = migrations.map(\.number).max() ?? 0
                for row in applied {
                    let number: Int = row["number"]
                    let checksum: [UInt8] = Array(row["checksum"] as Data)
                    guard let migration = migrations.first(where: { $0.number == number }) else {
                        throw StorageError.newer(found: number, supported: known)
                    }
                    guard migration.checksum == checksum else { throw StorageError.migrationChanged(number) }
                }
                let done = Set(applied.map { $0["number"] as Int })
                for migration in migrations where !done.contains(migration.number) {
                    try db.execute(sql: migration.text)
                    try db.execute(
                        sql: "INSERT INTO migrations VALUES (?, ?)",
                        arguments: [migration.number, Data(migration.checksum)])
                }
            }
        }
    }
}

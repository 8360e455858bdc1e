import Cryptography
import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

/// The read model in `read.db`: filled behind the log, checked by CHECK constraints, rebuilt at will.
package final class SQLiteReadModel: ReadModel, @unchecked Sendable {
    let file: SQLiteFile
    /// Used on the writer's queue only.
    private var changes: SQLiteChanges
    let path: String

    /// Opens or creates the file; one of another version, or a damaged one, is set aside and made anew.
    package init(path: String) throws(StorageError) {
        self.path = path
        var opened: SQLiteFile
        do {
            opened = try SQLiteFile(path: path, synchronous: .normal)
            if try !opened.hasCurrentReadModel {
                try SQLiteReadModel.remove(path)
                opened = try SQLiteFile(path: path, synchronous: .normal)
            }
        } catch StorageError.corrupt {
            try SQLiteReadModel.remove(path)
            opened = try SQLiteFile(path: path, synchronous: .normal)
        }
        try opened.createReadModel()
        let file = opened
        self.file = file
        changes = try translating { try file.writer.writeWithoutTransaction { try SQLiteChanges($0) } }
    }

    /// Leaves the file alone on disk, without a write-ahead log, as far as other processes let it.
    package func close() { file.fold() }

    package func position(of ledger: LedgerCode) throws(StorageError) -> UInt64 {
        try translating { try file.reader.read { try $0.position(of: ledger) } }
    }

    package func apply(
        _ rows: [ReadModelChange], to ledger: LedgerCode, from: UInt64, upTo: UInt64
    ) throws(StorageError) -> Bool {
        try translating {
            var moved = false
            try file.writer.inTransaction(.immediate) { db in
                guard try db.position(of: ledger) == from else { return .rollback }
                try changes.apply(rows, to: ledger)
                try db.cachedStatement(
                    sql: """
                        INSERT INTO positions VALUES (?, ?)
                        ON CONFLICT (ledger_id) DO UPDATE SET position = excluded.position
                        """
                ).execute(arguments: [ledger.rawValue, Int64(upTo)])
                moved = true
                return .commit
            }
            return moved
        }
    }

    package func reset() throws(StorageError) {
        do {
            try deleteRows()
        } catch .corrupt {
            try forgetTables()
            try file.createReadModel()
        }
    }

    private func deleteRows() throws(StorageError) {
        try translating {
            try file.writer.write { db in
                for table in try db.readModelTables() { try db.execute(sql: "DELETE FROM \(table)") }
            }
        }
    }

    /// Tables that cannot be read cannot be emptied; without its schema the file is empty whatever its pages
    /// hold. Other processes find no table until they are made anew.
    private func forgetTables() throws(StorageError) {
        try translating {
            try file.writer.writeWithoutTransaction { db in
                try db.execute(
                    sql: """
                        PRAGMA writable_schema = ON;
                        DELETE FROM sqlite_schema;
                        PRAGMA writable_schema = RESET;
                        VACUUM;
                        """)
                // GRDB does not see that the tables are gone.
                db.clearSchemaCache()
            }
        }
    }

    static func remove(_ path: String) throws(StorageError) {
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            do {
                try FileManager.default.removeItem(atPath: path + suffix)
            } catch {
                throw .readOnly
            }
        }
    }
}

extension SQLiteFile {
    private static var schemaVersion: [UInt8] { SHA256Digest.of(PackageResources.read_model_sql) }

    /// Whether the file is empty or holds this program's read model.
    fileprivate var hasCurrentReadModel: Bool {
        get throws(StorageError) {
            try translating {
                try reader.read { db in
                    guard try db.tableExists("version") else {
                        return try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
                    }
                    let version = try Data.fetchOne(db, sql: "SELECT checksum FROM version")
                    return version.map { [UInt8]($0) } == SQLiteFile.schemaVersion
                }
            }
        }
    }

    fileprivate func createReadModel() throws(StorageError) {
        try translating {
            try writer.write { db in
                guard try !db.tableExists("version") else { return }
                try db.execute(sql: String(decoding: PackageResources.read_model_sql, as: UTF8.self))
                try db.execute(sql: "CREATE TABLE version (checksum BLOB NOT NULL) STRICT")
                try db.execute(
                    sql: "INSERT INTO version VALUES (?)", arguments: [Data(SQLiteFile.schemaVersion)])
            }
        }
    }
}

extension Database {
    /// The names of the read model's tables; each has the column `ledger_id`.
    func readModelTables() throws -> [String] {
        try String.fetchAll(
            self,
            sql: """
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'version' ORDER BY name
                """)
    }

    fileprivate func position(of ledger: LedgerCode) throws -> UInt64 {
        let statement = try cachedStatement(sql: "SELECT position FROM positions WHERE ledger_id = ?")
        return UInt64(try Int64.fetchOne(statement, arguments: [ledger.rawValue]) ?? 0)
    }
}

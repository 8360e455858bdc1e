import Foundation
import GRDB
import GRDBSQLite
import LedgerStorage

/// One SQLite file opened the way this ledger needs it: WAL, a writer and a reader, a checked durability.
final class SQLiteFile: Sendable {
    /// How hard a commit is made.
    enum Synchronous: Int {
        /// May lose the last commits when power fails; for what can be filled again.
        case normal = 1
        /// Survives a power failure.
        case full = 2
    }

    let writer: DatabaseQueue
    let reader: DatabaseQueue

    init(path: String, synchronous: Synchronous) throws(StorageError) {
        (writer, reader) = try translating {
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(10)
            // Every use is one statement at a time; statements that are kept are our own.
            configuration.maximumReaderCount = 1
            let writer = try SQLiteFile.openWaiting(path, configuration)
            // GRDB sets NORMAL with its WAL mode, so this comes after opening, and is looked at.
            try writer.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = \(synchronous.rawValue)")
                guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == synchronous.rawValue else {
                    throw StorageError.failed("PRAGMA synchronous did not take")
                }
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
                // 64 MiB: a page that does not fit is written before its transaction ends, and then again.
                try db.execute(sql: "PRAGMA cache_size = -65536")
            }
            configuration.readonly = true
            return (writer, try DatabaseQueue(path: path, configuration: configuration))
        }
    }

    /// Opens the writer. Where two processes turn a new file to WAL at once, SQLite tells one of them that it
    /// is busy without waiting, so this waits.
    private static func openWaiting(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                return try DatabaseQueue(path: path, configuration: configuration)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && .now < deadline {
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }
}

extension SQLiteFile {
    /// Folds the write-ahead log into the file, as far as other processes let it; for an orderly end.
    func fold() {
        _ = try? writer.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// Copies everything, as it is now, into a new file.
    func copy(to path: String) throws(StorageError) {
        try translating {
            try reader.unsafeReentrantRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        }
    }
}

/// Runs `body` and turns what SQLite says into a ``StorageError``.
func translating<Value>(_ body: () throws -> Value) throws(StorageError) -> Value {
    do {
        return try body()
    } catch let error as StorageError {
        throw error
    } catch let error as DatabaseError {
        throw StorageError(error)
    } catch {
        throw .failed("\(error)")
    }
}

extension StorageError {
    init(_ error: DatabaseError) {
        self.init(code: error.resultCode.rawValue, message: error.message ?? "\(error)")
    }

    /// The error for a primary result code of SQLite.
    init(code: Int32, message: String) {
        self =
            switch code & 0xff {
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_FULL: .full
            case SQLITE_READONLY, SQLITE_PERM: .readOnly
            case SQLITE_CANTOPEN: .unavailable(message)
            case SQLITE_IOERR: .disk(message)
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(message)
            case SQLITE_CONSTRAINT: .constraint(message)
            default: .failed(message)
            }
    }
}

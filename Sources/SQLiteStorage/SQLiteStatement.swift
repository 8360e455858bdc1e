import GRDB
import GRDBSQLite
import LedgerStorage

/// A kept statement on SQLite's C API, for the two paths that run once an event: appending and projecting.
///
/// Everything else goes through GRDB; the decision record "SQLite's C API on the hot path" has the figures.
/// Used on the connection's own queue only.
final class SQLiteStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer?
    private var next: Int32 = 1

    /// Prepares `sql` on a connection that outlives the statement.
    init(_ db: Database, _ sql: String) throws(StorageError) {
        connection = db.sqliteConnection
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else {
            throw StorageError(code: code, message: String(cString: sqlite3_errmsg(connection)))
        }
        handle = prepared
    }

    deinit { sqlite3_finalize(handle) }

    /// Binds the next parameter.
    func add(_ value: Int64) {
        sqlite3_bind_int64(handle, next, value)
        next += 1
    }

    func add(_ value: some BinaryInteger) { add(Int64(value)) }

    func add(_ value: Bool) { add(value ? 1 as Int64 : 0) }

    func add(_ value: String) {
        var value = value
        _ = value.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { text in
                // Empty text is not NULL: any address will do for it.
                if let base = text.baseAddress {
                    sqlite3_bind_text(handle, next, base, Int32(text.count), transient)
                } else {
                    sqlite3_bind_text(handle, next, "", 0, transient)
                }
            }
        }
        next += 1
    }

    func add(_ value: [UInt8]) {
        _ = value.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress, !bytes.isEmpty {
                sqlite3_bind_blob(handle, next, base, Int32(bytes.count), transient)
            } else {
                sqlite3_bind_zeroblob(handle, next, 0)
            }
        }
        next += 1
    }

    func addNull() {
        sqlite3_bind_null(handle, next)
        next += 1
    }

    /// Runs the statement with what was added, and is ready for the next row.
    func run() throws(StorageError) {
        next = 1
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            throw StorageError(code: code, message: String(cString: sqlite3_errmsg(connection)))
        }
    }
}

/// SQLITE_TRANSIENT: SQLite copies what is bound.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension SQLiteStatement {
    /// Binds the next parameter, or NULL.
    func add(optional value: (some BinaryInteger)?) {
        if let value { add(value) } else { addNull() }
    }

    /// Binds the next parameter, or NULL.
    func add(optional value: String?) {
        if let value { add(value) } else { addNull() }
    }
}

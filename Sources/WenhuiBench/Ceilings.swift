import Foundation
import GRDBSQLite

/// What SQLite itself does on this machine, on the C API: the two ceilings of the book benchmark.
struct Ceilings {
    /// Appends `count` bare events of 225 bytes, `group` in a commit; returns events a second.
    static func bareEvents(_ count: Int, group: Int, folder: String) throws -> Double {
        try run(
            folder, count, group,
            schema: ["CREATE TABLE e(l INT, n INT, b BLOB, PRIMARY KEY(l, n)) WITHOUT ROWID"],
            rows: ["INSERT INTO e VALUES(1, ?1, zeroblob(225))"])
    }

    /// Writes the eight rows of a redemption that a table-per-thing design writes in its commit.
    static func eightRows(_ count: Int, group: Int, folder: String) throws -> Double {
        try run(
            folder, count, group,
            schema: [
                "CREATE TABLE v(l INT, n INT, b INT, s INT, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "CREATE TABLE r(l INT, n INT, v INT, o INT, a INT, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "CREATE TABLE p(l INT, n INT, i INT, d INT, c INT, a INT, PRIMARY KEY(l, n, i)) WITHOUT ROWID",
                "CREATE TABLE k(l INT, n INT, e INT, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "CREATE TABLE a(l INT, n INT, b INT, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "CREATE TABLE e(l INT, n INT, b BLOB, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "INSERT INTO a SELECT 1, value, 0 FROM (WITH RECURSIVE s(value) AS "
                    + "(SELECT 0 UNION ALL SELECT value + 1 FROM s LIMIT 200) SELECT value FROM s)",
            ],
            rows: [
                "INSERT INTO v VALUES(1, ?1, 0, 2)", "INSERT INTO r VALUES(1, ?1, ?1, ?1 % 60, 5000)",
                "INSERT INTO p VALUES(1, ?1, 0, ?1, ?1 % 60, 3000)",
                "INSERT INTO p VALUES(1, ?1, 1, ?1, ?1 % 60, 2000)",
                "INSERT INTO k VALUES(1, ?1 * 2654435761 % 4294967296 * 4294967296 + ?1, ?1)",
                "UPDATE a SET b = b + 3000 WHERE l = 1 AND n = ?1 % 60",
                "UPDATE a SET b = b + 2000 WHERE l = 1 AND n = 100 + ?1 % 60",
                "INSERT INTO e VALUES(1, ?1, zeroblob(225))",
            ])
    }

    private static func run(
        _ folder: String, _ count: Int, _ group: Int, schema: [String], rows: [String]
    ) throws -> Double {
        let path = "\(folder)/ceiling-\(UUID().uuidString).db"
        var connection: OpaquePointer?
        guard sqlite3_open(path, &connection) == SQLITE_OK else { throw BenchError.setup("open \(path)") }
        defer {
            sqlite3_close(connection)
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        for sql in ["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=4000"]
            + schema
        {
            guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
                throw BenchError.setup(String(cString: sqlite3_errmsg(connection)))
            }
        }
        let statements = rows.map { sql in
            var statement: OpaquePointer?
            sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
            return statement
        }
        defer { statements.forEach { sqlite3_finalize($0) } }
        let started = ContinuousClock.now
        var number = 0
        while number < count {
            sqlite3_exec(connection, "BEGIN IMMEDIATE", nil, nil, nil)
            for _ in 0..<min(group, count - number) {
                for statement in statements {
                    sqlite3_bind_int64(statement, 1, Int64(number))
                    guard sqlite3_step(statement) == SQLITE_DONE else {
                        throw BenchError.setup(String(cString: sqlite3_errmsg(connection)))
                    }
                    sqlite3_reset(statement)
                }
                number += 1
            }
            sqlite3_exec(connection, "COMMIT", nil, nil, nil)
        }
        return Double(count) / started.duration(to: .now).inSeconds
    }
}

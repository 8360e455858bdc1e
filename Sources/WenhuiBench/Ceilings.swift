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

    /// Writes the eight rows of a redemption that a table-per-thing design writes in its commit, with the
    /// columns and indexes that this system's read model has for the same things: the voucher's status, the
    /// redemption, two postings, two balances, the key and the event.
    static func eightRows(_ count: Int, group: Int, folder: String) throws -> Double {
        try run(
            folder, count, group,
            schema: [
                "CREATE TABLE vouchers(l INT, n INT, batch INT, pseudonym INT, face INT, issued INT, expiry INT, "
                    + "status INT, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "CREATE TABLE redemptions(l INT, n INT, event INT, voucher INT, outlet INT, terminal INT, "
                    + "merchant INT, category TEXT, bill INT, subsidy INT, channel TEXT, reference TEXT, at INT, "
                    + "day INT, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "CREATE INDEX redemptions_by_voucher ON redemptions(l, voucher)",
                "CREATE UNIQUE INDEX redemptions_by_sale ON redemptions(l, merchant, reference)",
                "CREATE TABLE postings(l INT, event INT, line INT, kind INT, debit_kind INT, debit INT, "
                    + "credit_kind INT, credit INT, fund INT, amount INT, PRIMARY KEY(l, event, line)) WITHOUT ROWID",
                "CREATE TABLE accounts(l INT, kind INT, owner INT, fund INT, balance INT, "
                    + "PRIMARY KEY(l, kind, owner, fund)) WITHOUT ROWID",
                "CREATE TABLE keys(l INT, k BLOB, payload BLOB, event INT, PRIMARY KEY(l, k)) WITHOUT ROWID",
                "CREATE TABLE events(l INT, n INT, bytes BLOB, PRIMARY KEY(l, n)) WITHOUT ROWID",
                "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s LIMIT \(count)) INSERT INTO vouchers "
                    + "SELECT 1, n, 1, random(), 5000, 1527818400000000, 1528682400000000, 1 FROM s",
                "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s LIMIT 60) INSERT INTO accounts "
                    + "SELECT 1, 7, n, 1, 0 FROM s UNION ALL SELECT 1, 7, n, 2, 0 FROM s",
            ],
            rows: [
                "UPDATE vouchers SET status = 2 WHERE l = 1 AND n = ?1",
                "INSERT INTO redemptions VALUES(1, ?1, ?1, ?1, ?1 % 60, 0, ?1 % 60, '演出', 12000, 5000, "
                    + "'counter', '20180601-' || ?1, 1527818400000000, 17683)",
                "INSERT INTO postings VALUES(1, ?1, 0, 6, 6, ?1, 7, ?1 % 60, 1, 3000)",
                "INSERT INTO postings VALUES(1, ?1, 1, 6, 6, ?1, 7, ?1 % 60, 2, 2000)",
                "INSERT INTO keys VALUES(1, randomblob(16), randomblob(16), ?1)",
                "UPDATE accounts SET balance = balance + 3000 "
                    + "WHERE l = 1 AND kind = 7 AND owner = ?1 % 60 AND fund = 1",
                "UPDATE accounts SET balance = balance + 2000 "
                    + "WHERE l = 1 AND kind = 7 AND owner = ?1 % 60 AND fund = 2",
                "INSERT INTO events VALUES(1, ?1, zeroblob(225))",
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

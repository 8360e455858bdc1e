import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

/// The event log in `log.db`: WAL, `synchronous=FULL`, append-only by triggers.
package final class SQLiteEventLog: EventLog, @unchecked Sendable {
    private let file: SQLiteFile
    /// Used on the writer's queue only.
    private let statements: Statements

    /// Opens or creates the file.
    package init(path: String) throws(StorageError) {
        let file = try SQLiteFile(path: path, synchronous: .full)
        try file.migrate(SQLiteMigration.log)
        self.file = file
        statements = try translating { try file.writer.writeWithoutTransaction { try Statements($0) } }
    }

    /// Leaves the file alone on disk, without a write-ahead log, as far as other processes let it.
    package func close() { file.fold() }

    package func ledgers() throws(StorageError) -> [LedgerCode] {
        try translating {
            try file.reader.read { db in
                try UInt32.fetchAll(db, sql: "SELECT ledger_id FROM heads WHERE size > 0 ORDER BY ledger_id")
                    .map { LedgerCode($0) }
            }
        }
    }

    package func head(of ledger: LedgerCode) throws(StorageError) -> LogHead {
        try translating { try file.reader.read { try $0.head(of: ledger) } }
    }

    package func events(
        of ledger: LedgerCode, from: UInt64, limit: Int
    ) throws(StorageError) -> [[UInt8]] {
        try translating { try file.reader.read { try $0.events(of: ledger, from: from, limit: limit) } }
    }

    package func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> LogAddition
    ) throws(StorageError) {
        try translating {
            try file.writer.writeWithoutTransaction { db in
                try statements.begin.run()
                do {
                    let head = try db.head(of: ledger)
                    let addition = try decide(head, LockedReader(db: db))
                    if !addition.events.isEmpty { try insert(addition, to: ledger, at: head.size) }
                } catch {
                    try? statements.rollback.run()
                    throw error
                }
                do {
                    try statements.commit.run()
                } catch {
                    try? statements.rollback.run()
                    throw StorageError.outcomeUnknown
                }
            }
        }
    }

    /// Replaces the head's checkpoint by one of a log that goes on under another name; for a restore only.
    package func sign(_ ledger: LedgerCode, _ checkpoint: [UInt8]) throws(StorageError) {
        try translating {
            try file.writer.write {
                try $0.execute(
                    sql: "UPDATE heads SET checkpoint = ? WHERE ledger_id = ?",
                    arguments: [Data(checkpoint), ledger.rawValue])
            }
        }
    }

    private func insert(
        _ addition: LogAddition, to ledger: LedgerCode, at size: UInt64
    ) throws(StorageError) {
        var number = size
        for bytes in addition.events {
            statements.insert.add(ledger.rawValue)
            statements.insert.add(number)
            statements.insert.add(bytes)
            try statements.insert.run()
            number += 1
        }
        statements.raise.add(ledger.rawValue)
        statements.raise.add(number)
        statements.raise.add(addition.compactRange)
        statements.raise.add(addition.checkpoint)
        try statements.raise.run()
    }

    private final class Statements {
        let begin, commit, rollback, insert, raise: SQLiteStatement

        init(_ db: Database) throws(StorageError) {
            begin = try SQLiteStatement(db, "BEGIN IMMEDIATE")
            commit = try SQLiteStatement(db, "COMMIT")
            rollback = try SQLiteStatement(db, "ROLLBACK")
            insert = try SQLiteStatement(
                db, "INSERT INTO events (ledger_id, number, bytes) VALUES (?, ?, ?)")
            raise = try SQLiteStatement(
                db,
                """
                INSERT INTO heads (ledger_id, size, compact_range, checkpoint) VALUES (?, ?, ?, ?)
                ON CONFLICT (ledger_id) DO UPDATE SET size = excluded.size,
                compact_range = excluded.compact_range, checkpoint = excluded.checkpoint
                """)
        }
    }
}

/// Reads on the writer's connection, inside its transaction.
private struct LockedReader: EventReader {
    let db: Database

    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]] {
        try translating { try db.events(of: ledger, from: from, limit: limit) }
    }
}

extension Database {
    fileprivate func head(of ledger: LedgerCode) throws -> LogHead {
        let statement = try cachedStatement(
            sql: "SELECT size, compact_range, checkpoint FROM heads WHERE ledger_id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [ledger.rawValue]) else { return LogHead() }
        return LogHead(
            size: UInt64(row[0] as Int64), compactRange: [UInt8](row[1] as Data),
            checkpoint: [UInt8](row[2] as Data))
    }

    fileprivate func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws -> [[UInt8]] {
        let statement = try cachedStatement(
            sql:
                "SELECT number, bytes FROM events WHERE ledger_id = ? AND number >= ? ORDER BY number LIMIT ?"
        )
        let rows = try Row.fetchCursor(statement, arguments: [ledger.rawValue, Int64(clamping: from), limit])
        var events: [[UInt8]] = []
        while let row = try rows.next() {
            guard row[0] as Int64 == Int64(from) + Int64(events.count) else {
                throw StorageError.corrupt("event \(from + UInt64(events.count)) of \(ledger) is missing")
            }
            events.append(try row.withUnsafeData(atIndex: 1) { [UInt8]($0 ?? Data()) })
        }
        return events
    }
}

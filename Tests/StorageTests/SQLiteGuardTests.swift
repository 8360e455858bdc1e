import Dispatch
import Foundation
import GRDB
import LedgerDomain
import LedgerStorage
import LedgerTesting
import SQLiteStorage
import Synchronization
import Testing

@Suite("SQLite guards what is stored")
struct SQLiteGuardTests {
    let folder: TemporaryFolder
    let ledger = LedgerCode(370_782)

    init() throws { folder = try TemporaryFolder() }

    @Test("Log and vault survive a power failure, the read model need not; all write ahead")
    func durability() throws {
        let log = try SQLiteEventLog(path: folder.path("log.db"))
        let vault = try SQLiteVault(path: folder.path("vault.db"))
        let model = try SQLiteReadModel(path: folder.path("read.db"))
        for (store, synchronous) in [(log as Any, 2), (vault, 2), (model, 1)] {
            let found = try writer(of: store).writeWithoutTransaction { db in
                try (
                    Int.fetchOne(db, sql: "PRAGMA synchronous"),
                    String.fetchOne(db, sql: "PRAGMA journal_mode")
                )
            }
            #expect(found.0 == synchronous, "\(store)")
            #expect(found.1 == "wal", "\(store)")
        }
    }

    @Test(
        "No statement changes an event or takes one away",
        arguments: [
            "UPDATE events SET bytes = x'00' WHERE number = 1",
            "UPDATE events SET number = 7 WHERE number = 2",
            "DELETE FROM events WHERE number = 2",
            "DELETE FROM events",
            "DELETE FROM heads",
            "UPDATE heads SET size = 2",
            "INSERT OR REPLACE INTO events VALUES (370782, 1, x'00')",
            "INSERT OR REPLACE INTO heads (ledger_id, size) VALUES (370782, 2)",
        ])
    func appendOnly(_ statement: String) throws {
        let log = try threeEvents()
        let other = try DatabaseQueue(path: folder.path("log.db"))
        #expect(throws: DatabaseError.self) { try other.write { try $0.execute(sql: statement) } }
        #expect(try log.head(of: ledger).size == 3)
        #expect(try log.events(of: ledger, from: 0, limit: 9) == [[1], [2], [3]])
    }

    @Test("An event that is missing in the middle is noticed")
    func missingEvent() throws {
        let log = try threeEvents()
        let other = try DatabaseQueue(path: folder.path("log.db"))
        try other.write {
            try $0.execute(sql: "DROP TRIGGER events_are_never_deleted; DELETE FROM events WHERE number = 1")
        }
        #expect(throws: StorageError.corrupt("event 1 of 370782 is missing")) {
            try log.events(of: ledger, from: 0, limit: 9)
        }
        #expect(throws: StorageError.corrupt("event 1 of 370782 is missing")) {
            try log.events(of: ledger, from: 1, limit: 1)
        }
    }

    @Test("A full disk is said to be full, and nothing of the group is written")
    func fullDisk() throws {
        let log = try threeEvents()
        let pages = try writer(of: log).writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        }
        try limit(log, toPages: pages)
        let large = [UInt8](repeating: 1, count: Event.maximumBytes)
        #expect(throws: StorageError.full) {
            try log.append(to: ledger) { _, _ in [[4], large] }
        }
        #expect(try log.events(of: ledger, from: 0, limit: 9) == [[1], [2], [3]])
        try limit(log, toPages: pages + 1000)
        try log.append(to: ledger) { _, _ in [[4], large] }
        #expect(try log.head(of: ledger).size == 5)
    }

    @Test("A lock that another process keeps is busy, and free when it lets go")
    func busy() throws {
        let log = try threeEvents()
        try writer(of: log).writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 20") }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path("log.db"), configuration: configuration)
        try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        #expect(throws: StorageError.busy) { try log.append(to: ledger) { _, _ in [[4]] } }
        #expect(try log.head(of: ledger).size == 3)
        try other.inDatabase { try $0.execute(sql: "ROLLBACK") }
        try log.append(to: ledger) { _, _ in [[4]] }
        #expect(try log.head(of: ledger).size == 4)
    }

    @Test("A file in a folder that is not there is unavailable")
    func missingFolder() throws {
        let path = folder.path("nowhere/file.db")
        for open in [openLog, openVault, openReadModel] {
            #expect { try open(path) } throws: { error in
                if case StorageError.unavailable = error { true } else { false }
            }
        }
    }

    // In a process of its own: a number that does not fit ends it.
    @Test("A remittance may come from an event of any number")
    func anyOrigin() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let ledger = LedgerCode(370_782)
            let model = try SQLiteReadModel(path: folder.path("read.db"))
            let row = RemittanceRow(
                event: 0, incoming: true, fund: FundID(1), ledger: LedgerCode(370_000),
                amount: Amount(fen: 1),
                origin: .max, instant: Instant(microseconds: 0))
            let moved = try model.apply([.remittance(row)], to: ledger, from: 0, upTo: 1)
            try #require(moved)
            try #require(try model.remittances(ledger).map(\.row) == [row])
        }
    }

    @Test("Several processes may create the same files at once", arguments: 0..<5)
    func creatingAtOnce(_ round: Int) throws {
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { index in
            do {
                let log = try SQLiteEventLog(path: folder.path("log.db"))
                try log.append(to: ledger) { _, _ in [[UInt8(index)]] }
                _ = try SQLiteVault(path: folder.path("vault.db"))
                _ = try SQLiteReadModel(path: folder.path("read.db"))
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        let log = try SQLiteEventLog(path: folder.path("log.db"))
        #expect(try log.events(of: ledger, from: 0, limit: 9).map { $0[0] }.sorted() == Array(0..<8))
    }

    private func threeEvents() throws -> SQLiteEventLog {
        let log = try SQLiteEventLog(path: folder.path("log.db"))
        try log.append(to: ledger) { _, _ in [[1], [2], [3]] }
        return log
    }

    private func limit(_ log: SQLiteEventLog, toPages pages: Int) throws {
        try writer(of: log).writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
    }

    /// The connection that a store writes with. What it was opened with shows nowhere else, so the test looks
    /// inside.
    private func writer(of store: Any) throws -> DatabaseQueue {
        try #require(Mirror(reflecting: store).descendant("file", "writer") as? DatabaseQueue)
    }
}

/// Opens a file and lets go of it.
func openLog(_ path: String) throws { _ = try SQLiteEventLog(path: path) }
func openVault(_ path: String) throws { _ = try SQLiteVault(path: path) }
func openReadModel(_ path: String) throws { _ = try SQLiteReadModel(path: path) }

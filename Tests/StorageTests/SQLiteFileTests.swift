import Foundation
import GRDB
import LedgerDomain
import LedgerStorage
import LedgerTesting
import SQLiteStorage
import Testing

@Suite("SQLite files of another version, or damaged")
struct SQLiteFileTests {
    let folder: TemporaryFolder
    let ledger = LedgerCode(370_782)

    init() throws { folder = try TemporaryFolder() }

    /// A store that nothing can rebuild, and how to open it.
    enum Kept: String, CaseIterable, CustomTestStringConvertible {
        case log, vault
        var file: String { "\(rawValue).db" }
        var testDescription: String { rawValue }
        /// The number of its last migration.
        var supported: Int { self == .log ? 1 : 3 }

        func open(_ folder: TemporaryFolder) throws {
            switch self {
            case .log: try openLog(folder.path(file))
            case .vault: try openVault(folder.path(file))
            }
        }
    }

    @Test("A migration that this program does not know means a newer program", arguments: Kept.allCases)
    func newerMigration(_ store: Kept) throws {
        try store.open(folder)
        try execute("INSERT INTO migrations VALUES (7, x'00')", on: store.file)
        #expect(throws: StorageError.newer(found: 7, supported: store.supported)) { try store.open(folder) }
        try execute("DELETE FROM migrations WHERE number = 7", on: store.file)
        try store.open(folder)
    }

    @Test("A migration that was edited after it was applied is refused", arguments: Kept.allCases)
    func changedMigration(_ store: Kept) throws {
        try store.open(folder)
        try execute("UPDATE migrations SET checksum = x'00'", on: store.file)
        #expect(throws: StorageError.migrationChanged(1)) { try store.open(folder) }
    }

    @Test("Garbage where log or vault should be is corrupt, and is left alone", arguments: Kept.allCases)
    func garbage(_ store: Kept) throws {
        for bytes in [Data("not a database".utf8), Data(repeating: 0xa5, count: 10_000)] {
            try bytes.write(to: URL(filePath: folder.path(store.file)))
            #expect { try store.open(folder) } throws: { error in
                if case StorageError.corrupt = error { true } else { false }
            }
            #expect(try Data(contentsOf: URL(filePath: folder.path(store.file))) == bytes)
            #expect(try folder.files == [store.file])
        }
    }

    /// What can happen to a read model's file.
    enum Damage: String, CaseIterable, CustomTestStringConvertible {
        case text, garbage, truncated, emptied, deleted, brokenSchema, brokenPages, foreign, otherVersion
        var testDescription: String { rawValue }
    }

    @Test("A damaged or outdated read model is made anew, and works and lasts", arguments: Damage.allCases)
    func readModelIsMadeAnew(_ damage: Damage) throws {
        let path = folder.path("read.db")
        try fill(SQLiteReadModel(path: path), 200)
        try inflict(damage, on: path)
        for round: UInt64 in 0..<3 {
            let model = try SQLiteReadModel(path: path)
            #expect(try model.position(of: ledger) == round)
            #expect(try model.funds(ledger).count == Int(round))
            #expect(try model.apply([.fund(fund(round))], to: ledger, from: round, upTo: round + 1))
            #expect(try model.funds(ledger).count == Int(round) + 1)
        }
        try execute("PRAGMA integrity_check", on: "read.db")
    }

    @Test("What another process has open of an outdated read model does not spoil the new one")
    func outdatedWhileOpen() throws {
        let path = folder.path("read.db")
        let old = try SQLiteReadModel(path: path)
        try fill(old, 3)
        try execute("UPDATE version SET checksum = x'00'", on: "read.db")
        let new = try SQLiteReadModel(path: path)
        try fill(new, 5)
        _ = try? old.apply([.fund(fund(90))], to: ledger, from: 3, upTo: 4)
        #expect(try new.funds(ledger).count == 5)
        #expect(try SQLiteReadModel(path: path).funds(ledger).count == 5)
    }

    @Test("A reset heals a read model of which a table cannot be read")
    func resetHeals() throws {
        let path = folder.path("read.db")
        try fill(SQLiteReadModel(path: path), 2000)
        let page = try DatabaseQueue(path: path).read { db in
            try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'funds'") ?? 0
        }
        try overwrite(URL(filePath: path), from: (page - 1) * 4096, count: 4096)
        let (model, other) = (try SQLiteReadModel(path: path), try SQLiteReadModel(path: path))
        #expect { try model.funds(ledger) } throws: { error in
            if case StorageError.corrupt = error { true } else { false }
        }
        try model.reset()
        #expect(try other.position(of: ledger) == 0)
        try fill(model, 3)
        #expect(try other.funds(ledger).count == 3)
        #expect(try other.apply([.fund(fund(3))], to: ledger, from: 3, upTo: 4))
        #expect(try SQLiteReadModel(path: path).funds(ledger).count == 4)
    }

    private func fill(_ model: SQLiteReadModel, _ count: Int) throws {
        let funds = (0..<count).map { ReadModelChange.fund(fund(UInt64($0))) }
        #expect(try model.apply(funds, to: ledger, from: 0, upTo: UInt64(count)))
    }

    private func fund(_ number: UInt64) -> FundRow {
        FundRow(
            id: FundID(UInt32(number) + 1), level: .county, fiscalYear: 2018, matching: false,
            treasury: "财政局",
            document: String(repeating: "文", count: 50), functionalCode: "", economicCode: "")
    }

    private func inflict(_ damage: Damage, on path: String) throws {
        let url = URL(filePath: path)
        switch damage {
        case .text: try Data("not a database".utf8).write(to: url)
        case .garbage: try Data(repeating: 0xa5, count: 10_000).write(to: url)
        case .truncated: try Data(contentsOf: url).prefix(6_000).write(to: url)
        case .emptied: try Data().write(to: url)
        case .deleted: try FileManager.default.removeItem(at: url)
        case .brokenSchema: try overwrite(url, from: 100, count: 3_900)
        case .brokenPages: try overwrite(url, from: 4096, count: Data(contentsOf: url).count - 4096)
        case .foreign:
            try FileManager.default.removeItem(at: url)
            try execute("CREATE TABLE other (id INTEGER)", on: "read.db")
        case .otherVersion: try execute("UPDATE version SET checksum = x'00'", on: "read.db")
        }
    }

    private func overwrite(_ url: URL, from offset: Int, count: Int) throws {
        var bytes = try Data(contentsOf: url)
        bytes.replaceSubrange(offset..<(offset + count), with: Data(repeating: 0xa5, count: count))
        try bytes.write(to: url)
    }

    private func execute(_ sql: String, on file: String) throws {
        try DatabaseQueue(path: folder.path(file)).writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}

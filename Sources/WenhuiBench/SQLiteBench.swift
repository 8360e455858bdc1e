import ArgumentParser
import Foundation
import GRDB
import GRDBSQLite

/// `tools/bench sqlite`: the same append through GRDB and through the C API behind its connection.
struct SQLiteBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sqlite", abstract: "Appending through GRDB's cached statements beside the C API.")

    @Option(help: "Events a round.") var count = 200_000
    @Option(help: "Events a commit.") var group = 512
    @Option(help: "Rounds; the median counts.") var rounds = 5

    func run() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/wenhui-sqlite-\(UUID().uuidString).db"
        defer {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        var ratios: [Double] = []
        for round in 0..<rounds {
            let (grdb, capi) = try await queue.writeWithoutTransaction { db -> (Double, Double) in
                try db.execute(
                    sql: """
                        PRAGMA synchronous = FULL;
                        DROP TABLE IF EXISTS e; DROP TABLE IF EXISTS c;
                        CREATE TABLE e(l INT, n INT, b BLOB, PRIMARY KEY(l, n)) WITHOUT ROWID;
                        CREATE TABLE c(l INT, n INT, b BLOB, PRIMARY KEY(l, n)) WITHOUT ROWID;
                        """)
                return (try library(db), try native(db))
            }
            ratios.append(grdb / capi)
            let ratio = String(format: "%.2f", grdb / capi)
            print("round \(round + 1): GRDB \(rate(grdb))/s, C API \(rate(capi))/s, \(ratio)×")
        }
        print("median: GRDB does \(String(format: "%.2f", ratios.sorted()[ratios.count / 2]))× the C API")
    }

    private func library(_ db: Database) throws -> Double {
        let bytes = Data(repeating: 7, count: 225)
        let started = ContinuousClock.now
        var number = 0
        while number < count {
            try db.inTransaction(.immediate) {
                for _ in 0..<group {
                    let statement = try db.cachedStatement(sql: "INSERT INTO e VALUES (?, ?, ?)")
                    try statement.execute(arguments: [1, number, bytes])
                    number += 1
                }
                return .commit
            }
        }
        return Double(number) / started.duration(to: .now).inSeconds
    }

    private func native(_ db: Database) throws -> Double {
        let bytes = [UInt8](repeating: 7, count: 225)
        var statement: OpaquePointer?
        sqlite3_prepare_v3(
            db.sqliteConnection, "INSERT INTO c VALUES (?, ?, ?)", -1, UInt32(SQLITE_PREPARE_PERSISTENT),
            &statement, nil)
        defer { sqlite3_finalize(statement) }
        let started = ContinuousClock.now
        var number = 0
        while number < count {
            try db.inTransaction(.immediate) {
                for _ in 0..<group {
                    sqlite3_bind_int64(statement, 1, 1)
                    sqlite3_bind_int64(statement, 2, Int64(number))
                    let code = bytes.withUnsafeBytes { buffer in
                        sqlite3_bind_blob(statement, 3, buffer.baseAddress, 225, nil)
                        return sqlite3_step(statement)
                    }
                    sqlite3_reset(statement)
                    guard code == SQLITE_DONE else { throw BenchError.setup("step: \(code)") }
                    number += 1
                }
                return .commit
            }
        }
        return Double(number) / started.duration(to: .now).inSeconds
    }
}

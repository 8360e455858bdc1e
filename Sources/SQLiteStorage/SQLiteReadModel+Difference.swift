import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    package func difference(
        of ledger: LedgerCode, filling fill: (any ReadModel) throws -> Void
    ) throws -> String? {
        let freshPath = "\(path).check-\(ProcessInfo.processInfo.processIdentifier)"
        try SQLiteReadModel.remove(freshPath)
        defer { try? SQLiteReadModel.remove(freshPath) }
        let fresh = try SQLiteReadModel(path: freshPath)
        // Other processes may go on projecting; what is compared is one moment at which both are equally far.
        for _ in 0..<5 {
            try fill(fresh)
            switch try translating({ try compare(freshPath, ledger) }) {
            case .same: return nil
            case .different(let place): return place
            case .elsewhere: continue
            }
        }
        throw StorageError.busy
    }

    private enum Comparison {
        case same
        case different(String)
        /// The two are not equally far.
        case elsewhere
    }

    /// Compares in one transaction.
    private func compare(_ freshPath: String, _ ledger: LedgerCode) throws -> Comparison {
        try file.writer.writeWithoutTransaction { db in
            try db.execute(sql: "ATTACH ? AS fresh", arguments: [freshPath])
            defer { try? db.execute(sql: "DETACH fresh") }
            var compared = Comparison.elsewhere
            try db.inTransaction(.deferred) {
                let positions = try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT position FROM main.positions WHERE ledger_id = ?1
                        UNION SELECT position FROM fresh.positions WHERE ledger_id = ?1
                        """, arguments: [ledger.rawValue])
                if positions.count <= 1 {
                    compared = try db.firstDifference(ledger).map { .different($0) } ?? .same
                }
                return .commit
            }
            return compared
        }
    }
}

extension Database {
    /// The first row that only one of the two files has.
    fileprivate func firstDifference(_ ledger: LedgerCode) throws -> String? {
        for table in try readModelTables() {
            for (one, other, sentence) in [
                ("main", "fresh", "has a row that does not follow from the log"),
                ("fresh", "main", "has not a row that follows from the log"),
            ] {
                let row = try Row.fetchOne(
                    self,
                    sql: """
                        SELECT * FROM \(one).\(table) WHERE ledger_id = ?1
                        EXCEPT SELECT * FROM \(other).\(table) WHERE ledger_id = ?1 LIMIT 1
                        """, arguments: [ledger.rawValue])
                if let row { return "\(table) \(sentence): \(row.beginning)" }
            }
        }
        return nil
    }
}

extension Row {
    /// The first columns, which are the key, without the ledger.
    fileprivate var beginning: String {
        dropFirst().prefix(3).map { "\($0) \($1)" }.joined(separator: ", ")
    }
}

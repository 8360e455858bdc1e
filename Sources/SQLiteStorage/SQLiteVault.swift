import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

/// The vault in `vault.db`: `synchronous=FULL`, everything personal sealed before it comes here.
package final class SQLiteVault: Vault, Sendable {
    private let file: SQLiteFile

    /// Opens or creates the file.
    package init(path: String) throws(StorageError) {
        file = try SQLiteFile(path: path, synchronous: .full)
        try file.migrate(SQLiteMigration.vault)
    }

    /// Leaves the file alone on disk, without a write-ahead log, as far as other processes let it.
    package func close() { file.fold() }

    /// Copies everything, as it is now, into a new file.
    package func copy(to path: String) throws(StorageError) { try file.copy(to: path) }

    package func stage(
        _ residents: [SealedResident], file import: Digest128, at instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        try translating {
            try file.writer.write { db in
                try db.execute(
                    sql: "DELETE FROM residents WHERE ledger_id = ? AND file = ?",
                    arguments: [ledger.rawValue, `import`.data])
                let insert = try db.cachedStatement(sql: "INSERT INTO residents VALUES (?, ?, ?, ?, ?)")
                for resident in residents {
                    try insert.execute(arguments: [
                        ledger.rawValue, resident.identity.data, `import`.data, instant.microseconds,
                        Data(resident.sealed),
                    ])
                }
            }
        }
    }

    package func store(
        _ entries: [SealedEntry], file import: Digest128, at instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        try translating {
            try file.writer.write { db in
                let insert = try db.cachedStatement(
                    sql: """
                        INSERT INTO entries VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT DO UPDATE SET staged_at = max(staged_at, excluded.staged_at)
                        """)
                for entry in entries {
                    try insert.execute(arguments: [
                        ledger.rawValue, entry.commitment.data, `import`.data, instant.microseconds,
                        Data(entry.sealed),
                    ])
                }
            }
        }
    }

    package func imports(
        of identities: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [Digest128: Digest128] {
        try translating {
            try file.reader.read { db in
                let find = try db.cachedStatement(
                    sql: "SELECT file FROM residents WHERE ledger_id = ? AND identity = ?")
                var files: [Digest128: Digest128] = [:]
                for identity in identities {
                    let found = try Data.fetchOne(find, arguments: [ledger.rawValue, identity.data])
                    files[identity] = found.flatMap { Digest128([UInt8]($0)) }
                }
                return files
            }
        }
    }

    package func resident(_ identity: Digest128, ledger: LedgerCode) throws(StorageError) -> [UInt8]? {
        try translating {
            try file.reader.read { db in
                try Data.fetchOne(
                    db.cachedStatement(
                        sql: "SELECT sealed FROM residents WHERE ledger_id = ? AND identity = ?"),
                    arguments: [ledger.rawValue, identity.data]
                ).map { [UInt8]($0) }
            }
        }
    }

    package func residentCount(ledger: LedgerCode) throws(StorageError) -> Int {
        try translating {
            try file.reader.read { db in
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM residents WHERE ledger_id = ?",
                    arguments: [ledger.rawValue]) ?? 0
            }
        }
    }

    package func identities(
        ledger: LedgerCode, offset: Int, limit: Int
    ) throws(StorageError) -> [Digest128] {
        try translating {
            try file.reader.read { db in
                try Data.fetchAll(
                    db,
                    sql: """
                        SELECT identity FROM residents WHERE ledger_id = ? ORDER BY identity LIMIT ? OFFSET ?
                        """, arguments: [ledger.rawValue, limit, offset]
                ).compactMap { Digest128([UInt8]($0)) }
            }
        }
    }

    package func entry(_ commitment: Digest128, ledger: LedgerCode) throws(StorageError) -> [UInt8]? {
        try translating {
            try file.reader.read { db in
                try Data.fetchOne(
                    db.cachedStatement(
                        sql: "SELECT sealed FROM entries WHERE ledger_id = ? AND commitment = ?"),
                    arguments: [ledger.rawValue, commitment.data]
                ).map { [UInt8]($0) }
            }
        }
    }

    package func pseudonyms(
        _ keys: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [Digest128: Pseudonym] {
        try translating {
            try file.reader.read { db in
                let find = try db.cachedStatement(
                    sql: "SELECT pseudonym FROM pseudonyms WHERE ledger_id = ? AND key = ?")
                var found: [Digest128: Pseudonym] = [:]
                for key in keys {
                    let number = try Int64.fetchOne(find, arguments: [ledger.rawValue, key.data])
                    found[key] = number.map { Pseudonym(UInt64(bitPattern: $0)) }
                }
                return found
            }
        }
    }

    package func add(_ pseudonyms: [PseudonymEntry], ledger: LedgerCode) throws(StorageError) {
        try translating {
            try file.writer.write { db in
                let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO pseudonyms VALUES (?, ?, ?)")
                for entry in pseudonyms {
                    try insert.execute(arguments: [
                        ledger.rawValue, entry.key.data, Int64(bitPattern: entry.pseudonym.rawValue),
                    ])
                }
            }
        }
    }

    package func attest(
        _ attestations: [SealedAttestation], ledger: LedgerCode
    ) throws(StorageError) {
        try translating {
            try file.writer.write { db in
                let insert = try db.cachedStatement(
                    sql: "INSERT OR REPLACE INTO attestations VALUES (?, ?, ?, ?)")
                for attestation in attestations {
                    try insert.execute(arguments: [
                        ledger.rawValue, attestation.identity.data, attestation.group,
                        Data(attestation.sealed),
                    ])
                }
            }
        }
    }

    package func attestations(
        of identities: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [SealedAttestation] {
        try translating {
            try file.reader.read { db in
                let find = try db.cachedStatement(
                    sql:
                        "SELECT kind, sealed FROM attestations WHERE ledger_id = ? AND identity = ? ORDER BY kind"
                )
                var found: [SealedAttestation] = []
                for identity in identities {
                    for row in try Row.fetchAll(find, arguments: [ledger.rawValue, identity.data]) {
                        found.append(
                            SealedAttestation(
                                identity: identity, group: row["kind"],
                                sealed: [UInt8](row["sealed"] as Data)))
                    }
                }
                return found
            }
        }
    }

    package func erase(_ identities: [Digest128], ledger: LedgerCode) throws(StorageError) {
        guard !identities.isEmpty else { return }
        try translating {
            // Freed pages are overwritten, and the write-ahead log that has older ones is folded in and cut off.
            try file.writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = ON") }
            try file.writer.write { db in
                for table in ["residents", "attestations"] {
                    let delete = try db.cachedStatement(
                        sql: "DELETE FROM \(table) WHERE ledger_id = ? AND identity = ?")
                    for identity in identities {
                        try delete.execute(arguments: [ledger.rawValue, identity.data])
                    }
                }
            }
        }
        file.fold()
    }

    package func purge(
        keeping files: Set<Digest128>, stagedBefore instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        try translating {
            try file.writer.write { db in
                for table in ["residents", "entries"] {
                    let stored = try Data.fetchAll(
                        db,
                        sql: """
                            SELECT file FROM \(table) WHERE ledger_id = ?
                            GROUP BY file HAVING max(staged_at) < ?
                            """,
                        arguments: [ledger.rawValue, instant.microseconds])
                    for file in stored where Digest128([UInt8](file)).map(files.contains) != true {
                        try db.execute(
                            sql: "DELETE FROM \(table) WHERE ledger_id = ? AND file = ?",
                            arguments: [ledger.rawValue, file])
                    }
                }
            }
        }
    }
}

extension Digest128 {
    /// The sixteen bytes as SQLite stores them.
    var data: Data { Data(bytes) }
}

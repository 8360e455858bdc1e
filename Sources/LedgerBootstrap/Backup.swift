import AuditLog
import Cryptography
import Foundation
package import LedgerDomain
import LedgerEngine
import LedgerService
import LedgerStorage
import SQLiteStorage

/// A copy of a data folder that can be restored: log, vault, keys and kept heads, every event replayed.
///
/// The log is copied first and the vault after it, so that the copy's vault has everything its log refers to
/// (DESIGN §5). The folder goes on working meanwhile; a second run copies only what has been added.
package struct Backup: Sendable {
    private let folder: DataFolder

    package init(_ path: String) { folder = DataFolder(path) }

    /// What a backup holds of one ledger.
    package struct Part: Equatable, Sendable {
        package var ledger: LedgerCode
        /// The events that the backup holds now, and how many of them this run added.
        package var events: UInt64
        package var added: UInt64
        /// The origin and root that the copy was verified against.
        package var origin: String
        package var root: String
    }

    /// Copies what `system` has and the backup has not, and verifies the whole copy.
    package func run(
        from system: LedgerSystem, progress: (LedgerCode, UInt64, UInt64) -> Void = { _, _, _ in }
    ) throws -> [Part] {
        let isNew = !FileManager.default.fileExists(atPath: folder.path)
        let target =
            isNew ? DataFolder("\(folder.path).new-\(ProcessInfo.processInfo.processIdentifier)") : folder
        do {
            if isNew {
                try FileManager.default.createDirectory(
                    atPath: target.path, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
                try system.folder.copySettings(to: target, asBackup: true)
            } else {
                let known: SecretKey
                do {
                    known = try target.readKey(asBackup: true)
                } catch DataFolderError.missing {
                    throw DataFolderError.isNoBackup(target.path)
                }
                guard known.bytes == (try system.folder.readKey()).bytes else {
                    throw DataFolderError.otherBackup(target.path)
                }
            }
            let parts = try copy(system, to: target, progress)
            if isNew { try FileManager.default.moveItem(atPath: target.path, toPath: folder.path) }
            return parts
        } catch {
            if isNew { try? FileManager.default.removeItem(atPath: target.path) }
            throw ServiceError.meaning(error)
        }
    }

    private func copy(
        _ system: LedgerSystem, to target: DataFolder, _ progress: (LedgerCode, UInt64, UInt64) -> Void
    ) throws -> [Part] {
        let log = try SQLiteEventLog(path: target.logPath)
        defer { log.close() }
        var parts: [Part] = []
        for ledger in try system.ledgers() {
            let head = try system.published(ledger)
            let before = try log.head(of: ledger).size
            var tail = LogTail(ledger, of: log, signer: system.files(ledger).signer)
            try tail.append(from: system.events, to: head)
            parts.append(
                Part(
                    ledger: ledger, events: head.head.size, added: head.head.size - before,
                    origin: try tail.origin, root: head.head.root.base64))
            try HeadFile("\(target.headsPath)/\(ledger)").raise { _ in
                head.checkpoint
            } then: {
            }
        }
        for (path, copy) in [(target.vaultPath, system.copyVault), (target.officePath, system.copyOffice)] {
            let draft = "\(path).new"
            try? FileManager.default.removeItem(atPath: draft)
            try copy(draft)
            try DataFolder.replace(path, with: draft)
        }
        try system.folder.copySettings(to: target, asBackup: true)
        for part in parts { try verify(part.ledger, log) { progress(part.ledger, $0, part.events) } }
        return parts
    }

    /// Decides every event of a copied log again and holds the copy to its tree.
    private func verify(
        _ ledger: LedgerCode, _ log: SQLiteEventLog, progress: (UInt64) -> Void
    ) throws {
        var replica = Replica(ledger)
        let head = try log.head(of: ledger)
        do throws(EngineFault) {
            try replica.catchUp(to: head, from: log, deciding: true, progress: progress)
        } catch {
            throw DataFolderError.damagedBackup(folder.path, reason: error.sentence)
        }
    }
}

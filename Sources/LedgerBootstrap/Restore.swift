import AuditLog
import Cryptography
import Foundation
package import LedgerDomain
import LedgerEngine
import LedgerService
import LedgerStorage
import SQLiteStorage

/// Makes a data folder from a backup and, where an older folder stands in its place, from that folder's tiles:
/// what was acknowledged after the backup is in them (DESIGN §6).
package struct Restore: Sendable {
    private let backup: DataFolder
    private let folder: DataFolder

    package init(_ backup: String, to folder: String) {
        self.backup = DataFolder(backup)
        self.folder = DataFolder(folder)
    }

    /// What became of one ledger.
    package struct Part: Equatable, Sendable {
        package var ledger: LedgerCode
        /// The events now, and how many of them the tiles gave.
        package var events: UInt64
        package var fromTiles: UInt64
        /// The events that are lost, where the loss was accepted.
        package var lost: UInt64
        /// The log's name; a new one after a loss.
        package var origin: String
    }

    /// Restores into a new folder, which takes the old one's place at the end.
    ///
    /// - Parameter acceptingLoss: goes on without acknowledged events that nobody can bring back; the log then gets
    ///   a new origin that names the lost head.
    /// - Returns: what became of each ledger, and where the old folder was put.
    package func run(
        acceptingLoss: Bool, progress: (LedgerCode, UInt64) -> Void = { _, _ in }
    ) throws -> (parts: [Part], aside: String?) {
        let key = try backup.readKey(asBackup: true)
        let isReplacing = FileManager.default.fileExists(atPath: folder.path)
        // A folder whose key is lost cannot be told from another one's by it; its heads and tiles are signed.
        if let old = try? folder.readKey(), old.bytes != key.bytes {
            throw DataFolderError.otherBackup(backup.path)
        }
        // What another process acknowledged from now on would go with the old folder.
        let claim = folder.exists ? FolderClaim(folder, alone: true) : nil
        guard claim != nil || !folder.exists else { throw DataFolderError.inUse(folder.path) }
        defer { withExtendedLifetime(claim) {} }
        let process = ProcessInfo.processInfo.processIdentifier
        let draft = DataFolder("\(folder.path).new-\(process)")
        do {
            try FileManager.default.createDirectory(
                atPath: draft.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try backup.copySettings(to: draft, asBackup: false)
            for (from, to) in [
                (backup.logPath, draft.logPath), (backup.vaultPath, draft.vaultPath),
                (backup.officePath, draft.officePath),
            ] {
                try FileManager.default.copyItem(atPath: from, toPath: to)
            }
            let parts = try fill(draft, key.derived(for: "logs"), acceptingLoss, progress)
            let aside = isReplacing ? "\(folder.path).replaced-\(process)" : nil
            if let aside { try FileManager.default.moveItem(atPath: folder.path, toPath: aside) }
            try FileManager.default.moveItem(atPath: draft.path, toPath: folder.path)
            return (parts, aside)
        } catch {
            try? FileManager.default.removeItem(atPath: draft.path)
            throw ServiceError.meaning(error)
        }
    }

    private func fill(
        _ draft: DataFolder, _ key: SecretKey, _ acceptingLoss: Bool, _ progress: (LedgerCode, UInt64) -> Void
    ) throws -> [Part] {
        let log = try SQLiteEventLog(path: draft.logPath)
        defer { log.close() }
        let known = Set(try log.ledgers() + keptLedgers())
        var parts: [Part] = []
        for ledger in known.sorted() {
            let signer = LogSigner(ledger, key: key)
            let before = try log.head(of: ledger)
            let heads = try keptHeads(ledger, signer)
            let kept = heads.last
            var part = Part(ledger: ledger, events: before.size, fromTiles: 0, lost: 0, origin: "")
            if let kept, kept.head.size > before.size {
                do {
                    try appendTiles(ledger, log, signer, kept)
                    part.fromTiles = kept.head.size - before.size
                } catch {
                    guard acceptingLoss else {
                        throw RestoreError.eventsMissing(ledger, after: before.size, kept.head.size)
                    }
                    part.lost = kept.head.size - before.size
                    try begin(signer.successor(after: kept.head), ledger, log)
                }
            }
            let head = try log.head(of: ledger)
            let note = head.checkpoint
            var replica = Replica(ledger, kept: part.lost == 0 ? heads.map(\.head) : [])
            do throws(EngineFault) {
                try replica.catchUp(to: head, from: log, deciding: true) { progress(ledger, $0) }
            } catch {
                throw DataFolderError.damagedBackup(backup.path, reason: error.sentence)
            }
            try HeadFile("\(draft.headsPath)/\(ledger)").raise { _ in
                note
            } then: {
            }
            part.events = head.size
            part.origin = (signer.signer(of: note) ?? signer).origin.description
            parts.append(part)
        }
        return parts
    }

    /// The ledgers that the old folder kept heads of.
    private func keptLedgers() -> [LedgerCode] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.headsPath)) ?? []
        return names.compactMap { LedgerCode(text: $0) }
    }

    /// The heads that the old folder kept of a ledger, the largest last.
    private func keptHeads(_ ledger: LedgerCode, _ signer: LogSigner) throws -> [PublishedHead] {
        let tiles = LogFolder("\(folder.tilesPath)/\(ledger)")
        let files = LedgerFiles(
            ledger, signer: signer, head: HeadFile("\(folder.headsPath)/\(ledger)"), tiles: tiles)
        return try files.keptNotes()
    }

    /// Adds what the old folder's tiles hold up to the kept head, every entry proved.
    private func appendTiles(
        _ ledger: LedgerCode, _ log: SQLiteEventLog, _ signer: LogSigner, _ kept: PublishedHead
    ) throws {
        let tail = LogTail(ledger, of: log, signer: signer)
        var range = try tail.range()
        let tiles = LogFolder("\(folder.tilesPath)/\(ledger)")
        var verifier = try LogVerifier(
            source: tiles, size: kept.head.size, root: kept.head.root, after: range)
        // All of it is proved before any of it is added.
        var proved: [[[UInt8]]] = []
        while let entries = try verifier.next() { proved.append(entries) }
        for entries in proved { try tail.add(entries, to: &range, end: kept) }
    }

    /// Lets the log go on under another origin: its head is signed anew.
    private func begin(_ successor: LogSigner, _ ledger: LedgerCode, _ log: SQLiteEventLog) throws {
        let tail = LogTail(ledger, of: log, signer: successor)
        let range = try tail.range()
        try log.sign(ledger, successor.checkpoint(TreeHead(size: range.size, root: range.root)))
    }
}

/// Why a backup is not restored.
package enum RestoreError: Error, Sendable {
    /// Events after the backup were acknowledged, and the tiles that should hold them are missing or damaged.
    case eventsMissing(LedgerCode, after: UInt64, UInt64)

    /// What happened and what to do, for a person.
    package var sentence: String {
        switch self {
        case .eventsMissing(let ledger, let after, let size):
            "The backup has \(after) events of ledger \(ledger), \(size) were acknowledged, and the tiles do not hold "
                + "the rest. Look for a newer backup or another copy of the tiles; only if there is none, repeat "
                + "with --accept-loss: the log then goes on under a new name that states the loss."
        }
    }
}

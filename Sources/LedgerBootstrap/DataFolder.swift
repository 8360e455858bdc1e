import Cryptography
import Foundation
import LedgerStorage
import SQLiteStorage

/// A folder with everything a ledger's books need on embedded SQLite: log, vault, office, read model, snapshots,
/// key.
package struct DataFolder: Sendable {
    package let path: String

    private static let format = 1
    /// What the key check in `format` is the MAC of.
    private static let keyCheck = Array("wenhui key check".utf8)

    package init(_ path: String) {
        self.path = path
    }

    var keyPath: String { "\(path)/key" }
    var logPath: String { "\(path)/log.db" }
    var vaultPath: String { "\(path)/vault.db" }
    var officePath: String { "\(path)/office.db" }
    var readModelPath: String { "\(path)/read.db" }
    var snapshotsPath: String { "\(path)/snapshots" }
    /// The last signed head of every ledger, outside the database.
    var headsPath: String { "\(path)/heads" }
    /// Which witnesses each ledger's log asks.
    package var policiesPath: String { "\(path)/policies" }
    /// Every ledger's log as files.
    var tilesPath: String { "\(path)/tiles" }
    var formatPath: String { "\(path)/format" }
    private var backupPath: String { "\(path)/backup" }

    /// Whether the folder is a backup, which is restored and never worked on.
    package var isBackup: Bool { FileManager.default.fileExists(atPath: backupPath) }

    /// What a data folder has besides databases, heads, tiles and snapshots, all of which are copied otherwise.
    func copySettings(to other: DataFolder, asBackup: Bool) throws {
        let files = FileManager.default
        for (from, to) in [(formatPath, other.formatPath), (keyPath, other.keyPath)] {
            let draft = "\(to).new"
            try? files.removeItem(atPath: draft)
            try files.copyItem(atPath: from, toPath: draft)
            try DataFolder.replace(to, with: draft)
        }
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: other.keyPath)
        if files.fileExists(atPath: policiesPath) {
            try? files.removeItem(atPath: other.policiesPath)
            try files.copyItem(atPath: policiesPath, toPath: other.policiesPath)
        }
        if asBackup { try Data().write(to: URL(fileURLWithPath: other.backupPath)) }
    }

    /// Puts a finished file in the place of another one, which is there until then.
    static func replace(_ path: String, with draft: String) throws(DataFolderError) {
        guard rename(draft, path) == 0 else {
            throw .cannotWrite(path, reason: String(cString: strerror(errno)))
        }
    }

    /// Whether there is a data folder here.
    package var exists: Bool { FileManager.default.fileExists(atPath: formatPath) }

    /// Makes the folder with a new key and empty books. It appears whole or not at all.
    package func create() throws(DataFolderError) {
        guard !FileManager.default.fileExists(atPath: path) else { throw .exists(path) }
        let draft = DataFolder("\(path).new-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try? FileManager.default.removeItem(atPath: draft.path)
            try FileManager.default.createDirectory(
                atPath: draft.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let key = SecretKey.random()
            let text = key.bytes.hexadecimal + "\n"
            guard
                FileManager.default.createFile(
                    atPath: draft.keyPath, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            else { throw DataFolderError.cannotWrite(draft.keyPath, reason: "the file cannot be made") }
            _ = try SQLiteEventLog(path: draft.logPath)
            _ = try SQLiteVault(path: draft.vaultPath)
            _ = try SQLiteOffice(path: draft.officePath)
            let check = MessageAuthenticator(key: key).code(DataFolder.keyCheck, domain: .file)
            let description = "wenhui-data \(DataFolder.format)\nkey \(check.hexadecimal)\n"
            try Data(description.utf8).write(to: URL(fileURLWithPath: draft.formatPath))
            try FileManager.default.moveItem(atPath: draft.path, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: draft.path)
            if let error = error as? DataFolderError { throw error }
            throw .cannotWrite(path, reason: "\((error as NSError).localizedDescription)")
        }
    }

    /// The key, after checking that it is this folder's and nobody else can read it.
    ///
    /// - Parameter asBackup: whether the folder is to be a backup.
    func readKey(asBackup: Bool = false) throws(DataFolderError) -> SecretKey {
        guard let description = try? String(contentsOfFile: formatPath, encoding: .utf8) else {
            throw .missing(path)
        }
        let lines = description.split(separator: "\n").map { $0.split(separator: " ") }
        guard lines.count >= 2, lines[0].count == 2, lines[0][0] == "wenhui-data",
            let format = Int(lines[0][1]), lines[1].count == 2, lines[1][0] == "key"
        else { throw .damaged(path) }
        guard format <= DataFolder.format else { throw .newer(path, format: format) }
        guard asBackup == isBackup else { throw asBackup ? .isNoBackup(path) : .isBackup(path) }
        guard FileManager.default.fileExists(atPath: keyPath) else { throw .keyMissing(keyPath) }
        let mode = (try? FileManager.default.attributesOfItem(atPath: keyPath))?[.posixPermissions] as? Int
        guard let mode, let text = try? String(contentsOfFile: keyPath, encoding: .utf8) else {
            throw .keyUnreadable(keyPath)
        }
        guard mode & 0o077 == 0 else { throw .keyExposed(keyPath) }
        let digits = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let key = [UInt8](hexadecimal: digits).flatMap(SecretKey.init(bytes:)) else {
            throw .keyWrong(keyPath)
        }
        let check = MessageAuthenticator(key: key).code(DataFolder.keyCheck, domain: .file)
        guard check.hexadecimal == lines[1][1] else { throw .keyWrong(keyPath) }
        return key
    }
}

import Foundation
import LedgerStorage
import LedgerTesting
import SQLiteStorage

extension StorageEngine {
    /// SQLite in a folder that goes when nothing opens the store any more.
    static let sqlite = StorageEngine(
        "sqlite",
        makeLog: {
            let folder = try TemporaryFolder()
            return { () throws(StorageError) in try SQLiteEventLog(path: folder.path("log.db")) }
        },
        makeVault: {
            let folder = try TemporaryFolder()
            return { () throws(StorageError) in try SQLiteVault(path: folder.path("vault.db")) }
        },
        makeOffice: {
            let folder = try TemporaryFolder()
            return { () throws(StorageError) in try SQLiteOffice(path: folder.path("office.db")) }
        },
        makeReadModel: {
            let folder = try TemporaryFolder()
            return { () throws(StorageError) in try SQLiteReadModel(path: folder.path("read.db")) }
        })

    /// Every engine that must keep the ports' promises.
    static let all = [StorageEngine.memory, .sqlite]
}

/// A folder of a test's own, deleted with the value.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "wenhui-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// The names of the files in it, sorted.
    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }
}

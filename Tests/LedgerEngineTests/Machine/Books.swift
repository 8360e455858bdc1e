import Cryptography
import Foundation
import LedgerDomain
import LedgerEngine
import LedgerStorage
import SQLiteStorage

/// The storage engines that a machine runs on.
enum Engine: String, CaseIterable, Sendable, CustomStringConvertible {
    case memory, sqlite

    var description: String { rawValue }
}

/// Log, read model and snapshot of one book, opened as often as a test likes; gone with the test.
final class Books: Sendable {
    let folder: URL
    private let engine: Engine
    private let memoryLog = MemoryEventLog()
    private let memoryReadModel = MemoryReadModel()
    private let key: SecretKey

    init(_ engine: Engine) throws {
        self.engine = engine
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("books-\(UUID().uuidString)")
        key = SecretKey.random()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The log as another process would open it.
    func log() throws -> any EventLog {
        switch engine {
        case .memory: memoryLog
        case .sqlite: try SQLiteEventLog(path: folder.appendingPathComponent("log.db").path)
        }
    }

    /// The read model as another process would open it.
    func readModel() throws -> any ReadModel {
        switch engine {
        case .memory: memoryReadModel
        case .sqlite: try SQLiteReadModel(path: folder.appendingPathComponent("read.db").path)
        }
    }

    /// Deletes the read model under whoever has it open.
    func deleteReadModel() throws {
        switch engine {
        case .memory:
            try memoryReadModel.reset()
        case .sqlite:
            for suffix in ["", "-wal", "-shm"] {
                let file = folder.appendingPathComponent("read.db\(suffix)")
                if FileManager.default.fileExists(atPath: file.path) {
                    try FileManager.default.removeItem(at: file)
                }
            }
        }
    }

    var authenticator: MessageAuthenticator { MessageAuthenticator(key: key) }

    var snapshotURL: URL { folder.appendingPathComponent("ledger.snapshot") }

    var snapshot: SnapshotFile { SnapshotFile(snapshotURL, authenticator) }

    /// What the ledger keeps beside its log: a snapshot or none, the kept head, the tiles.
    func files(keepingSnapshots: Bool = false) -> LedgerFiles {
        LedgerFiles(
            zhucheng, signer: LogSigner(zhucheng, key: key), snapshot: keepingSnapshots ? snapshot : nil,
            head: HeadFile(folder.appendingPathComponent("head").path), tiles: tiles)
    }

    /// Files that are about a ledger's snapshot alone.
    func snapshotOnly(_ ledger: LedgerCode = zhucheng) -> LedgerFiles {
        LedgerFiles(ledger, signer: LogSigner(ledger, key: key), snapshot: snapshot)
    }

    var tiles: LogFolder { LogFolder(folder.appendingPathComponent("tiles").path) }

    /// A started machine on these books.
    func machine(_ log: (any EventLog)? = nil, keepingSnapshots: Bool = false) throws -> LedgerMachine {
        let files = files(keepingSnapshots: keepingSnapshots)
        let machine = LedgerMachine(log: try log ?? self.log(), readModel: try readModel()) { _ in files }
        machine.start()
        return machine
    }
}

import ArgumentParser
import AuditLog
import Cryptography
import Foundation
import LedgerHTTP
import Logging

/// `wenhui witness`: follows other ledgers' logs and cosigns what only grew (C2SP tlog-witness).
struct WitnessGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness", abstract: "A witness (见证): cosigns the logs of others that only grew.",
        discussion: "Example: wenhui witness init ./witness --name shandong.example/witness",
        subcommands: [Init.self, Serve.self])

    struct Init: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a witness's folder with a new key; prints its verifier key.",
            discussion: "Example: wenhui witness init ./witness --name shandong.example/witness")
        @Argument(help: "The folder to make.") var folder: String
        @Option(help: "The key's name: a web address without its scheme, by convention.") var name: String
        @Flag(help: "Print one JSON document.") var json = false

        func report() async throws -> Report {
            let signer = try WitnessFolder(folder).create(name: name)
            var report = Report()
            report.add("folder", "folder 目录", .text(folder))
            report.add("key", "verifier key 验证公钥", .text(signer.verifierKey.text))
            return report
        }
    }

    struct Serve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answer POST /add-checkpoint until it is told to stop.",
            discussion: "Example: wenhui witness serve ./witness --log wenhui/370782+… --port 7370")
        @Argument(help: "The witness's folder.") var folder: String
        @Option(name: .customLong("log"), help: "A verifier key of a log to follow; may be repeated.")
        var logs: [String] = []
        @Option(name: .customLong("log-file"), help: "A file of verifier keys, one a line.") var logFile:
            String?
        @Option(help: "The address to listen at.") var host = "127.0.0.1"
        @Option(help: "The port; 0 takes a free one.") var port = 7370

        func run() async throws {
            try await reporting(json: false) {
                let server = try WitnessFolder(folder).server(
                    logs: try TrustOptions.keys(logs, file: logFile), host: host, port: port)
                try await server.runUntilSignal()
            }
        }
    }
}

/// A witness's key and state, in a folder of its own.
struct WitnessFolder {
    private let path: String

    init(_ path: String) { self.path = path }

    private var keyPath: String { "\(path)/key" }
    private var statePath: String { "\(path)/state" }

    /// Makes the folder with a new key.
    func create(name: String) throws -> CosignatureSigner {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure.usage("\(path) exists already. Name a folder that does not.")
        }
        let key = Ed25519PrivateKey.random()
        guard let signer = CosignatureSigner(name: name, key: key) else {
            throw CommandFailure.usage("\(name) is no name of a key: it has neither spaces nor a plus sign.")
        }
        do {
            try WitnessFile(statePath).create()
        } catch {
            throw CommandFailure(.fault, "witness", error.sentence)
        }
        let text = "\(name)\n\(key.seed.base64)\n"
        guard
            FileManager.default.createFile(
                atPath: keyPath, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure(.fault, "witness", "\(keyPath) cannot be written.") }
        return signer
    }

    /// A server of the witness.
    func server(
        logs: [NoteVerifierKey], host: String, port: Int, logLevel: Logger.Level = .notice,
        onRunning: @escaping @Sendable (Int) async -> Void = { port in
            Console.print("listening on port \(port) 监听端口")
        }
    ) throws -> WitnessServer {
        guard !logs.isEmpty else {
            throw CommandFailure.usage("Name the logs to follow with --log or --log-file.")
        }
        let lines = String(decoding: try readFile(keyPath), as: UTF8.self).split(separator: "\n").map(
            String.init)
        guard lines.count == 2, let seed = [UInt8](base64: Array(lines[1].utf8)),
            let key = Ed25519PrivateKey(seed: seed), let signer = CosignatureSigner(name: lines[0], key: key)
        else { throw CommandFailure(.fault, "witness", "\(keyPath) is damaged. Restore it from a backup.") }
        return WitnessServer(
            witness: Witness(signer: signer, logs: logs.map { KnownLog($0) }), file: WitnessFile(statePath),
            host: host, port: port, logLevel: logLevel, onRunning: onRunning)
    }
}

import AuditLog
import Cryptography
import Foundation
import LedgerHTTP
import Logging
import ServiceLifecycle
import Testing

/// A witness with its keys, its log's keys and a state file in a folder of its own, to be served any number of times.
struct WitnessBench {
    let logSigner: NoteSigner
    let signer: CosignatureSigner
    let witness: Witness
    let folder: URL

    /// When everything is cosigned.
    static let time: UInt64 = 1_800_000_000

    init() throws {
        logSigner = try #require(NoteSigner(name: "wenhui/370782", key: .random()))
        signer = try #require(CosignatureSigner(name: "shandong.example/w", key: .random()))
        witness = Witness(signer: signer, logs: [KnownLog(logSigner.verifierKey)])
        folder = FileManager.default.temporaryDirectory.appending(path: "witness-\(UUID())")
        try file.create()
    }

    var path: String { folder.appending(path: "witness.state").path }
    var file: WitnessFile { WitnessFile(path) }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func log(_ leaves: Int, branch: Int? = nil) -> MemoryLog {
        MemoryLog(logSigner, leaves: leaves, branch: branch)
    }

    func client(_ url: String, timeout: Duration = .seconds(300)) throws -> WitnessClient {
        try WitnessClient(key: signer.verifierKey, url: url, timeout: timeout)
    }

    /// Serves the witness on a free port while `body` runs, then stops it gracefully.
    func serving<Value: Sendable>(
        prefix: SubmissionPrefix = .none, _ body: @escaping @Sendable (_ url: String) async throws -> Value
    ) async throws -> Value {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = WitnessServer(
            witness: witness, file: file, host: "127.0.0.1", port: 0, prefix: prefix, logLevel: .critical,
            now: { WitnessBench.time }, onRunning: { port.yield($0) })
        let group = ServiceGroup(configuration: .init(services: [server], logger: Logger(label: "test")))
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                defer { port.finish() }
                try await group.run()
                return nil
            }
            tasks.addTask {
                for await port in ports {
                    let value = try await body("http://127.0.0.1:\(port)")
                    await group.triggerGracefulShutdown()
                    return value
                }
                return nil
            }
            var value: Value?
            for try await result in tasks { value = result ?? value }
            return try #require(value)
        }
    }
}

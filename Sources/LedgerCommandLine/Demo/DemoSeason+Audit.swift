import AuditLog
import Foundation
import LedgerHTTP
import LedgerService
import Logging

extension DemoSeason {
    /// The province witnesses the county's log; an auditor takes a copy and verifies it; a merchant keeps a receipt.
    mutating func audit() async throws {
        runner.story.heading(
            "Audit 审计: the province cosigns, an auditor verifies a copy, a merchant keeps a receipt")
        let county = DemoPlan.county
        let folder = "\(runner.story.folder)/audit"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = try await runner.run("key", "list", "--note", on: county).text
        let witness = try await runner.run(
            "witness", "init", "\(folder)/witness", "--name", "shandong.example/witness")
        try await cosign(by: witness.fact("key"), folder: folder, log: key)
        let export = try await runner.run("audit", "export", "\(folder)/log", on: county)
        let verified = try await runner.run("audit", "verify", "\(folder)/log", "--key", key)
        audited = (verified.fact("events"), export.count("cosignatures"))
        let receipt = try await runner.run("receipt", "show", "1", on: county, quietly: true)
        runner.story.say("$ wenhui receipt show 1 --ledger \(county) > \(folder)/receipt-1.tlog-proof")
        try Data((receipt.text + "\n").utf8).write(
            to: URL(fileURLWithPath: "\(folder)/receipt-1.tlog-proof"))
        try await runner.run(
            "receipt", "verify", "\(folder)/receipt-1.tlog-proof", "--key", key, "--policy",
            "\(folder)/witnesses")
    }

    /// Runs the province's witness on a free port of this machine while the county asks it.
    private func cosign(by witness: String, folder: String, log: String) async throws {
        let county = DemoPlan.county
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = try WitnessFolder("\(folder)/witness").server(
            logs: try TrustOptions.keys([log]), host: "127.0.0.1", port: 0, logLevel: .critical
        ) { port.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await server.run()
            }
            guard let number = await ports.first(where: { _ in true }) else {
                throw ServiceError.unsound("the witness did not start")
            }
            let policy = """
                log \(log)
                witness 山东省 \(witness) http://127.0.0.1:\(number)
                quorum 山东省

                """
            try Data(policy.utf8).write(to: URL(fileURLWithPath: "\(folder)/witnesses"))
            try await runner.run("audit", "policy", "\(folder)/witnesses", on: county)
            try await runner.run("audit", "cosign", on: county)
            group.cancelAll()
        }
    }
}

import ArgumentParser
import Foundation
import LedgerBootstrap
import LedgerDomain

/// `wenhui demo`: a whole voucher season, from appropriation to reconciliation, on demonstration data.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run a whole voucher season on demonstration data.",
        discussion: """
            Writes its inputs as files into the data folder and runs the officer's own commands on them. The same \
            seed gives the same numbers.
            Example: wenhui demo --scale 0.1 --data ./demo-data
            """)

    @Option(help: "How large the season is, 0.02 to 10; 1 is 20,000 residents.")
    var scale = 1.0
    @Option(help: "The seed of everything that chance decides.")
    var seed: UInt64 = 2018
    @Option(help: "The data folder to make.")
    var data = "./demo-data"
    @Flag(help: "Print one JSON document at the end instead of the story.")
    var json = false

    func validate() throws {
        guard (0.02...10).contains(scale) else { throw ValidationError("--scale is from 0.02 to 10.") }
    }

    func run() async throws {
        try await reporting(json: json) {
            guard !FileManager.default.fileExists(atPath: data) else { throw DataFolderError.exists(data) }
            // Everything happens beside the folder, which appears whole when the season is over.
            let draft = "\(data).demo-\(ProcessInfo.processInfo.processIdentifier)"
            var report: Report
            do {
                report = try await season(in: draft)
                try FileManager.default.moveItem(atPath: draft, toPath: data)
            } catch {
                try? FileManager.default.removeItem(atPath: draft)
                throw error
            }
            guard !json else { return Console.print(report, json: true) }
            report.facts.removeAll { $0.key == "inputs" }
            Console.print(report.text)
            Console.print(
                """

                Next 接下来可以试:
                  wenhui book trial-balance --data \(data)
                  wenhui voucher show 1 --ledger 370782 --data \(data)
                  wenhui audit verify \(data)/audit/log
                  wenhui receipt verify \(data)/audit/receipt-1.tlog-proof --key-file \(data)/audit/log/keys
                  wenhui audit trace 1 --ledger 370782 --data \(data)
                """)
        }
    }

    private func season(in draft: String) async throws -> Report {
        let story = DemoStory(isQuiet: json, folder: draft, shownAs: data)
        if !json { try await VoucherLife(story: story).tell() }
        let started = Date()
        try DataFolder(draft).create()
        let session = try Session(draft)
        defer { session.system.stop() }
        let runner = DemoRunner(session: session, story: story)
        var season = DemoSeason(runner: runner, plan: DemoPlan(scale: scale, seed: seed))
        try await season.run()
        return try await season.closing(started: started)
    }
}

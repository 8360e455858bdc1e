import ArgumentParser
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// `tools/bench growth`: the same redemptions in a small and in a large ledger.
struct GrowthBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth", abstract: "Redemptions at 64 in flight with few and with many vouchers.")

    @Option(parsing: .upToNextOption, help: "How many vouchers the ledger has, one run each.")
    var vouchers = [100_000, 3_000_000]
    @Option(help: "Redemptions of each run, spread over all vouchers.") var count = 50_000
    @Option(help: "Where to put the temporary folder; the disk matters.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        let root = "\(folder)/wenhui-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        print("vouchers   issued/s  redeemed/s  longest ms  sustained  × the first  state MB  resident MB")
        var first: Double?
        for size in vouchers {
            let sustained = try await measure(size, "\(root)/\(size)", first)
            first = first ?? sustained
        }
    }

    private func measure(_ size: Int, _ path: String, _ first: Double?) async throws -> Double {
        let fixture = try await BookFixture(path)
        _ = try await fixture.open(quota: UInt32(size))
        let begun = ContinuousClock.now
        try await fixture.issue(size)
        _ = try fixture.service.query { _ in 0 }
        let issued = Double(size) / begun.duration(to: .now).inSeconds
        let stride = max(1, size / count)
        let started = ContinuousClock.now
        let measured = try await Measurement.run(count, inFlight: 64) { index in
            try await fixture.service.perform(
                fixture.redemption(index * stride + 1), fixture.call("redeem \(index)"))
        }
        _ = try fixture.service.query { _ in 0 }
        let sustained = Double(count) / started.duration(to: .now).inSeconds
        let state = try fixture.service.state { $0.tableBytes }
        fixture.system.stop()
        print(
            String(
                format: "%9d  %8@  %10@  %10.0f  %9@  %11.2f  %8d  %11d", size, rate(issued) as NSString,
                rate(measured.perSecond) as NSString, measured.milliseconds(at: 1),
                rate(sustained) as NSString,
                sustained / (first ?? sustained), state / 1_000_000, GrowthBench.residentBytes / 1_000_000))
        try FileManager.default.removeItem(atPath: path)
        return sustained
    }

    /// What the process has in memory now.
    static var residentBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4_096
    }
}

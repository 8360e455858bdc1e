import ArgumentParser
import Foundation

/// `tools/bench http`: redemptions over HTTP, from the request to the synced log and back.
struct HTTPBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http",
        abstract:
            "Redemptions a second over HTTP, by connections; latency at a fixed rate, beside an office and in a drop."
    )

    @Option(help: "Vouchers of the ledger.") var vouchers = 400_000
    @Option(help: "Redemptions at each number of connections; fewer for few connections.") var count = 30_000
    @Option(help: "Claims of a drop, for a third as many vouchers; 0 for none.") var claims = 300_000
    @Flag(help: "Print nothing but rates: what is shown, connections, redemptions a second.") var rates =
        false
    @Flag(help: "Send redemptions with wrk (Debian's package) too.") var wrk = false
    @Option(help: "Where to put the temporary folder; the disk matters.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        let root = "\(folder)/wenhui-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let served = try await ServedBench("\(root)/data", vouchers: vouchers, claims: rates ? 0 : claims)
        for shown in ServedBench.Shown.allCases {
            if !rates { print("\(shown):") }
            for connections in [1, 8, 64, 512] {
                let count = min(self.count, 1_000 * connections)
                let requests = try served.redemptions(count, showing: shown)
                let measured = try HTTPLoad.closed(requests, connections: connections, port: served.port)
                guard !rates else {
                    print("Wenhui,_\(shown) \(connections) \(measured.perSecond)")
                    continue
                }
                print(
                    "  \(connections) connections: \(rate(measured.perSecond))/s, "
                        + HTTPBench.quantiles(measured)
                )
            }
        }
        guard !rates else {
            _ = try served.stop()
            return
        }
        if wrk { try wrk(served, in: root) }
        try mix(served, in: root)
        if claims > 0 { try drop(served, claims) }
        print("memory of the server: \(try served.stop()) MB at most")
    }
}

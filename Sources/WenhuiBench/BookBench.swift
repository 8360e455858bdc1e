import ArgumentParser
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// `tools/bench book`: redemptions and claims through the service, beside what SQLite alone does.
struct BookBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "book", abstract: "Redemptions through the service beside two ceilings.")

    @Option(help: "Redemptions at 64 and at 512 in flight; a tenth of it one at a time.")
    var count = 100_000
    @Option(help: "Only redemptions, this many in flight: what a profile wants.")
    var only: Int?
    @Flag(help: "With --only: print nothing but the rate with the read model caught up, for scripts.")
    var sustained = false
    @Option(help: "Where to put the temporary folder; the disk matters.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        let root = "\(folder)/wenhui-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        if sustained, let only { return print(Int(try await caughtUp(only, root))) }
        print("in flight  book durable   p50 ms  p99 ms  sustained  bare events  ×     eight rows  ×")
        if let only { return try await redemptions(only, root) }
        for inFlight in [1, 64, 512] { try await redemptions(inFlight, root) }
        try await authoriseAndCapture(root)
        try await drop(root)
        try await sizes(root)
    }

    /// Redemptions a second until the read model has them all.
    private func caughtUp(_ inFlight: Int, _ root: String) async throws -> Double {
        let fixture = try await BookFixture("\(root)/book")
        _ = try await fixture.open(quota: UInt32(count))
        try await fixture.issue(count)
        _ = try fixture.service.query { _ in 0 }
        let started = ContinuousClock.now
        _ = try await Measurement.run(count, inFlight: inFlight) { index in
            try await fixture.service.perform(
                fixture.redemption(index + 1), fixture.call("redeem \(index)"))
        }
        _ = try fixture.service.query { _ in 0 }
        let rate = Double(count) / started.duration(to: .now).inSeconds
        fixture.system.stop()
        return rate
    }

    private func redemptions(_ inFlight: Int, _ root: String) async throws {
        let count = inFlight == 1 ? max(2000, self.count / 10) : self.count
        let fixture = try await BookFixture("\(root)/book-\(inFlight)")
        _ = try await fixture.open(quota: UInt32(count))
        try await fixture.issue(count)
        _ = try fixture.service.query { _ in 0 }
        let started = ContinuousClock.now
        let measured = try await Measurement.run(count, inFlight: inFlight) { index in
            try await fixture.service.perform(
                fixture.redemption(index + 1), fixture.call("redeem \(index)"))
        }
        _ = try fixture.service.query { _ in 0 }
        let sustained = Double(count) / started.duration(to: .now).inSeconds
        fixture.system.stop()
        let bare = try Ceilings.bareEvents(count, group: inFlight, folder: root)
        let rows = try Ceilings.eightRows(count, group: inFlight, folder: root)
        print(
            String(
                format: "%9d  %12@  %7.2f  %6.2f  %9@  %11@  %.2f  %10@  %.2f", inFlight,
                rate(measured.perSecond) as NSString, measured.milliseconds(at: 0.5),
                measured.milliseconds(at: 0.99), rate(sustained) as NSString, rate(bare) as NSString,
                measured.perSecond / bare, rate(rows) as NSString, measured.perSecond / rows))
    }

    private func authoriseAndCapture(_ root: String) async throws {
        let count = self.count / 4
        let fixture = try await BookFixture("\(root)/capture")
        _ = try await fixture.open(quota: UInt32(count))
        try await fixture.issue(count)
        let measured = try await Measurement.run(count, inFlight: 64) { index in
            let sale = fixture.redemption(index + 1)
            let held = try await fixture.service.perform(
                Authorise.with {
                    $0.voucher = sale.voucher
                    $0.outlet = sale.outlet
                    $0.bill = sale.bill
                    $0.channel = sale.channel
                    $0.order = sale.order
                }, fixture.call("authorise \(index)"))
            try await fixture.service.perform(
                Capture.with {
                    $0.authorisation = held.accepted.authorisation
                    $0.bill = sale.bill
                    $0.order = sale.order
                }, fixture.call("capture \(index)"))
        }
        fixture.system.stop()
        print("authorise + capture at 64 in flight: \(rate(measured.perSecond)) pairs/s")
    }

    private func drop(_ root: String) async throws {
        let quota = self.count / 4
        let fixture = try await BookFixture("\(root)/drop")
        let batch = try await fixture.open(quota: UInt32(quota))
        let refused = Counter()
        let measured = try await Measurement.run(quota * 3, inFlight: 512) { index in
            do {
                try await fixture.service.perform(
                    Issue.with {
                        $0.batch = batch
                        $0.pseudonym = Pseudonym(UInt64(index + 1) &* 0x9e37_79b9_7f4a_7c15)
                    }, fixture.call("claim \(index)"))
            } catch ServiceError.refused(.batchSoldOut, _) {
                refused.add()
            }
        }
        let issued = try fixture.service.state { $0.vouchers.count }
        fixture.system.stop()
        print(
            "drop, three claims for a voucher, 512 in flight: \(rate(measured.perSecond)) claims/s, "
                + "\(issued) issued of \(quota), \(refused.value) told sold out")
    }

    private func sizes(_ root: String) async throws {
        let count = self.count / 2
        let fixture = try await BookFixture("\(root)/sizes")
        _ = try await fixture.open(quota: UInt32(count))
        _ = try fixture.service.query { _ in 0 }
        let empty = try fixture.service.state { $0.tableBytes }
        try await fixture.issue(count)
        let issued = try fixture.service.state { $0.tableBytes }
        _ = try await Measurement.run(count, inFlight: 512) { index in
            try await fixture.service.perform(
                fixture.redemption(index + 1), fixture.call("redeem \(index)"))
        }
        _ = try fixture.service.query { _ in 0 }
        let redeemed = try fixture.service.state { $0.tableBytes }
        fixture.system.stop()
        let log = try pages(fixture.folder + "/log.db")
        let read = try pages(fixture.folder + "/read.db")
        print(
            "on disk for an issue and its redemption: \((log + read) / count) bytes "
                + "(log \(log / count), read model \(read / count))")
        print(
            "state: \((issued - empty) / count) bytes a voucher issued, "
                + "\((redeemed - empty) / count) issued and redeemed, keys and persons included")
    }

    /// The bytes of a database once its write-ahead log is folded in.
    private func pages(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.size] as? Int ?? 0
    }
}

import ArgumentParser
import Foundation
import GRDB
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// `tools/bench report`: a month settled and reported from the log, beside SQLite adding its tables up.
struct ReportBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Settlement and month report among more and more redemptions, beside SQL over the same.")

    @Option(help: "How many redemptions the month has, round by round.")
    var counts: [Int] = [100_000, 1_000_000]
    @Option(help: "How many payees are settled, each by two funds.")
    var payees: UInt32 = 3_000
    @Option(help: "Where to put the temporary folder; the disk matters.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        print("redemptions   lines  settle s  grown MB  figures s   × SQL  grown MB  JSON kB")
        for count in counts { try await round(count) }
    }

    private func round(_ count: Int) async throws {
        let path = "\(folder)/wenhui-report-\(ProcessInfo.processInfo.processIdentifier)-\(count)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let fixture = try await BookFixture(path, payees: payees)
        _ = try await fixture.open(quota: UInt32(count))
        try await fixture.issue(count)
        _ = try await Measurement.run(count, inFlight: 512) { index in
            try await fixture.service.perform(fixture.redemption(index + 1), fixture.call("redeem \(index)"))
        }
        _ = try fixture.service.query { _ in 0 }
        let june = ReportPeriod(kind: .month, from: BookFixture.june.businessDay(cutOff: 0))
        let opened = GrowthBench.residentBytes
        var lines = UInt32(0)
        let settled = try await time { lines = try await settle(through: june.through, fixture) }
        let before = GrowthBench.residentBytes
        var told: PeriodFigures?
        let reported = try await time { told = try fixture.service.figures(june) }
        let grown = GrowthBench.residentBytes - before
        guard let figures = told, figures.total.sales == count else {
            throw BenchError.setup("the month is not whole")
        }
        let tables = try await time { try addUp("\(path)/read.db", expecting: count) }
        fixture.system.stop()
        print(
            String(
                format: "%11d  %6d  %8.2f  %8d  %9.2f  %6.1f  %8d  %7d", count, lines, settled,
                (before - opened) / 1_000_000, reported, reported / tables, grown / 1_000_000,
                figures.canonicalBytes.count / 1_000))
    }

    /// Settles everything; how many lines that took.
    private func settle(through day: BusinessDay, _ fixture: BookFixture) async throws -> UInt32 {
        let july = fixture.begin.adding(31 * Instant.day)
        func call(_ key: String) -> Call {
            let call = fixture.call(key)
            return Call(call.principal, key: key, at: july)
        }
        let built = try await fixture.service.perform(
            BuildSettlement.with { $0.through = day }, call("build"))
        return try await fixture.service.seal(built.accepted.settlement, call("seal")).seal.lines
    }

    /// The same cuts by SQL over the read model's tables; refunds, lapses and postings are left out.
    private func addUp(_ path: String, expecting count: Int) throws {
        let queue = try DatabaseQueue(path: path)
        for cut in [
            "o.town", "r.category", "r.channel", "o.id", "o.merchant", "r.day", "o.rural", "b.programme",
            "b.id",
        ] {
            let rows = try queue.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT \(cut), count(*) AS sales, sum(r.bill), sum(r.subsidy) FROM redemptions r
                        JOIN outlets o ON o.ledger_id = r.ledger_id AND o.id = r.outlet
                        JOIN vouchers v ON v.ledger_id = r.ledger_id AND v.id = r.voucher
                        JOIN batches b ON b.ledger_id = v.ledger_id AND b.id = v.batch GROUP BY 1
                        """)
            }
            let sales = rows.reduce(0) { $0 + ($1["sales"] as Int) }
            guard sales == count else { throw BenchError.setup("SQL says \(sales)") }
        }
    }

    private func time(_ body: () async throws -> Void) async throws -> Double {
        let started = ContinuousClock.now
        try await body()
        return started.duration(to: .now).inSeconds
    }
}

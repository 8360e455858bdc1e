import Foundation
import LedgerDomain
import LedgerService
import Reconciliation
import StatementFormats

extension DemoSeason {
    private var finance: [String] { ["--as", "finance"] }

    /// January, when the bureau has time for last year.
    private func clock(_ time: String) -> [String] { ["--clock", "2019-01-08T\(time):00+08:00"] }

    /// The channel's bill with three planted differences; two the channel corrects, one is right as it is.
    func workDifferences() async throws {
        runner.story.heading(
            "Differences 差异: a WeChat Pay bill with three planted, found and put to rest by two persons")
        let (county, service) = (DemoPlan.county, try runner.service(DemoPlan.county))
        guard let from = BusinessDay(text: "2018-06-01") else { return }
        let side = LedgerService.LedgerSide(
            from: from, through: from.lastOfMonth, channel: DemoPlan.online, amount: .bill)
        guard let bill = DemoBill(lines: try service.side(side).statement.lines) else {
            return runner.story.say(
                "    too few sales of the channel \(DemoPlan.online) in a season as small as this")
        }
        let options = [
            "--channel", DemoPlan.online, "--from", from.text, "--through", from.lastOfMonth.text, "--record",
        ]
        let first = try runner.write("wechat-2018-06.csv", bill.text(isCorrected: false))
        try await runner.run(["reconcile", "bill", first] + options + finance + clock("09:00"), on: county)
        let found = try runner.session.differences(service).list()
        guard found.count == 3, let ghost = found.first(where: { $0.reference == DemoBill.ghost }) else {
            throw ServiceError.unsound("three differences were planted, \(found.count) were found")
        }
        try await runner.run(["difference", "assign", ghost.shortID, "--owner", "finance"], on: county)
        try await settle(ghost, ["--note", "渠道测试交易，未用券"])
        let corrected = try runner.write("wechat-2018-06-corrected.csv", bill.text(isCorrected: true))
        runner.story.say("    the channel sends a corrected bill:")
        try await runner.run(
            ["reconcile", "bill", corrected] + options + finance + clock("10:00"), on: county)
        for difference in found where difference.id != ghost.id {
            try await settle(difference, ["--statement", corrected, "--note", "渠道已更正账单"])
        }
        try await runner.run("difference", "list", on: county)
    }

    private func settle(_ difference: Difference, _ remedy: [String]) async throws {
        let county = DemoPlan.county
        try await runner.run(
            ["difference", "resolve", difference.shortID] + remedy + finance + clock("11:00"), on: county)
        try await runner.run(
            ["difference", "approve", difference.shortID, "--as", "finance.approver"] + clock("11:30"),
            on: county)
    }

    /// What the bureau hands out: a merchant's statement, the month signed and closed, the book for hledger.
    func report() async throws {
        runner.story.heading("Reports 报表: a merchant's statement, the month signed and closed, the journal")
        let county = DemoPlan.county
        let folder = "\(runner.story.folder)/reports"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await runner.run(
            "merchant", "statement", "1", "--from", "2018-06-01", "--through", "2018-06-30", "--output",
            "\(folder)/merchant-1.xlsx", on: county)
        try await runner.run(
            "report", "month", "2018-06", "--output", "\(folder)/2018-06.xlsx", on: county)
        for end in ["html", "json"] {
            try await runner.run(
                ["report", "month", "2018-06", "--output", "\(folder)/2018-06.\(end)"], on: county,
                quietly: true)
        }
        try await runner.run(["report", "draft", "month", "2018-06"] + finance + clock("14:00"), on: county)
        try await runner.refused(
            .makerIsChecker, ["report", "sign", "1"] + finance + clock("14:10"), on: county)
        try await runner.run(
            ["report", "sign", "1", "--as", "finance.approver"] + clock("14:20"), on: county)
        try await runner.run(["report", "close-month", "2018-06"] + finance + clock("14:30"), on: county)
        try await runner.run(
            "report", "journal", "--from", "2018-03-01", "--through", "2018-12-31", "--output",
            "\(folder)/2018.journal", on: county)
    }
}

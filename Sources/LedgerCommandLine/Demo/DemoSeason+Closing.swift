import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension DemoSeason {
    /// Two settlements: the first with a failed line, the second with that line and a claw-back netted.
    func settle() async throws {
        runner.story.heading("Settlement 结算: sealed, approved by a second person, paid by the bank's return")
        let county = DemoPlan.county
        let finance = ["--as", "finance"]
        try await runner.run(
            ["settlement", "build", "--through", "2018-06-10", "--clock", DemoPlan.at("06-13")] + finance,
            on: county)
        try await runner.run(
            ["settlement", "seal", "1", "--clock", DemoPlan.at("06-13")] + finance, on: county)
        try await runner.refused(
            .makerIsChecker, "settlement", "approve", "1", "--as", "finance", "--clock", DemoPlan.at("06-13"),
            on: county)
        try await pay("1", approved: DemoPlan.at("06-14"), bank: DemoBank(failing: 2), on: "2018-06-15")
        runner.story.say("    the same file again changes nothing:")
        try await runner.run(
            "settlement", "pay", "\(runner.story.folder)/inputs/bank-return-1.csv", "--as", "finance",
            "--clock",
            DemoPlan.at("06-16"), on: county)
        runner.story.heading("Refund after payment 付款后退款: a claw-back, netted from the next settlement")
        let refundable = try runner.service(county).query { (model) throws(StorageError) in
            try model.redemptions(
                from: BusinessDay(days: 0), through: BusinessDay(days: .max), after: .none, limit: 1000,
                county)
        }.first { $0.refundedBill == .zero }
        guard let refundable else { throw ServiceError.unsound("nothing was redeemed") }
        let refund = [
            "redeem", "refund", refundable.row.id.text(in: county), "--bill", refundable.row.bill.yuan,
            "--as",
            "till", "--clock", DemoPlan.at("06-18"),
        ]
        try await runner.run(refund, on: county)
        try await runner.run(
            ["settlement", "build", "--through", "2018-06-19", "--clock", DemoPlan.at("06-20")] + finance,
            on: county)
        try await runner.run(
            ["settlement", "seal", "2", "--clock", DemoPlan.at("06-20")] + finance, on: county)
        try await pay("2", approved: DemoPlan.at("06-21"), bank: DemoBank(), on: "2018-06-22")
    }

    /// The third settlement: what the stage earned, with the last sales.
    func settleStage() async throws {
        runner.story.heading("Settlement 结算: the stage is paid like everybody else")
        let finance = ["--as", "finance"]
        let clock = ["--clock", DemoPlan.at("07-02")]
        try await runner.run(
            ["settlement", "build", "--through", "2018-06-30"] + clock + finance, on: DemoPlan.county)
        try await runner.run(["settlement", "seal", "3"] + clock + finance, on: DemoPlan.county)
        try await pay("3", approved: DemoPlan.at("07-03"), bank: DemoBank(), on: "2018-07-04")
    }

    private func pay(_ number: String, approved: String, bank: DemoBank, on day: String) async throws {
        let county = DemoPlan.county
        try await runner.run(
            "settlement", "approve", number, "--as", "finance.approver", "--clock", approved, on: county)
        let payments = "\(runner.story.folder)/inputs/payments-\(number).csv"
        try await runner.run(
            "settlement", "export", number, "--output", payments, "--as", "finance", "--clock", approved,
            on: county)
        let answer = try bank.answer(String(contentsOfFile: payments, encoding: .utf8), on: day)
        try await runner.run(
            "settlement", "pay", try runner.write("bank-return-\(number).csv", answer), "--as", "finance",
            "--clock", "\(day)T17:00:00+08:00", on: county)
    }

    /// The season ends: what was not used returns, to the fund and to the treasury.
    func close() async throws {
        runner.story.heading("Close 收尾: what was not used goes back")
        let county = DemoPlan.county
        let clock = DemoPlan.at("12-20")
        try await runner.run("voucher", "expire", "--clock", clock, "--as", "system", on: county)
        let batches = try runner.service(county).state { $0.batches.count }
        for batch in 1...batches {
            try await runner.run(
                ["batch", "close", "\(batch)", "--clock", clock], on: county, quietly: batch > 1)
        }
        let programmes = try runner.service(county).state { $0.programmes.count }
        for programme in (1...programmes).map(String.init) {
            try await runner.run("programme", "close", programme, "--clock", clock, on: county)
            let id = ProgrammeID(UInt32(programme) ?? 0)
            for entry in try runner.service(county).state({ $0.programmes[id].balances.entries })
            where entry.amount > .zero {
                try await runner.run(
                    "programme", "reclaim", programme, "--fund", "\(entry.fund.rawValue)", entry.amount.yuan,
                    "--as",
                    "finance", "--clock", clock, on: county)
            }
        }
        let unspent = try runner.service(county).state { $0.funds[FundID(2)].balance }
        let free = try runner.service(county).state { $0.funds[FundID(2)].free }
        let amount = min(unspent, free)
        guard amount > .zero else { return }
        try await runner.run(
            "fund", "return", "2", amount.yuan, "--document", "演练年终结余收回〔2018〕1号", "--as", "finance",
            "--clock", DemoPlan.at("12-31"), on: county)
    }

    /// The merchants' file with three planted differences, and the bank's returns.
    func reconcile() async throws {
        runner.story.heading(
            "Reconciliation 对账: merchants' orders with three planted differences, bank returns")
        let county = DemoPlan.county
        let orders = try runner.write("merchant-orders.csv", try merchantOrders())
        try await runner.run(
            "reconcile", "orders", orders, "--from", "2018-06-01", "--through", "2018-06-30", on: county)
        for number in ["1", "2", "3"] {
            try await runner.run(
                "reconcile", "bank", "\(runner.story.folder)/inputs/bank-return-\(number).csv",
                "--settlement",
                number, on: county)
        }
    }

    private func merchantOrders() throws -> String {
        let county = DemoPlan.county
        let (redemptions, merchants) = try runner.service(county).query { (model) throws(StorageError) in
            var all: [RedemptionView] = []
            while true {
                let page = try model.redemptions(
                    from: BusinessDay(days: 0), through: BusinessDay(days: .max),
                    after: all.last?.row.id ?? .none,
                    limit: 10_000, county)
                guard !page.isEmpty else { break }
                all += page
            }
            return (all, try model.merchants(county))
        }
        let codes = Dictionary(
            merchants.map { ($0.row.id, $0.row.creditCode) }, uniquingKeysWith: { first, _ in first })
        var writer = CSVWriter(header: MerchantOrderFile.Column.header)
        func append(_ order: String, _ code: String, _ amount: Amount, _ time: Instant, _ status: String) {
            writer.append([.text(order), .text(code), .amount(amount), .text(time.text), .text(status)])
        }
        let untouched = redemptions.filter { $0.refundedSubsidy == .zero }.map(\.row.id)
        let (missing, altered) = (untouched[untouched.count / 3], untouched[untouched.count / 2])
        for view in redemptions where view.row.id != missing {
            let isWhole = view.refundedSubsidy == view.row.subsidy
            var claimed = isWhole ? view.row.subsidy : view.row.subsidy - view.refundedSubsidy
            if view.row.id == altered { claimed += Amount(fen: 500) }
            append(
                view.row.order, codes[view.row.merchant] ?? "", claimed, view.row.instant,
                isWhole ? "refunded" : "succeeded")
        }
        if let last = redemptions.last {
            append(
                "ghost-000001", codes[last.row.merchant] ?? "", Amount(fen: 2000), last.row.instant,
                "succeeded")
        }
        return writer.text
    }

    /// The closing tables.
    func closing(started: Date) async throws -> Report {
        runner.story.heading("Closing tables 结算表")
        let services = try runner.session.system.ledgers().map { try runner.service($0) }
        let county = try runner.service(DemoPlan.county)
        var report = Report()
        var checks: [BookCheck] = []
        for service in services { checks.append(try service.checkBook()) }
        let (totals, categories, refusals) = try county.query { (model) throws(StorageError) in
            (
                try model.totals(county.ledger), try model.redemptionsByCategory(county.ledger),
                try model.refusalsByReason(county.ledger)
            )
        }
        report.add("trialBalance", try trialBalanceTable(services))
        report.add("categories", categoryTable(categories))
        report.add("refusals", refusalTable(refusals))
        let over = try county.state { state in
            state.batches.storage.reduce(Amount.zero) { $0 + max(.zero, .zero - $1.balance.total) }
        }
        let events = checks.reduce(0) { $0 + Int($1.events) }
        let seconds = Date().timeIntervalSince(started)
        report.add("vouchers", "vouchers issued 发券", .number(totals.vouchers))
        report.add("redemptions", "redemptions 核销", .number(totals.redemptions))
        report.add("refunds", "refunds 退款", .number(totals.refunds))
        report.add("lapsed", "lapsed 过期", .number(totals.lapsed))
        report.add("handedBack", "handed back 退券", .number(totals.handedBack))
        report.add("setOff", "set off 抵扣", .number(totals.setOff))
        report.add("refused", "refused 拒绝", .number(totals.refusals))
        report.add("soldOut", "told sold out, not recorded 告知领完（不入账）", .number(soldOut))
        report.add("overIssue", "over-issue 超发", .amount(over))
        report.add("ledgers", "books checked 账簿检查", .number(checks.count))
        report.add("verified", "events verified from a copy 副本验证", .text(audited.events))
        report.add("cosignatures", "cosigned by 省级见证", .number(audited.cosignatures))
        report.add("events", "events 事件", .number(events))
        report.add("elapsed", "elapsed 用时", .text(String(format: "%.1f s", seconds)))
        report.add("rate", "events a second 每秒事件", .number(Int(Double(events) / max(seconds, 0.001))))
        return report
    }

    private func categoryTable(_ categories: [CategoryTotal]) -> ReportTable {
        var table = ReportTable(
            "Redemptions by category 分类核销",
            [
                ("category", "category"), ("count", "count 笔数"), ("bill", "bills 消费"),
                ("subsidy", "subsidy 补贴"), ("refunded", "refunded 退回"),
            ])
        for total in categories {
            table.append([
                .text(total.category), .number(total.count), .amount(total.bill), .amount(total.subsidy),
                .amount(total.refunded),
            ])
        }
        return table
    }

    private func refusalTable(_ refusals: [RefusalTotal]) -> ReportTable {
        var table = ReportTable(
            "Refusals by reason 拒绝原因", [("code", "code"), ("reason", "reason 原因"), ("count", "count 次数")])
        for total in refusals {
            table.append([
                .text(total.refusal.code), .text(total.refusal.sentence.chinese), .number(total.count),
            ])
        }
        return table
    }
}

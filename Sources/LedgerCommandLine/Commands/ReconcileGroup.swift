import ArgumentParser
import Foundation
import LedgerDomain
import LedgerService
import Reconciliation
import StatementFormats

/// `wenhui reconcile`: what others say happened, against the ledger.
struct ReconcileGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Reconcile (对账): payment channels' bills, merchants' orders, bank returns.",
        discussion: "Example: wenhui reconcile bank bank-return.csv --settlement 1",
        subcommands: [Bill.self, Orders.self, Bank.self])

    struct Orders: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Match redemptions against merchants' orders.",
            discussion: """
                Columns order, credit_code, amount_yuan, time, status (succeeded, failed, refunded).
                Example: wenhui reconcile orders orders.csv --from 2018-06-01 --through 2018-06-30
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The merchants' orders (CSV).") var file: String
        @Option(help: "The first business day.", transform: Typed.day) var from: BusinessDay
        @Option(help: "The last business day.", transform: Typed.day) var through: BusinessDay
        @Flag(help: "Put the run on record in the log, and its differences into the queue.")
        var record = false

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let (cutOff, events) = try service.state { ($0.settings[.businessDayCutOff], $0.size) }
            let bytes = try readFile(file)
            let orders = try MerchantOrderFile(bytes, cutOff: cutOff)
            let report = try service.reconcile(
                orders, named: URL(filePath: file).lastPathComponent, from: from, through: through)
            var told = report.report
            if record {
                let call = try session.call(acting, service)
                let run = ReconciliationRun(
                    report, of: bytes, with: "商户订单", from: from, through: through, events: events)
                told.addRun(try await session.differences(service).record(run, call), call)
            }
            return told
        }
    }

    struct Bank: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Match a settlement's lines against the bank's return.",
            discussion: "Example: wenhui reconcile bank bank-return.csv --settlement 1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The bank's return (CSV, camt.053 or camt.054).") var file: String
        @Option(help: "The settlement.") var settlement: String
        @Flag(help: "Put the run on record in the log, and its differences into the queue.")
        var record = false

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: SettlementID = try service.identifier(settlement)
            let events = try service.state { $0.size }
            let bytes = try readFile(file)
            let bank = try BankReturnFile(bytes)
            let report = try service.reconcile(
                bank, named: URL(filePath: file).lastPathComponent, settlement: id)
            var told = report.report
            if record {
                let days = bank.rows.map(\.day)
                guard let first = days.min(), let last = days.max() else {
                    throw CommandFailure.usage("The bank's return has no rows: there is nothing to record.")
                }
                let call = try session.call(acting, service)
                let run = ReconciliationRun(
                    report, of: bytes, with: "银行回单 \(id.text(in: service.ledger))", from: first,
                    through: last, events: events)
                told.addRun(try await session.differences(service).record(run, call), call)
            }
            return told
        }
    }
}

extension Report {
    /// What came of putting a run on record.
    mutating func addRun(_ run: Differences.RecordedRun, _ call: Call) {
        if let receipt = run.receipt {
            addReceipt(receipt, call)
        } else {
            add("event", "on record already 已登记于事件", .event(run.event))
        }
    }
}

extension ReconciliationReport {
    /// The result for people and machines.
    var report: Report {
        var report = Report()
        report.add("matched", "matched 相符笔数", .number(result.matched.count))
        report.add("matchedAmount", "matched amount 相符金额", .amount(Amount(fen: result.matched.amount)))
        report.add("ledger", "ledger lines 账面笔数", .number(result.ledger.count))
        report.add("statement", "statement lines 对方笔数", .number(result.statement.count))
        report.add("balanced", "balanced 对平", .flag(result.isBalanced))
        report.add("hash", "hash 结果摘要", .text(hash))
        var table = ReportTable(
            "Differences 差异",
            [
                ("kind", "kind"), ("reference", "reference 单号"), ("ledger", "ledger 账面"),
                ("statement", "statement 对方"), ("line", "file line 行号"),
            ])
        for difference in result.discrepancies {
            table.append([
                .text("\(difference.kind.chineseName) (\(difference.kind.rawValue))"),
                .text(difference.reference),
                difference.ledger.map { .amount(Amount(fen: $0.amount)) } ?? .none,
                difference.statement.map { .amount(Amount(fen: $0.amount)) } ?? .none,
                difference.statement.map { .number($0.line) } ?? .none,
            ])
        }
        report.add("differences", table)
        if !result.links.isEmpty { report.add("links", links) }
        return report
    }

    /// What was matched otherwise than by reference, to be looked at.
    private var links: ReportTable {
        var table = ReportTable(
            "Matched otherwise than by reference 非单号匹配",
            [
                ("step", "by"), ("ledger", "ledger 账面单号"), ("statement", "statement 对方单号"),
                ("amount", "amount 金额"), ("line", "file lines 行号"),
            ])
        for link in result.links {
            table.append([
                .text(link.step.rawValue), .text(link.ledger.map(\.reference).joined(separator: " + ")),
                .text(link.statement.map(\.reference).joined(separator: " + ")),
                .amount(Amount(fen: link.ledger.reduce(0) { $0 + $1.amount })),
                .text(link.statement.map { String($0.line) }.joined(separator: ", ")),
            ])
        }
        return table
    }
}

extension ThreeWayReport {
    /// The result for people and machines.
    var report: Report {
        var report = Report()
        let bank = result.bank
        report.add("matched", "ledger and channel 账面与渠道相符", .number(result.channel.matched.count))
        report.add(
            "matchedAmount", "matched amount 相符金额", .amount(Amount(fen: result.channel.matched.amount)))
        report.add("banked", "channel and bank 渠道与银行相符", .number(bank.matched.count))
        report.add("ledger", "ledger lines 账面笔数", .number(result.channel.ledger.count))
        report.add("statement", "channel lines 渠道笔数", .number(result.channel.statement.count))
        report.add("bank", "bank lines 银行笔数", .number(bank.statement.count))
        report.add("balanced", "balanced 三方对平", .flag(result.isBalanced))
        report.add("hash", "hash 结果摘要", .text(hash))
        var table = ReportTable(
            "Differences 差异",
            [
                ("kind", "kind"), ("reference", "reference 单号"), ("ledger", "ledger 账面"),
                ("channel", "channel 渠道"), ("bank", "bank 银行"), ("line", "file lines 行号"),
            ])
        for difference in result.differences {
            let sides = [difference.ledger, difference.channel, difference.bank]
            table.append(
                [
                    .text("\(difference.kind.chineseName) (\(difference.kind.rawValue))"),
                    .text(difference.reference),
                ] + sides.map { side in side.map { .amount(Amount(fen: $0.amount)) } ?? .none } + [
                    .text(sides.dropFirst().compactMap { $0.map { String($0.line) } }.joined(separator: ", "))
                ])
        }
        report.add("differences", table)
        return report
    }
}

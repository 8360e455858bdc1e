import ArgumentParser
import Cryptography
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
            let run = try service.reconcile(
                orders: try readFile(file), from: from, through: through)
            return try await session.report(run, record ? session.call(acting, service) : nil, service)
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
            let run = try service.reconcile(
                bankReturn: try readFile(file), settlement: try service.identifier(settlement))
            return try await session.report(run, record ? session.call(acting, service) : nil, service)
        }
    }
}

extension Session {
    /// What a run found; on record, and its differences in the queue, where there is a call to do it by.
    func report(_ run: ReconciliationRun, _ call: Call?, _ service: LedgerService) async throws -> Report {
        var report = run.report
        guard let call else { return report }
        let recorded = try await differences(service).record(run, call)
        if let receipt = recorded.receipt {
            report.addReceipt(receipt, call)
        } else {
            report.add("event", "on record already 已登记于事件", .event(recorded.event))
        }
        return report
    }
}

extension ReconciliationRun {
    /// The result for people and machines.
    fileprivate var report: Report {
        var report = Report()
        report.add("matched", "matched 相符笔数", .number(Int(asked.matched)))
        report.add("matchedAmount", "matched amount 相符金额", .amount(matchedAmount))
        if let banked { report.add("banked", "with the bank 与银行相符", .number(banked)) }
        report.add("ledger", "ledger lines 账面笔数", .number(lines.ledger))
        report.add("statement", "statement lines 对方笔数", .number(lines.statement))
        if let bank = lines.bank { report.add("bank", "bank lines 银行笔数", .number(bank)) }
        report.add("balanced", "balanced 对平", .flag(isBalanced))
        report.add("hash", "hash 结果摘要", .text(asked.result.bytes.hexadecimal))
        report.add("from", "from 起", .text(asked.from.text))
        report.add("through", "through 止", .text(asked.through.text))
        report.add("digest", "file's SHA-256 文件摘要", .text(source.bytes.hexadecimal))
        report.add("differences", differences)
        if !links.isEmpty { report.add("links", linked) }
        return report
    }

    private var differences: ReportTable {
        let isBanked = banked != nil
        var table = ReportTable(
            "Differences 差异",
            [
                ("kind", "kind"), ("reference", "reference 单号"), ("ledger", "ledger 账面"),
                ("statement", "statement 对方"),
            ] + (isBanked ? [("bank", "bank 银行")] : []) + [
                ("failed", "failed 未成功"), ("line", "file line 行号"),
            ])
        for difference in found {
            let sides = [difference.ledger, difference.statement] + (isBanked ? [difference.bank] : [])
            table.append(
                [.text("\(difference.kind.name.chinese) (\(difference.kind))"), .text(difference.reference)]
                    + sides.map { side in side.map { .amount(Amount(fen: $0.amount)) } ?? .none }
                    + [.text(failed(difference)), line(difference)])
        }
        return table
    }

    /// Which sides say that it failed: no money moved there.
    private func failed(_ difference: Found) -> String {
        let failed = [difference.ledger, difference.statement, difference.bank].map { $0?.outcome == .failed }
        return Difference.failed(ledger: failed[0], statement: failed[1], bank: failed[2])
    }

    /// Where it stands in the files: the statement's line, and of three sides the bank's behind it.
    private func line(_ difference: Found) -> Cell {
        guard banked != nil else { return difference.statement.map { .number($0.line) } ?? .none }
        return .text(
            [difference.statement, difference.bank].compactMap { $0.map { String($0.line) } }.joined(
                separator: ", "))
    }

    /// What was matched otherwise than by reference, to be looked at.
    private var linked: ReportTable {
        var table = ReportTable(
            "Matched otherwise than by reference 非单号匹配",
            [
                ("step", "by"), ("ledger", "ledger 账面单号"), ("statement", "statement 对方单号"),
                ("amount", "amount 金额"), ("line", "file lines 行号"),
            ])
        for link in links {
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

import ArgumentParser
import Foundation
import LedgerDomain
import LedgerService
import StatementFormats

extension MerchantGroup {
    struct Statement: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "A merchant's statement (对账单): what it sold, what it is owed, when the money comes.",
            discussion: """
                Every line is an event of the log. FILE ends in .xlsx (lines, outlets, payouts) or .csv (lines alone).
                Example: wenhui merchant statement 1 --from 2018-06-01 --through 2018-06-30 --output statement.xlsx
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The merchant.") var merchant: String
        @Option(help: "The first business day.", transform: Typed.day) var from: BusinessDay
        @Option(help: "The last business day.", transform: Typed.day) var through: BusinessDay
        @Option(help: "The file to write; it must not exist.") var output: String?

        func validate() throws {
            guard from <= through else { throw ValidationError("--from is after --through.") }
        }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let statement = try service.statement(
                of: try service.identifier(merchant), from: from, through: through)
            var report = Report()
            if let output {
                try WorkbookOutput.write(
                    statement.workbook(in: service.ledger, at: try service.state { $0.lastInstant }),
                    to: output)
                report.add("file", "file 文件", .text(output))
            }
            report.add("lines", "lines 行数", .number(statement.lines.count))
            report.add("total", "owed for the period 本期应付", .amount(statement.total))
            if statement.repaid != .zero {
                report.add("repaid", "paid back 已缴回", .amount(statement.repaid))
            }
            report.add("unsettled", "not settled yet 尚未结算", .amount(statement.unsettled))
            report.add("expected", "expected 预计到账", statement.expected.map { .text($0.text) } ?? .none)
            report.add(
                "hold", "waits because 暂缓原因",
                statement.payee?.hold.map { .text($0.sentence(in: service.ledger).chinese) } ?? .none)
            report.add("outlets", outlets(statement, service.ledger))
            report.add("payouts", payouts(statement))
            return report
        }

        private func outlets(_ statement: MerchantStatement, _ ledger: LedgerCode) -> ReportTable {
            var table = ReportTable(
                "Outlets 网点",
                [
                    ("outlet", "outlet"), ("sales", "sales 笔数"), ("gross", "gross 消费"),
                    ("subsidy", "subsidy 补贴"), ("ownPaid", "own paid 自付"),
                    ("refunds", "refunds, corrections 退款与更正"),
                    ("back", "subsidy back 退回补贴"), ("net", "net 应付"),
                ])
            for total in statement.outlets {
                table.append([
                    .id(total.outlet, ledger), .number(total.sales), .amount(total.gross),
                    .amount(total.subsidy), .amount(total.ownPaid), .number(total.refunds),
                    .amount(total.refundedSubsidy), .amount(total.net),
                ])
            }
            return table
        }

        private func payouts(_ statement: MerchantStatement) -> ReportTable {
            var table = ReportTable(
                "Payouts 付款",
                [
                    ("settlement", "settlement 结算单"), ("through", "through 截至"), ("amount", "amount 金额"),
                    ("status", "status 状态"), ("expected", "expected 预计到账"), ("note", "note 银行流水或原因"),
                ])
            for payout in statement.payouts {
                table.append([
                    .text(payout.reference), .text(payout.through.text), .amount(payout.amount),
                    .text("\(payout.status)"), payout.expected.map { .text($0.text) } ?? .none,
                    .text(payout.note),
                ])
            }
            return table
        }
    }
}

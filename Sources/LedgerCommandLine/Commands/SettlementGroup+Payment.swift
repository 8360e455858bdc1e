import ArgumentParser
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import StatementFormats

extension SettlementGroup {
    struct Export: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write an approved settlement's payment instructions: all in one file, or a bill for each treasury.",
            discussion: """
                The columns are those of the payment profile (settlement profile); --format pain.001 writes ISO 20022 and
                needs the profile's debtors. The same --key writes the same files again.

                Example: wenhui settlement export 1 --output payments.csv
                Example: wenhui settlement export 1 --bills bills --format pain.001
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The settlement.") var settlement: String
        @Option(help: "The file to write; it must not exist.") var output: String?
        @Option(help: "The folder for one file for each treasury; made where it is missing.") var bills:
            String?
        @Option(help: "csv or pain.001.") var format: PaymentOrder.Format = .csv

        func validate() throws {
            guard (output == nil) != (bills == nil) else {
                throw ValidationError(
                    "Say --output FILE for all in one, or --bills FOLDER for one of each treasury.")
            }
        }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: SettlementID = try service.identifier(settlement)
            let profile = try PaymentProfiles(service, session.system.office)
                .profile(exporting: id, as: format)
            if let output { try demandNew(output) }
            let order = try await service.export(id, call)
            var table = ReportTable(
                "Bills 付款单",
                [
                    ("treasury", "treasury 国库"), ("lines", "lines 行数"), ("amount", "amount 金额"),
                    ("file", "file 文件"),
                ])
            if let output {
                try write(order.bytes(as: format, profile), to: output, call)
                table.append([
                    .text(order.treasuries.joined(separator: "、")), .number(order.instructions.count),
                    .amount(order.amount), .text(output),
                ])
            } else if let bills {
                try FileManager.default.createDirectory(atPath: bills, withIntermediateDirectories: true)
                for treasury in order.treasuries {
                    let bill = order.bill(of: treasury)
                    let name = "\(order.settlement)-\(treasury.replacing("/", with: "-")).\(format.suffix)"
                    let path = "\(bills)/\(name)"
                    try write(bill.bytes(as: format, profile), to: path, call)
                    table.append([
                        .text(treasury), .number(bill.instructions.count), .amount(bill.amount), .text(path),
                    ])
                }
            }
            var report = Report()
            report.add("lines", "lines 行数", .number(order.instructions.count))
            report.add("amount", "amount 金额", .amount(order.amount))
            report.add("key", "key 幂等键", .text(call.key))
            report.add("bills", table)
            return report
        }

        private func demandNew(_ path: String) throws {
            guard !FileManager.default.fileExists(atPath: path) else {
                throw CommandFailure.usage("\(path) exists already. Name another file.")
            }
        }

        private func write(_ bytes: [UInt8], to path: String, _ call: Call) throws {
            do {
                try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
            } catch {
                throw CommandFailure(
                    .fault, "output",
                    "\(path) exists already or cannot be written. The settlement is exported; repeat with "
                        + "--key \(call.key) and another file.")
            }
        }
    }

    struct Profile: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how the banks want to be asked, or take a new profile from a file (付款模板).",
            discussion: """
                YAML: encoding (utf-8, utf-8-bom, gb18030), columns (title with value or text), initiator, debtors
                (treasury, name, account, bank). Values: reference, payee_name, account, bank_code, amount_yuan,
                amount_fen, fund, treasury, purpose, date, sequence.

                Example: wenhui settlement profile Fixtures/payment/profile.yaml
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The profile (YAML); shows the one that holds where it is left out.") var file:
            String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let profiles = PaymentProfiles(service, session.system.office)
            if let file { _ = try profiles.keep(readFile(file), session.call(acting, service)) }
            let profile = try profiles.profile()
            var report = Report()
            if let written = try profiles.text() {
                report.add("by", "written by 维护人", .text(written.by.name))
                report.add("at", "at 时间", .instant(written.at))
            }
            var columns = ReportTable("Columns 列", [("title", "title 列名"), ("value", "value 内容")])
            for column in profile.template.columns {
                columns.append([.text(column.title), .text("\(column.value)")])
            }
            report.add("columns", columns)
            var debtors = ReportTable(
                "Debtors 付款账户",
                [
                    ("treasury", "treasury 国库"), ("name", "name 户名"), ("account", "account 账号"),
                    ("bank", "bank 联行号"),
                ])
            for debtor in profile.debtors {
                debtors.append([
                    .text(debtor.treasury), .text(debtor.name), .text(debtor.account.account),
                    .text(debtor.account.bankCode),
                ])
            }
            report.add("debtors", debtors)
            return report
        }
    }
}

extension PaymentOrder.Format: ExpressibleByArgument {}

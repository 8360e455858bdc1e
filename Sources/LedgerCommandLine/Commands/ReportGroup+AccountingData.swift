import ArgumentParser
import Foundation
import LedgerDomain
import LedgerService
import StatementFormats

extension ReportGroup {
    struct AccountingData: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "accounting-data",
            abstract:
                "Write whole months for auditors' software (会计核算软件数据接口), in the manner of GB/T 24589.2-2010.",
            discussion: """
                公共档案.xml says what numbers stand for, 总账.xml has accounts, each month's balances and turnover, and vouchers
                (记账凭证): one a day, or with --detail one for each event. Postings must lead to what the books hold.

                Example: wenhui report accounting-data 2018-06 --output audit-2018-06
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "A month, 2018-06, or a year, 2018.") var period: String
        @Option(help: "The folder to write; it must not exist.") var output: String
        @Flag(help: "One voucher for each event.") var detail = false

        private var kind: FiledReport.Kind { period.contains("-") ? .month : .year }

        func validate() throws { _ = try kind.period(period) }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let folder = try NewFolder(output)
            var files: [AccountingDataFile.Name: FileHandle] = [:]
            defer { for file in files.values { try? file.close() } }
            let summary: LedgerService.AccountingDataSummary
            do {
                for name in AccountingDataFile.Name.allCases { files[name] = try folder.file(name.file) }
                summary = try service.accountingData(try kind.period(period), detail: detail) {
                    try files[$0]?.write(contentsOf: Data($1.utf8))
                }
            } catch {
                folder.remove()
                throw error
            }
            var report = Report()
            report.add("folder", "folder 文件夹", .text(output))
            report.add("vouchers", "vouchers 记账凭证", .number(summary.vouchers))
            report.add("events", "true after events 截至事件", .event(summary.events))
            return report
        }
    }
}

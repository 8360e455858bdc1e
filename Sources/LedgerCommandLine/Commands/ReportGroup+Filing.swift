import ArgumentParser
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage

extension ReportGroup {
    struct Draft: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "File a period's figures by their hash, for a second person to sign.",
            discussion: """
                The same period again is a new version, which says why it restates the earlier one (--note).
                Example: wenhui report draft month 2018-06 --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "month, quarter, half-year or year.") var kind: FiledReport.Kind
        @Argument(help: "The period, as for the report.") var period: String
        @Option(help: "Why it is restated.") var note = ""

        func validate() throws { _ = try kind.period(period) }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let (receipt, figures) = try await service.draft(try kind.period(period), note: note, call)
            var report = Report()
            report.add("report", "report 报表", .id(receipt.accepted.report, service.ledger))
            report.add("version", "version 版本", .number(Int(receipt.accepted.version)))
            report.add("digest", "SHA-256 摘要", .text(figures.digest.hexadecimal))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Sign: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign a drafted report, as a second person.",
            discussion: """
                The figures are made again from the log; where they are not those that were filed, nothing is signed.
                Example: wenhui report sign 1 --as finance.approver
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The report.") var report: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.sign(try service.identifier(report), call)
            var told = Report()
            told.addReceipt(receipt, call)
            return told
        }
    }

    struct Check: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a filed report's figures again from the log, and compare.",
            discussion: "Example: wenhui report check 1")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The report.") var report: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let check = try service.check(try service.identifier(report))
            guard check.agrees else {
                throw CommandFailure(
                    .unverified, "report.differs",
                    "The log leads to \(check.figures.digest.hexadecimal), filed is \(check.view.row.digest.bytes.hexadecimal)."
                )
            }
            var told = Report()
            told.add("report", "report 报表", .id(check.view.row.id, service.ledger))
            told.add("digest", "SHA-256 摘要", .text(check.view.row.digest.bytes.hexadecimal))
            told.add("events", "of events 事件", .event(check.view.row.events))
            told.add("agrees", "the log leads to it 与日志一致", .flag(true))
            return told
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List filed reports and closed months.", discussion: "Example: wenhui report list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let (views, closed) = try service.query { (model) throws(StorageError) in
                (try model.reports(service.ledger), try model.closedMonths(service.ledger))
            }
            var table = ReportTable(
                "Reports 报表",
                [
                    ("report", "report"), ("kind", "kind 种类"), ("period", "period 期间"),
                    ("version", "version 版本"), ("status", "status 状态"), ("maker", "maker 经办"),
                    ("signedBy", "signed by 签发"), ("note", "note 说明"), ("digest", "SHA-256 摘要"),
                ])
            for view in views {
                let row = view.row
                table.append([
                    .id(row.id, service.ledger), .text(row.kind.argument),
                    .text(ReportPeriod(kind: row.kind, from: row.from).text), .number(Int(row.version)),
                    .text(view.signedBy == nil ? "drafted" : "signed"), .text(row.maker.name),
                    view.signedBy.map { .text($0.name) } ?? .none, .text(row.note),
                    .text(String(row.digest.bytes.hexadecimal.prefix(16)) + "…"),
                ])
            }
            var report = Report()
            report.add(
                "closedThrough", "closed through 已关账至",
                closed.last.map { .text($0.through.text) } ?? .none)
            report.add("reports", table)
            return report
        }
    }

    struct CloseMonth: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "close-month",
            abstract: "Close a month whose report is signed (关账): nothing is dated into it any more.",
            discussion: """
                Months close in their order. What was wrong in a closed one is corrected in the open one: wenhui correction.
                Example: wenhui report close-month 2018-06 --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The month: 2018-06.") var month: String

        func validate() throws { _ = try FiledReport.Kind.month.period(month) }

        func run(_ session: Session) async throws -> Report {
            let through = try FiledReport.Kind.month.period(month).through
            return try await moved(session, options, acting, nil) { _ in
                LedgerDomain.CloseMonth.with { $0.through = through }
            }
        }
    }
}

import ArgumentParser
import LedgerDomain
import LedgerService
import StatementFormats

extension ReportGroup {
    struct Calendar: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which reports are owed, when, and how far they are (报送日历).",
            discussion: """
                Periods without a report from the ledger's first month on; what is overdue is marked. FILE (YAML) puts another
                calendar in place: Fixtures/reports/calendar.yaml has monthly reports by the 25th and deep ones by 5 March, June,
                September and December.

                Example: wenhui report calendar
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "A calendar to put in place (YAML).") var file: String?
        @Option(help: "As if today were this day.", transform: Typed.day) var on: BusinessDay?
        @Flag(help: "Signed ones too.") var all = false

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let duties = session.reportDuties(service)
            var report = Report()
            if let file {
                let kept = try duties.keep(try readFile(file), try session.call(acting, service))
                report.add("duties", "duties 报送事项", .number(kept.duties.count))
            }
            let standings = try duties.standings(on: on).filter { all || $0.status != .signed }
            report.add("overdue", "overdue 逾期", .number(standings.count { $0.isOverdue }))
            var table = ReportTable(
                "Reports owed 待报送",
                [
                    ("name", "name"), ("kind", "kind 种类"), ("period", "period 期间"), ("due", "due 截止"),
                    ("status", "status 状态"), ("report", "report 报表"), ("overdue", "overdue 逾期"),
                ])
            for standing in standings {
                table.append([
                    .text(standing.name), .text(standing.period.kind.argument),
                    .text(standing.period.text), .text(standing.due.text), .text(standing.status.rawValue),
                    standing.report.map { .id($0, service.ledger) } ?? .none, .flag(standing.isOverdue),
                ])
            }
            report.add("reports", table)
            return report
        }
    }
}

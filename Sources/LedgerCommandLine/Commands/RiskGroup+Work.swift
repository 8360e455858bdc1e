import ArgumentParser
import LedgerDomain
import LedgerService
import StatementFormats

/// Something that is written down about one risk.
private protocol RiskReviewCommand: LedgerCommand {
    static var verdict: RiskReview.Verdict { get }
    var acting: ActingOptions { get }
    var risk: String { get }
    var note: String { get }
}

extension RiskReviewCommand {
    func run(_ session: Session) async throws -> Report {
        let service = try session.service(options)
        let risks = session.risks(service)
        let reviewed = try risks.review(
            try risks.find(risk), Self.verdict, note, try session.call(acting, service))
        var report = Report()
        report.add("risk", "risk 风险提示", .text(risk))
        report.add("standing", "status 状态", .text(reviewed.standing.rawValue))
        return report
    }
}

extension RiskGroup {
    struct Watch: RiskReviewCommand {
        static let verdict = RiskReview.Verdict.watching
        static let configuration = CommandConfiguration(
            abstract: "Write down that somebody looks at a risk.",
            discussion: "Example: wenhui risk watch 20180605-3fa9c1e2d4b5a697 --note 已调取监控 --as finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The risk.") var risk: String
        @Option(help: "What was found so far.") var note: String
    }

    struct Clear: RiskReviewCommand {
        static let verdict = RiskReview.Verdict.cleared
        static let configuration = CommandConfiguration(
            abstract: "Write down that a risk was looked at and is right.",
            discussion: "Example: wenhui risk clear 20180605-3fa9c1e2d4b5a697 --note 读书节集中核销 --as finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The risk.") var risk: String
        @Option(help: "Why it is right.") var note: String
    }

    struct Hold: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold what a merchant's payee is owed because of a risk; a second person releases it.",
            discussion: """
                The merchant goes on selling, and nothing is lost: `wenhui payee release` lets it be paid again.
                Example: wenhui risk hold 20180605-3fa9c1e2d4b5a697 --reason 待提供小票 --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The risk.") var risk: String
        @Option(help: "Whose payee; needed where the risk is about several merchants.") var merchant: String?
        @Option(help: "Why; the merchant reads it.") var reason: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let risks = session.risks(service)
            let call = try session.call(acting, service)
            let receipt = try await risks.hold(
                try risks.find(risk), of: try merchant.map { try service.identifier($0) }, because: reason,
                call)
            var report = Report()
            report.add("risk", "risk 风险提示", .text(risk))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Rules: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "The thresholds that hold; FILE (YAML) puts others in place.",
            discussion: """
                What the file leaves out is not looked for. Fixtures/risks/rules.yaml has them all.
                Example: wenhui risk rules Fixtures/risks/rules.yaml --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "Thresholds to put in place (YAML).") var file: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let risks = session.risks(service)
            if let file { _ = try risks.keep(try readFile(file), try session.call(acting, service)) }
            var report = Report()
            let written = try risks.text()
            report.add("by", "written by 由", written.map { .text($0.by.name) } ?? .text("usual 默认"))
            report.add("at", "at 时间", written.map { .instant($0.at) } ?? .none)
            var table = ReportTable(
                "Thresholds 阈值", [("signal", "signal"), ("name", "name"), ("told", "told 提示条件")])
            for rule in try risks.rules().rules {
                table.append([
                    .text(rule.signal.rawValue), .text(rule.signal.name.chinese),
                    .text(rule.condition.chinese),
                ])
            }
            report.add("rules", table)
            return report
        }
    }

    struct Relate: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Note who is close to which merchants (关联人), from a CSV; only keyed codes are kept.",
            discussion: """
                Columns credit_code, id_number, relation (法定代表人, 员工, 近亲属), as registers of companies and of social
                insurance tell. Whoever is named need not be registered.

                Example: wenhui risk relate Fixtures/risks/relations.csv
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The relations (CSV).") var file: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let relations = try RelationFile(readFile(file), practice: try session.isPractice(service))
            var report = Report()
            report.add("rows", "rows 行数", .number(relations.rows.count))
            report.add("new", "new 新增", .number(try session.risks(service).relate(relations)))
            return report
        }
    }

    struct Unrelate: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete what is noted of somebody's closeness to merchants.",
            discussion: "Example: wenhui risk unrelate 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The identity number.") var identityNumber: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            var report = Report()
            report.add(
                "deleted", "deleted 已删除", .flag(try session.risks(service).unrelate(identityNumber)))
            return report
        }
    }
}

import ArgumentParser
import Foundation
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui programme`: rule files, approval, budget, pause and close.
struct ProgrammeGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "Programmes (活动): rules, approval, budget.",
        discussion: "Example: wenhui programme list",
        subcommands: [
            Check.self, Submit.self, Approve.self, Pause.self, Resume.self, Close.self, AllocateMoney.self,
            ReclaimMoney.self, Revise.self, ApproveVersion.self, Show.self, List.self,
        ])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain a rule file, and try worked bills on it; changes nothing.",
            discussion: """
                Example: wenhui programme check Fixtures/programmes/beijing-bookshops.yaml \
                --bills Fixtures/programmes/beijing-bookshops.bills.csv
                """)
        @Argument(help: "The rule file (YAML).") var file: String
        @Option(help: "Bills with the subsidy each should get (CSV).") var bills: String?
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            try await reporting(json: json) {
                let programme = try ProgrammeFile(readFile(file))
                var report = Report()
                report.add("name", "name 名称", .text(programme.name))
                report.add("document", "document 文号", .text(programme.document))
                report.add("kind", "kind 类型", .text("\(programme.rule.kind)"))
                report.add("rules", sentenceTable(programme.rule))
                if let bills {
                    var table = ReportTable(
                        "Worked bills 算例",
                        [
                            ("line", "line"), ("face", "face 面额"), ("category", "category 类别"),
                            ("channel", "channel 渠道"), ("bill", "bill 消费"), ("expected", "expected 应得"),
                            ("result", "result 结果"), ("ok", "ok"),
                        ])
                    for bill in try WorkedBillFile(readFile(bills)).bills {
                        let result = bill.outcome(under: programme.rule)
                        table.append([
                            .number(bill.line), .amount(bill.face), .text(bill.category), .text(bill.channel),
                            .amount(bill.bill), .text(bill.expected.text), .text(result.text),
                            .flag(result == bill.expected),
                        ])
                    }
                    report.add("bills", table)
                    let wrong = table.rows.count { if case .flag(false) = $0[7] { true } else { false } }
                    report.add("wrong", "wrong 不符", .number(wrong))
                    Console.print(report, json: json)
                    if wrong > 0 { throw ExitCode(CommandFailure.Status.refused.rawValue) }
                } else {
                    Console.print(report, json: json)
                }
            }
        }
    }

    struct Submit: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Submit a rule file for approval.",
            discussion: "Example: wenhui programme submit Fixtures/programmes/shandong-wenhui.yaml")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The rule file (YAML).") var file: String

        func run(_ session: Session) async throws -> Report {
            let programme = try ProgrammeFile(readFile(file))
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.perform(
                SubmitProgramme.with {
                    $0.name = programme.name
                    $0.document = programme.document
                    $0.rule = programme.rule
                }, call)
            var report = Report()
            report.add("programme", "programme 活动", .id(receipt.accepted.programme, service.ledger))
            report.add("name", "name 名称", .text(programme.name))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Approve: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a programme, as a second person.",
            discussion: "Example: wenhui programme approve 1 --as approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: ProgrammeID = try service.identifier(programme)
                return ApproveProgramme.with { $0.programme = id }
            }
        }
    }

    struct Pause: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pause: nothing is issued or redeemed.", discussion: "Example: wenhui programme pause 1"
        )
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String

        func run(_ session: Session) async throws -> Report {
            try await change(.pause, programme, session, options, acting)
        }
    }

    struct Resume: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Resume a paused programme.", discussion: "Example: wenhui programme resume 1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String

        func run(_ session: Session) async throws -> Report {
            try await change(.resume, programme, session, options, acting)
        }
    }

    struct Close: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close: nothing more is issued; vouchers that are out are honoured.",
            discussion: "Example: wenhui programme close 1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String

        func run(_ session: Session) async throws -> Report {
            try await change(.close, programme, session, options, acting)
        }
    }

    struct AllocateMoney: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "allocate", abstract: "Money moves from a fund to a programme (分配).",
            discussion: "Example: wenhui programme allocate 1 --fund 1 300000.00")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String
        @Option(help: "The fund.") var fund: String
        @Argument(help: "Yuan.", transform: Typed.amount) var amount: Amount

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, amount) { service in
                let (programme, fund): (ProgrammeID, FundID) = (
                    try service.identifier(programme), try service.identifier(fund)
                )
                return Allocate.with {
                    $0.programme = programme
                    $0.fund = fund
                    $0.amount = amount
                }
            }
        }
    }

    struct ReclaimMoney: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "reclaim", abstract: "What a programme did not use returns to its fund.",
            discussion: "Example: wenhui programme reclaim 1 --fund 1 1200.00")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String
        @Option(help: "The fund.") var fund: String
        @Argument(help: "Yuan.", transform: Typed.amount) var amount: Amount

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, amount) { service in
                let (programme, fund): (ProgrammeID, FundID) = (
                    try service.identifier(programme), try service.identifier(fund)
                )
                return Reclaim.with {
                    $0.programme = programme
                    $0.fund = fund
                    $0.amount = amount
                }
            }
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List programmes.", discussion: "Example: wenhui programme list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Programmes 活动",
                [
                    ("programme", "programme"), ("name", "name 名称"), ("kind", "kind 类型"),
                    ("status", "status 状态"), ("maker", "maker 经办"), ("approvedBy", "approved by 审批"),
                    ("held", "unspent 结余"),
                ])
            for service in try session.services(options) {
                let held = try service.state { state in
                    state.programmes.storage.map {
                        $0.balances.entries.reduce(Amount.zero) { $0 + $1.amount }
                    }
                }
                let rows = try service.query { (model) throws(StorageError) in
                    try model.programmes(service.ledger)
                }
                for (view, held) in zip(rows, held) {
                    table.append([
                        .id(view.row.id, service.ledger), .text(view.row.name),
                        .text("\(view.row.rule.kind)"),
                        .text("\(view.status)"), .text(view.row.maker.name),
                        view.approvedBy.map { .text($0.name) } ?? .none, .amount(held),
                    ])
                }
            }
            var report = Report()
            report.add("programmes", table)
            return report
        }
    }
}

private func change(
    _ action: ChangeProgramme.Action, _ programme: String, _ session: Session, _ options: GlobalOptions,
    _ acting: ActingOptions
) async throws -> Report {
    try await moved(session, options, acting, nil) { service in
        let id: ProgrammeID = try service.identifier(programme)
        return ChangeProgramme.with {
            $0.programme = id
            $0.action = action
        }
    }
}

extension WorkedBill.Expectation {
    fileprivate var text: String {
        switch self {
        case .subsidy(let amount): amount.yuan
        case .refused(let refusal): refusal.code
        }
    }
}

import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui fund`: money from a treasury until it reaches a programme or another ledger.
struct FundGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund", abstract: "Funds (资金来源): appropriations, plans, remittances, year-end return.",
        discussion: "Example: wenhui fund list",
        subcommands: [
            Create.self, List.self, AppropriateMoney.self, PlanSubmit.self, PlanApprove.self, RemitMoney.self,
            ReceiveMoney.self, SendBack.self, Returned.self, Return.self,
        ])

    struct Create: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a fund.",
            discussion: """
                Example: wenhui fund create --level county --year 2018 --treasury 诸城市国库 --document 诸财教指〔2018〕1号
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "central, province, city or county.") var level: String
        @Option(help: "The fiscal year.") var year: Int32
        @Option(help: "The treasury it comes from.") var treasury: String
        @Option(help: "The document number (指标文号).") var document: String
        @Option(help: "功能分类科目.") var functionalCode = "2070199"
        @Option(help: "经济分类科目.") var economicCode = "30399"
        @Flag(help: "A matching fund: remitted by an approved plan only.") var matching = false

        func run(_ session: Session) async throws -> Report {
            guard let level = FundLevel.allCases.first(where: { "\($0)" == level }) else {
                throw CommandFailure.usage("--level is one of central, province, city, county.")
            }
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.perform(
                CreateFund.with {
                    $0.level = level
                    $0.fiscalYear = year
                    $0.matching = matching
                    $0.treasury = treasury
                    $0.document = document
                    $0.functionalCode = functionalCode
                    $0.economicCode = economicCode
                }, call)
            var report = Report()
            report.add("fund", "fund 资金来源", .id(receipt.accepted.fund, service.ledger))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List funds with what they hold.", discussion: "Example: wenhui fund list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Funds 资金来源",
                [
                    ("fund", "fund"), ("practice", "演练"), ("level", "level 级次"), ("year", "year 年度"),
                    ("treasury", "treasury 国库"),
                    ("document", "document 指标文号"), ("held", "in treasury 国库余额"), ("free", "unallocated 未分配"),
                ])
            for service in try session.services(options) {
                let practice = try session.isPractice(service)
                let balances = try service.state { state in
                    state.funds.storage.map { ($0.treasury, $0.balance) }
                }
                let funds = try service.query { (model) throws(StorageError) in
                    try model.funds(service.ledger)
                }
                for (fund, balance) in zip(funds, balances) {
                    table.append([
                        .id(fund.id, service.ledger), .flag(practice),
                        .text("\(fund.level)\(fund.matching ? " (matching)" : "")"),
                        .text("\(fund.fiscalYear)"), .text(fund.treasury), .text(fund.document),
                        .amount(balance.0), .amount(balance.1),
                    ])
                }
            }
            var report = Report()
            report.add("funds", table)
            return report
        }
    }

    struct AppropriateMoney: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "appropriate", abstract: "Money arrives from the treasury (拨款).",
            discussion: "Example: wenhui fund appropriate 1 800000.00 --reference 国库拨款单-001")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The fund.") var fund: String
        @Argument(help: "Yuan.", transform: Typed.amount) var amount: Amount
        @Option(help: "The treasury's document.") var reference: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, amount) { service in
                let id: FundID = try service.identifier(fund)
                return Appropriate.with {
                    $0.fund = id
                    $0.amount = amount
                    $0.reference = reference
                }
            }
        }
    }

    struct PlanSubmit: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "plan", abstract: "Submit a matching fund's plan: who gets how much.",
            discussion:
                "Example: wenhui fund plan 1 370782=600000.00 370102=500000.00 --document 鲁财教〔2018〕22号")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The matching fund.") var fund: String
        @Argument(help: "CODE=YUAN for each recipient.") var lines: [String]
        @Option(help: "The document number.") var document: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: FundID = try service.identifier(fund)
            let planned = try lines.map { line in
                let parts = line.split(separator: "=")
                guard parts.count == 2, let code = LedgerCode(text: String(parts[0])),
                    let amount = try? Amount(yuan: parts[1])
                else { throw CommandFailure.usage("\(line) is not of the form 370782=600000.00.") }
                return PlanLine(ledger: code, amount: amount)
            }
            let receipt = try await service.perform(
                SubmitPlan.with {
                    $0.fund = id
                    $0.lines = planned
                    $0.document = document
                }, call)
            var report = Report()
            report.add("plan", "plan 计划", .id(receipt.accepted.plan, service.ledger))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct PlanApprove: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve-plan", abstract: "Approve a plan, as a second person.",
            discussion: "Example: wenhui fund approve-plan 1 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The plan.") var plan: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: PlanID = try service.identifier(plan)
                return ApprovePlan.with { $0.plan = id }
            }
        }
    }

    struct RemitMoney: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "remit", abstract: "Money leaves for another ledger (转移支付).",
            discussion: "Example: wenhui fund remit 1 600000.00 --to 370782")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The fund.") var fund: String
        @Argument(help: "Yuan.", transform: Typed.amount) var amount: Amount
        @Option(help: "The receiving ledger.", transform: Typed.ledger) var to: LedgerCode

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, amount) { service in
                let id: FundID = try service.identifier(fund)
                return Remit.with {
                    $0.fund = id
                    $0.recipient = to
                    $0.amount = amount
                }
            }
        }
    }

    struct ReceiveMoney: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "receive", abstract: "Money arrives from another ledger.",
            discussion: "Example: wenhui fund receive 1 600000.00 --from 370000 --remittance 14")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The fund.") var fund: String
        @Argument(help: "Yuan.", transform: Typed.amount) var amount: Amount
        @Option(help: "The sending ledger.", transform: Typed.ledger) var from: LedgerCode
        @Option(help: "The number of the sender's remit event.") var remittance: UInt64

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, amount) { service in
                let id: FundID = try service.identifier(fund)
                return Receive.with {
                    $0.fund = id
                    $0.sender = from
                    $0.remittance = remittance
                    $0.amount = amount
                }
            }
        }
    }

    struct SendBack: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "send-back", abstract: "Send received money back to the ledger it came from.",
            discussion: "Example: wenhui fund send-back 27")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The number of the receive event.") var event: UInt64

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { _ in UndoReceive.with { $0.event = event } }
        }
    }

    struct Returned: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back", abstract: "Another ledger sent remitted money back.",
            discussion: "Example: wenhui fund take-back 14")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The number of the remit event.") var event: UInt64

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { _ in UndoRemit.with { $0.event = event } }
        }
    }

    struct Return: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "return", abstract: "Year-end: unspent money goes back to its treasury.",
            discussion: "Example: wenhui fund return 1 1200.00 --document 年终结余收回-2018")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The fund.") var fund: String
        @Argument(help: "Yuan.", transform: Typed.amount) var amount: Amount
        @Option(help: "The document number.") var document: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, amount) { service in
                let id: FundID = try service.identifier(fund)
                return ReturnToTreasury.with {
                    $0.fund = id
                    $0.amount = amount
                    $0.document = document
                }
            }
        }
    }
}

/// Performs one command on the options' ledger and reports its receipt.
func moved<Asked: Operation>(
    _ session: Session, _ options: GlobalOptions, _ acting: ActingOptions, _ amount: Amount?,
    _ make: (LedgerService) throws -> Asked
) async throws -> Report {
    let service = try session.service(options)
    let call = try session.call(acting, service)
    let receipt = try await service.perform(try make(service), call)
    var report = Report()
    if let amount { report.add("amount", "amount 金额", .amount(amount)) }
    report.addReceipt(receipt, call)
    return report
}

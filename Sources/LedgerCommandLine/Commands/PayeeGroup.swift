import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui payee`: who is paid, where, and who waits.
struct PayeeGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payee",
        abstract: "Payees (收款方): list, hold, release, change the bank account.",
        discussion: "Example: wenhui payee list",
        subcommands: [
            List.self, Hold.self, Release.self, Change.self, ApproveChange.self, RejectChange.self,
        ])

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List payees with what they are owed, and why they wait.",
            discussion: "Example: wenhui payee list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            var table = ReportTable(
                "Payees 收款方",
                [
                    ("payee", "payee"), ("creditCode", "credit code 信用代码"), ("name", "name 户名"),
                    ("account", "account ends in 账号尾号"), ("owed", "owed 应付"), ("hold", "waits because 暂缓原因"),
                    ("change", "change 账户变更"),
                ])
            let payees = try service.payees()
            for payee in payees {
                table.append([
                    .id(payee.id, service.ledger), .text(payee.creditCode), .text(payee.name ?? "(erased)"),
                    .text(payee.accountEnd ?? ""), .amount(payee.owed),
                    payee.hold.map { .text($0.sentence(in: service.ledger).chinese) } ?? .none,
                    payee.change.map { .event($0.row.event) } ?? .none,
                ])
            }
            var report = Report()
            report.add("payees", table)
            let changing = payees.filter { $0.change != nil }
            if !changing.isEmpty {
                var changes = ReportTable(
                    "Changes of accounts that wait 待审批的账户变更",
                    [
                        ("change", "change"), ("payee", "payee 收款方"), ("name", "new name 新户名"),
                        ("account", "new account ends in 新账号尾号"), ("bank", "new bank 新联行号"),
                        ("evidence", "evidence 凭证"), ("maker", "maker 经办"),
                    ])
                for payee in changing {
                    guard let change = payee.change else { continue }
                    changes.append([
                        .event(change.row.event), .id(payee.id, service.ledger), .text(payee.newName ?? ""),
                        .text(payee.newAccountEnd ?? ""), .text(change.row.bankCode),
                        .text(change.row.evidence), .text(change.row.maker.name),
                    ])
                }
                report.add("changes", changes)
            }
            return report
        }
    }

    struct Hold: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold what a payee is owed; it goes on selling, and nothing is lost.",
            discussion: "Example: wenhui payee hold 2 --reason 核查异常核销 --as finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The payee.") var payee: String
        @Option(help: "Why; the merchant reads it.") var reason: String

        func run(_ session: Session) async throws -> Report {
            try await set(true, payee, reason, session, options, acting)
        }
    }

    struct Release: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a payee be paid again, as a second person.",
            discussion: "Example: wenhui payee release 2 --reason 核查无误 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The payee.") var payee: String
        @Option(help: "Why.") var reason: String

        func run(_ session: Session) async throws -> Report {
            try await set(false, payee, reason, session, options, acting)
        }
    }

    struct Change: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Propose another bank account for a payee; it waits for a second person and is not paid.",
            discussion: """
                Example: wenhui payee change 2 --name 演练书店有限公司 --account 6222-0000-1111 --bank 104451000012 \
                --evidence 变更函-2018-03 --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The payee.") var payee: String
        @Option(help: "The name that the account is held in.") var name: String
        @Option(help: "The account: 6 to 32 digits, dashes allowed.") var account: String
        @Option(help: "The bank's 联行号, 12 digits.") var bank: String
        @Option(help: "The document that shows it.") var evidence: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let entered: PayeeAccount
            do {
                entered = try PayeeAccount(name: name, account: account, bankCode: bank)
            } catch {
                throw CommandFailure.usage("The account \(error.sentence).")
            }
            let receipt = try await service.proposeChange(
                of: try service.identifier(payee), to: entered, evidence: evidence, call)
            var report = Report()
            report.add("change", "change 账户变更", .event(receipt.event))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct ApproveChange: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a payee's new bank account, as a second person.",
            discussion: "Example: wenhui payee approve-change 2 --change 1234 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The payee.") var payee: String
        @Option(help: "The change, by the event that proposed it: payee list shows it.") var change: UInt64

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: PayeeID = try service.identifier(payee)
                return ApprovePayeeChange.with { ($0.payee, $0.proposal) = (id, change) }
            }
        }
    }

    struct RejectChange: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn a payee's new bank account down.",
            discussion:
                "Example: wenhui payee reject-change 2 --change 1234 --reason 户名不符 --as finance.approver"
        )
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The payee.") var payee: String
        @Option(help: "The change, by the event that proposed it.") var change: UInt64
        @Option(help: "Why.") var reason: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: PayeeID = try service.identifier(payee)
                return RejectPayeeChange.with { ($0.payee, $0.proposal, $0.reason) = (id, change, reason) }
            }
        }
    }

    private static func set(
        _ isHeld: Bool, _ payee: String, _ reason: String, _ session: Session, _ options: GlobalOptions,
        _ acting: ActingOptions
    ) async throws -> Report {
        try await moved(session, options, acting, nil) { service in
            let id: PayeeID = try service.identifier(payee)
            return HoldPayee.with { ($0.payee, $0.isHeld, $0.reason) = (id, isHeld, reason) }
        }
    }
}

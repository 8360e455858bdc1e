import ArgumentParser
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage

/// Who decides about accounts on the command line: whoever has the machine, unless they say otherwise.
struct OwnerOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "Who acts; system is whoever has this machine.")
    var principal = Principal.system.name

    @Option(help: "The idempotency key; made and printed when it is not given.")
    var key: String?
}

/// `wenhui account`: people who sign in to `wenhui serve`, and what they are.
struct AccountGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "People's accounts (账号): roles, invitations, what happened at the door.",
        discussion: """
            The first administrator is made here; from then on administrators grant over HTTP, never to themselves. An \
            invitation lets somebody choose a password and a second factor, once: POST enrolments.

            Example: wenhui account grant admin --role administrator
            """,
        subcommands: [Grant.self, Invite.self, List.self, History.self])

    struct Grant: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an account its roles in place of those that it had (授权); none shuts it out.",
            discussion: "Example: wenhui account grant finance-1 --role finance-officer")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: OwnerOptions
        @Argument(help: "The account: letters, digits, -, _ and .") var account: String
        @Option(
            name: .customLong("role"),
            help:
                "What it is; may be repeated: \(Role.allCases.filter { $0 != .resident }.map(\.name).joined(separator: ", "))."
        )
        var roles: [String] = []
        @Option(help: "Whose books a bookkeeper reads.") var merchant: String?
        @Option(help: "Where a cashier redeems: platform id or number.") var outlet: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let wanted = try roles.map { text in
                guard let role = Role(name: text) else {
                    let known = Role.allCases.map(\.name).joined(separator: ", ")
                    throw CommandFailure.usage("--role \(text) is not known. There are: \(known).")
                }
                return role
            }
            let call = try session.call(as: acting.principal, acting.key, service)
            let receipt = try await service.grant(
                account, Set(wanted), merchant: try merchant.map { try service.identifier($0) },
                outlet: try outlet.map { try service.till(outlet: $0, terminal: nil).0 }, call)
            var report = Report()
            report.add("account", "account 账号", .text(account))
            report.add("roles", "roles 角色", .text(roles.joined(separator: " ")))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Invite: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let an account choose a password and a second factor, anew where it had them (重置).",
            discussion: "Example: wenhui account invite finance-1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: OwnerOptions
        @Argument(help: "The account.") var account: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(as: acting.principal, acting.key, service)
            let made = try await Accounts(service, session.system.office).invite(account, call)
            var report = Report()
            report.add("code", "invitation 邀请码（只显示这一次）", .text(made.code))
            report.add("expiry", "until 有效至", .instant(made.expiry))
            report.addReceipt(made.receipt, call)
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List accounts.", discussion: "Example: wenhui account list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Accounts 账号",
                [
                    ("account", "account 账号"), ("roles", "roles 角色"), ("merchant", "merchant 商户"),
                    ("outlet", "outlet 网点"), ("enrolled", "enrolled 已启用"),
                ])
            for service in try session.services(options) {
                let accounts = Accounts(service, session.system.office)
                for (account, grant) in try service.state({ $0.grants }).sorted(by: { $0.key < $1.key }) {
                    table.append([
                        .text(account), .text(grant.roles.map(\.name).joined(separator: " ")),
                        grant.merchant == .none ? .none : .text(grant.merchant.text(in: service.ledger)),
                        grant.outlet == .none ? .none : .text(grant.outlet.text(in: service.ledger)),
                        .flag(try accounts.isEnrolled(account)),
                    ])
                }
            }
            var report = Report()
            report.add("accounts", table)
            return report
        }
    }

    struct History: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "What happened at the door, the latest first: grants, sign-ins, failures, denials, looks.",
            discussion: "Example: wenhui account history --limit 20")
        @OptionGroup var options: GlobalOptions
        @Option(help: "How many at most.") var limit = 100

        func validate() throws {
            guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000.") }
        }

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "The door 门禁记录",
                [
                    ("event", "event 事件"), ("instant", "at 时间"), ("kind", "what 事项"), ("by", "by 经办"),
                    ("account", "account 账号"), ("about", "about 说明"),
                ])
            for service in try session.services(options) {
                let rows = try service.query { (model) throws(StorageError) in
                    try model.accessEvents(before: UInt64(Int64.max), limit: limit, service.ledger)
                }
                for row in rows {
                    table.append([
                        .event(row.event), .instant(row.instant), .text(row.kind.name),
                        .text(row.principal.name), .text(row.account), .text(row.about),
                    ])
                }
            }
            var report = Report()
            report.add("history", table)
            return report
        }
    }
}

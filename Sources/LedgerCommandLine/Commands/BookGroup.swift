import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui book`: the books of one ledger, or of all.
struct BookGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "book",
        abstract: "The book (账): trial balance, check, replay; all ledgers without --ledger.",
        discussion: "Example: wenhui book check",
        subcommands: [TrialBalance.self, Check.self, Replay.self])

    struct TrialBalance: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "trial-balance", abstract: "The trial balance (试算平衡), fund by fund.",
            discussion: "Example: wenhui book trial-balance")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var report = Report()
            report.add("trialBalance", try trialBalanceTable(try session.services(options)))
            return report
        }
    }

    struct Check: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every invariant, and the read model against the state.",
            discussion: "Example: wenhui book check")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            try checked(session, options) { service in try service.checkBook() }
        }
    }

    struct Replay: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide every event of the log again and compare.",
            discussion: "Example: wenhui book replay")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            try checked(session, options) { service in
                let total = try service.state { Int($0.size) }
                let progress = Progress("replay \(service.ledger)")
                return try service.replayBook { progress.show(Int($0), of: total) }
            }
        }
    }

    private static func checked(
        _ session: Session, _ options: GlobalOptions, _ body: (LedgerService) throws -> BookCheck
    ) throws -> Report {
        var table = ReportTable(
            "Books 账簿检查",
            [
                ("ledger", "ledger"), ("practice", "演练"), ("events", "events 事件"), ("funds", "funds 资金"),
                ("accounts", "accounts 科目"), ("sound", "sound 正确"),
            ])
        for service in try session.services(options) {
            let check = try body(service)
            table.append([
                .text("\(service.ledger)"), .flag(try session.isPractice(service)),
                .number(Int(check.events)), .number(check.funds),
                .number(check.accounts), .flag(true),
            ])
        }
        var report = Report()
        report.add("books", table)
        return report
    }
}

/// The trial balance of ledgers: one row a fund, one column a kind of account.
func trialBalanceTable(_ services: [LedgerService]) throws -> ReportTable {
    var table = ReportTable(
        "Trial balance 试算平衡 (treasury = all the others, fund by fund)",
        [
            ("ledger", "ledger"), ("practice", "演练"), ("fund", "fund"), ("treasury", "treasury 国库"),
            ("unallocated", "fund 未分配"),
            ("remitted", "remitted 已拨出"), ("programme", "programme 活动"), ("batch", "batch 批次"),
            ("voucher", "voucher 券"), ("payable", "payable 应付"), ("clearing", "clearing 在途"),
            ("closes", "closes 平"),
        ])
    for service in services {
        let (rows, funds) = try service.query { (model) throws(StorageError) in
            (try model.trialBalance(service.ledger), try model.funds(service.ledger))
        }
        let practice = try service.state { $0.profile?.practice ?? false }
        for fund in funds {
            func sum(_ kind: Account.Kind) -> Amount {
                rows.first { $0.fund == fund.id && $0.kind == kind }?.amount ?? .zero
            }
            let others = Account.Kind.allCases.filter { $0 != .treasury }.reduce(Amount.zero) { $0 + sum($1) }
            table.append([
                .text("\(service.ledger)"), .flag(practice),
                .text("\(fund.id.text(in: service.ledger)) \(fund.level)"),
                .amount(sum(.treasury)), .amount(sum(.fund)), .amount(sum(.remitted)),
                .amount(sum(.programme)), .amount(sum(.batch)), .amount(sum(.voucher)),
                .amount(sum(.payable)), .amount(sum(.clearing)), .flag(sum(.treasury) == others),
            ])
        }
    }
    return table
}

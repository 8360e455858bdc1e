import ArgumentParser
import Foundation
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui settlement`: build → seal → approve → export → pay.
struct SettlementGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settlement", abstract: "Settlements (结算): build, seal, approve, export, pay.",
        discussion: "Example: wenhui settlement list",
        subcommands: [
            Build.self, Seal.self, Approve.self, Reject.self, Hold.self, Export.self, Pay.self, Bounce.self,
            Profile.self, List.self, Show.self,
        ])

    struct Build: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Begin a settlement of what is owed up to a day.",
            discussion: "Example: wenhui settlement build --through 2018-06-30")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The last business day.", transform: Typed.day) var through: BusinessDay

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.perform(
                BuildSettlement.with { $0.through = through }, call)
            let (due, waiting) = try service.state {
                ($0.payable(through: through), $0.waiting(through: through))
            }
            var report = Report()
            report.add("settlement", "settlement 结算单", .id(receipt.accepted.settlement, service.ledger))
            report.add("lines", "lines to seal 待封存行数", .number(due.count))
            report.add("amount", "amount 金额", .amount(due.reduce(.zero) { $0 + $1.amount }))
            report.addReceipt(receipt, call)
            report.addWaiting(waiting, service.ledger)
            return report
        }
    }

    struct Seal: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal a settlement: its lines are final and hashed.",
            discussion: "Example: wenhui settlement seal 1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The settlement.") var settlement: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let summary = try await service.seal(try service.identifier(settlement), call)
            var report = Report()
            report.add("lines", "lines 行数", .number(Int(summary.seal.lines)))
            report.add("total", "total 合计", .amount(summary.seal.total))
            report.add("digest", "digest 摘要", .text(summary.seal.digest.hex))
            report.add("carried", "carried over 结转", .number(summary.carried.count))
            report.add("key", "key 幂等键", .text(call.key))
            report.addWaiting(summary.carried, service.ledger)
            return report
        }
    }

    struct Approve: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a sealed settlement, as a second person.",
            discussion: "Example: wenhui settlement approve 1 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The settlement.") var settlement: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: SettlementID = try service.identifier(settlement)
                return ApproveSettlement.with { $0.settlement = id }
            }
        }
    }

    struct Reject: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reject a sealed settlement: every line is owed again.",
            discussion: "Example: wenhui settlement reject 1 --reason 账号有误 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The settlement.") var settlement: String
        @Option(help: "Why.") var reason: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            try await service.reject(try service.identifier(settlement), reason: reason, call)
            var report = Report()
            report.add("rejected", "rejected 退回", .flag(true))
            report.add("key", "key 幂等键", .text(call.key))
            return report
        }
    }

    struct Hold: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undo the lines of merchants and payees that are held, before the bank is asked.",
            discussion: "Example: wenhui settlement hold 1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The settlement.") var settlement: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let held = try await service.holdLines(of: try service.identifier(settlement), call)
            var report = Report()
            report.add("held", "held lines 扣留行数", .number(held))
            return report
        }
    }

    struct Pay: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Post what the bank's return says, line by line; the same file twice changes nothing.",
            discussion: """
                CSV with the columns reference, amount_yuan, date, status (paid, failed, returned), bank_reference, reason; or
                camt.053 and camt.054 as the bank sends them, in which only what names one of our lines is posted.
                Example: wenhui settlement pay bank-return.csv
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The bank's return (CSV or camt).") var file: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let summary = try await service.pay(try BankReturnFile(readFile(file)), call)
            var report = Report()
            report.add("paid", "paid 已付", .number(summary.paid))
            report.add("amount", "amount 金额", .amount(summary.amount))
            report.add("failed", "failed 失败", .number(summary.failed))
            report.add("returned", "returned 退票", .number(summary.returned))
            report.add("replayed", "repeated 重复", .number(summary.replayed))
            report.add("skipped", "skipped 跳过", .number(summary.skipped.count))
            if !summary.skipped.isEmpty {
                var table = ReportTable("Skipped rows 跳过的行", [("line", "line"), ("reason", "reason")])
                for row in summary.skipped { table.append([.number(row.line), .text(row.reason)]) }
                report.add("skippedRows", table)
            }
            return report
        }
    }

    struct Bounce: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "A payment came back after it was confirmed: its line is owed again.",
            discussion: "Example: wenhui settlement bounce 1 --line 2 --note 账户已注销")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The settlement.") var settlement: String
        @Option(help: "The line.") var line: UInt32
        @Option(help: "The bank's reason.") var note: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: SettlementID = try service.identifier(settlement)
                return UndoLine.with {
                    $0.settlement = id
                    $0.line = line
                    $0.reason = .bounced
                    $0.note = note
                }
            }
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List settlements.", discussion: "Example: wenhui settlement list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Settlements 结算单",
                [
                    ("settlement", "settlement"), ("through", "through 截至"), ("status", "status 状态"),
                    ("maker", "maker 经办"), ("approvedBy", "approved by 审批"),
                ])
            for service in try session.services(options) {
                let rows = try service.query { (model) throws(StorageError) in
                    try model.settlements(service.ledger)
                }
                for view in rows {
                    table.append([
                        .id(view.row.id, service.ledger), .text(view.row.through.text),
                        .text("\(view.status)"), .text(view.row.maker.name),
                        view.approvedBy.map { .text($0.name) } ?? .none,
                    ])
                }
            }
            var report = Report()
            report.add("settlements", table)
            return report
        }
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a settlement's lines.", discussion: "Example: wenhui settlement show 1")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The settlement.") var settlement: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: SettlementID = try service.identifier(settlement)
            guard try service.state({ $0.settlements.contains(id) }) else {
                throw ServiceError.refused(.unknownSettlement, event: nil)
            }
            let lines = try service.query { (model) throws(StorageError) in
                try model.settlementLines(id, service.ledger)
            }
            var table = ReportTable(
                "Settlement \(id.text(in: service.ledger)) 结算明细",
                [
                    ("reference", "reference"), ("payee", "payee 收款方"), ("fund", "fund 资金"),
                    ("amount", "amount 金额"), ("status", "status 状态"), ("note", "note 备注"),
                ])
            for view in lines {
                table.append([
                    .text(service.reference(id, view.row.line)), .number(Int(view.row.payee.rawValue)),
                    .id(view.row.fund, service.ledger), .amount(view.row.amount), .text("\(view.status)"),
                    .text(view.note),
                ])
            }
            var report = Report()
            report.add("lines", table)
            report.addWaiting(try service.waiting(id), service.ledger)
            return report
        }
    }
}

extension Report {
    /// What stands in no line of a settlement, and why; nothing where all does.
    fileprivate mutating func addWaiting(_ waiting: [WaitingMoney], _ ledger: LedgerCode) {
        guard !waiting.isEmpty else { return }
        var table = ReportTable(
            "Not in it 未列入",
            [
                ("payee", "payee 收款方"), ("merchant", "merchant 商户"), ("fund", "fund 资金"),
                ("amount", "amount 金额"), ("reason", "reason 原因"),
            ])
        for money in waiting {
            table.append([
                .number(Int(money.payee.rawValue)), money.merchant.map { .id($0, ledger) } ?? .none,
                .id(money.fund, ledger), .amount(money.amount), .text(money.reason.sentence.chinese),
            ])
        }
        add("waiting", table)
    }
}

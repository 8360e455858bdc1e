import ArgumentParser
import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui difference`: the queue of what two sides do not agree on.
struct DifferenceGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "difference",
        abstract: "Differences (差异): who works on them, what shows them, how two persons put them to rest.",
        discussion: """
            `reconcile bill … --record` and `merchant dispute` fill the queue. A difference is named by the first digits of its
            number. It is put to rest by a new entry, a corrected statement or an accepted reason, and reopened by evidence.

            Example: wenhui difference list
            """,
        subcommands: [
            List.self, Show.self, Ageing.self, Assign.self, Note.self, Attach.self, Resolve.self,
            Approve.self, Reject.self, Reopen.self,
        ])

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List differences that are not at rest.",
            discussion: "Example: wenhui difference list --owner finance --with 微信支付")
        @OptionGroup var options: GlobalOptions
        @Flag(help: "Those at rest too.") var all = false
        @Option(help: "Those with one counterparty alone, by its name or the beginning of it.") var with:
            String?
        @Option(help: "Those that one account works on alone.") var owner: String?
        @Option(help: "The file to write (.csv or .xlsx); it must not exist.") var output: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let known = try session.differences(service).list()
            // A counterparty may have a channel or a merchant behind its name.
            func isWith(_ difference: Difference) -> Bool {
                guard let with else { return true }
                return difference.counterparty == with || difference.counterparty.hasPrefix(with + " ")
            }
            guard known.isEmpty || known.contains(where: isWith) else {
                let names = Set(known.map(\.counterparty)).sorted().joined(separator: ", ")
                throw CommandFailure.usage(
                    "No difference is with \(with ?? ""); there are some with \(names).")
            }
            let found = known.filter { difference in
                (all || difference.status != .resolved) && isWith(difference)
                    && (owner.map { difference.owner == $0 } ?? true)
            }
            var report = Report()
            if let output {
                try WorkbookOutput.write(
                    found.workbook(in: service.ledger, at: try service.state { $0.lastInstant }), to: output)
                report.add("file", "file 文件", .text(output))
            }
            report.add("count", "differences 差异笔数", .number(found.count))
            report.add("net", "ledger less the others 净差额", .amount(found.reduce(.zero) { $0 + $1.amount }))
            report.add("differences", table(found))
            return report
        }

        private func table(_ found: [Difference]) -> ReportTable {
            var table = ReportTable(
                "Differences 差异",
                [
                    ("difference", "difference"), ("kind", "kind 类别"), ("with", "with 对方"),
                    ("reference", "reference 单号"), ("ledger", "ledger 账面"), ("statement", "statement 对方"),
                    ("bank", "bank 银行"), ("failed", "failed 未成功"),
                    ("age", "days 账龄"), ("owner", "owner 经办"), ("status", "status 状态"), ("gone", "hint 提示"),
                ])
            for difference in found {
                table.append([
                    .text(difference.shortID), .text(difference.kind.name.chinese),
                    .text(difference.counterparty), .text(difference.reference),
                    difference.ledger.map { .amount($0.amount) } ?? .none,
                    difference.statement.map { .amount($0.amount) } ?? .none,
                    difference.bank.map { .amount($0.amount) } ?? .none, .text(difference.failedSides),
                    .number(difference.age),
                    .text(difference.owner ?? "—"), .text(difference.status.rawValue),
                    .text(difference.hint?.chinese ?? ""),
                ])
            }
            return table
        }
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "All that is known of one difference.",
            discussion: "Example: wenhui difference show 4f1c")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The difference.") var difference: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let found = try session.differences(service).find(difference)
            var report = Report()
            report.add("difference", "difference 差异", .text(found.id.bytes.hexadecimal))
            report.add("kind", "kind 类别", .text("\(found.kind.name.chinese) (\(found.kind))"))
            report.add("with", "with 对方", .text(found.counterparty))
            report.add("reference", "reference 单号", .text(found.reference))
            report.add("ledgerEvent", "ledger's event 账面事件", found.ledger.map { .event($0.line) } ?? .none)
            report.add("ledger", "ledger 账面", found.ledger.map { .amount($0.amount) } ?? .none)
            report.add("ledgerDay", "on 账面日期", found.ledger.map { .text($0.day.text) } ?? .none)
            report.add("statement", "statement 对方", found.statement.map { .amount($0.amount) } ?? .none)
            report.add("statementDay", "on 对方日期", found.statement.map { .text($0.day.text) } ?? .none)
            report.add("statementLine", "file line 行号", found.statement.map { .event($0.line) } ?? .none)
            if let bank = found.bank {
                report.add("bank", "bank 银行", .amount(bank.amount))
                report.add("bankDay", "on 银行日期", .text(bank.day.text))
                report.add("bankLine", "file line 行号", .event(bank.line))
            }
            report.add("failed", "failed 未成功", .text(found.failedSides))
            report.add("amount", "apart 差额", .amount(found.amount))
            report.add("source", "file's SHA-256 文件摘要", .text(found.source.bytes.hexadecimal))
            report.add("run", "last run 最近登记", .event(found.lastRun))
            report.add("age", "days 账龄", .number(found.age))
            report.add("owner", "owner 经办", found.owner.map { .text($0) } ?? .none)
            report.add("status", "status 状态", .text(found.status.rawValue))
            if let hint = found.hint { report.add("hint", "hint 提示", .text(hint.chinese)) }
            report.add("notes", notes(found))
            report.add("evidence", evidence(found))
            report.add("resolutions", try resolutions(found, service))
            return report
        }

        private func notes(_ found: Difference) -> ReportTable {
            var table = ReportTable("Notes 备注", [("at", "at"), ("by", "by"), ("text", "text")])
            for note in found.notes {
                table.append([.instant(note.instant), .text(note.principal.name), .text(note.text)])
            }
            return table
        }

        private func evidence(_ found: Difference) -> ReportTable {
            var table = ReportTable(
                "Evidence 凭据", [("at", "at"), ("by", "by"), ("name", "name"), ("digest", "SHA-256")])
            for piece in found.evidence {
                table.append([
                    .instant(piece.instant), .text(piece.principal.name), .text(piece.name),
                    .text(piece.digest.bytes.hexadecimal),
                ])
            }
            return table
        }

        private func resolutions(_ found: Difference, _ service: LedgerService) throws -> ReportTable {
            var table = ReportTable(
                "Resolutions 处理",
                [
                    ("resolution", "resolution"), ("manner", "manner 方式"), ("posting", "event 分录事件"),
                    ("entry", "entry 分录"),
                    ("note", "note 说明"), ("maker", "maker 经办"), ("status", "status 状态"),
                    ("decidedBy", "decided by 审批"), ("reason", "reason 原因"),
                ])
            for view in found.resolutions {
                table.append([
                    .id(view.row.id, service.ledger), .text("\(view.row.asked.manner)"),
                    view.row.asked.posting.map { .event($0) } ?? .none,
                    .text(try view.row.asked.posting.map { try service.entry($0) } ?? ""),
                    .text(view.row.asked.note),
                    .text(view.row.maker.name), .text("\(view.status)"),
                    view.decidedBy.map { .text($0.name) } ?? .none, .text(view.note),
                ])
            }
            return table
        }
    }

    struct Ageing: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "How old the differences are that are not at rest (账龄).",
            discussion: "Example: wenhui difference ageing")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let open = try session.differences(service).list().filter { $0.status != .resolved }
            var table = ReportTable(
                "Ageing 账龄",
                [("with", "with 对方"), ("kind", "kind 类别")]
                    + Difference.ageClasses.map { ($0.key, $0.title) } + [("net", "net 净差额")])
            struct Group: Hashable {
                var with: String
                var kind: Resolution.Class
            }
            let groups = Dictionary(grouping: open) { Group(with: $0.counterparty, kind: $0.kind) }
            for (group, found) in groups.sorted(by: {
                ($0.key.with, $0.key.kind.rawValue) < ($1.key.with, $1.key.kind.rawValue)
            }) {
                table.append(
                    [.text(group.with), .text(group.kind.name.chinese)]
                        + Difference.ageClasses.map { ages in
                            .number(found.count { ages.days.contains($0.age) })
                        } + [.amount(found.reduce(.zero) { $0 + $1.amount })])
            }
            var report = Report()
            report.add("count", "differences 差异笔数", .number(open.count))
            report.add("ageing", table)
            return report
        }
    }
}

extension MerchantGroup {
    struct Dispute: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Dispute a line of a merchant's statement (争议): it opens a difference.",
            discussion: """
                The line is named by its event, the last column of the statement.
                Example: wenhui merchant dispute 1 --event 120 --claims 30.00 --note 应补三十元 --as shop
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The merchant.") var merchant: String
        @Option(help: "The event of the line.") var event: UInt64
        @Option(help: "Yuan that the merchant says it is owed for it.", transform: Typed.amountOrZero)
        var claims: Amount?
        @Option(help: "What is wrong.") var note: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let found = try session.differences(service).dispute(
                event, by: try service.identifier(merchant), claimed: claims, note,
                try session.call(acting, service))
            var report = Report()
            report.add("difference", "difference 差异", .text(found.shortID))
            report.add("ledger", "ledger 账面", found.ledger.map { .amount($0.amount) } ?? .none)
            return report
        }
    }
}

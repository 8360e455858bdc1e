import ArgumentParser
import AuditLog
import Foundation
import LedgerDomain
import LedgerService
import StatementFormats

/// `wenhui risk`: what looks odd, and what people made of it.
struct RiskGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "risk",
        abstract: "Risks (风险清单): what looks odd, with the events that show it; nobody is punished by it.",
        discussion: """
            Redemptions too often by one resident, terminal, outlet or cashier; odd hours; bills that just reach the threshold;
            sales in parts; prices above the listed or usual one; one collector of many vouchers; redemptions in the own shop;
            bursts before expiry. Thresholds are a file. A list changes nothing: to hold money takes `risk hold`.

            Example: wenhui risk list
            """,
        subcommands: [
            List.self, Show.self, Evidence.self, Verify.self, Watch.self, Clear.self, Hold.self, Rules.self,
            Relate.self, Unrelate.self,
        ])

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what looks odd in some business days, the last 31 unless told.",
            discussion:
                "Example: wenhui risk list --from 2018-06-01 --through 2018-06-30 --signal split-sales")
        @OptionGroup var options: GlobalOptions
        @Option(help: "The first business day.", transform: Typed.day) var from: BusinessDay?
        @Option(help: "The last business day.", transform: Typed.day) var through: BusinessDay?
        @Option(help: "One signal alone.") var signal: RiskSignal?
        @Flag(help: "Those that were cleared, too.") var all = false
        @Option(help: "The file to write (.csv or .xlsx); it must not exist.") var output: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let risks = session.risks(service)
            let (first, last) = try risks.days(from: from, through: through)
            let found = try risks.list(from: first, through: last).filter { risk in
                (all || risk.standing != .cleared) && (signal.map { risk.finding.signal == $0 } ?? true)
            }
            var report = Report()
            if let output {
                let sheet = Workbook.Sheet(found, in: service.ledger)
                let title = "风险清单 \(first.text) – \(last.text)"
                try WorkbookOutput.write(
                    Workbook(title, at: try service.state { $0.lastInstant }, [sheet]), to: output)
                report.add("file", "file 文件", .text(output))
            }
            report.add("from", "from 起", .text(first.text))
            report.add("through", "through 止", .text(last.text))
            report.add("count", "risks 风险提示", .number(found.count))
            var signals = ReportTable(
                "By signal 按信号",
                [("signal", "signal"), ("name", "name"), ("count", "count 件数"), ("amount", "amount 金额")])
            for (signal, group) in Dictionary(grouping: found, by: \.finding.signal)
                .sorted(by: { $0.key.rawValue < $1.key.rawValue })
            {
                signals.append([
                    .text(signal.rawValue), .text(signal.name.chinese), .number(group.count),
                    .amount(group.reduce(.zero) { $0 + $1.finding.amount }),
                ])
            }
            if !signals.rows.isEmpty { report.add("signals", signals) }
            var table = ReportTable(
                "Risks 风险提示",
                [
                    ("risk", "risk"), ("signal", "signal 信号"), ("subject", "about 对象"),
                    ("reason", "why 依据"), ("amount", "amount 金额"), ("standing", "status 状态"),
                ])
            for risk in found {
                let finding = risk.finding
                table.append([
                    .text(finding.id), .text("\(finding.signal.name.chinese) (\(finding.signal.rawValue))"),
                    .text(finding.subject.text(in: service.ledger)), .text(finding.reason.chinese),
                    .amount(finding.amount), .text(risk.standing.rawValue),
                ])
            }
            report.add("risks", table)
            return report
        }
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "All that is known of one risk, with its events.",
            discussion: "Example: wenhui risk show 20180605-3fa9c1e2d4b5a697")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The risk.") var risk: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let risks = session.risks(service)
            let found = try risks.find(risk)
            let (finding, ledger) = (found.finding, service.ledger)
            var report = Report()
            report.add("risk", "risk 风险提示", .text(finding.id))
            report.add(
                "signal", "signal 信号", .text("\(finding.signal.name.chinese) (\(finding.signal.rawValue))"))
            report.add("subject", "about 对象", .text(finding.subject.text(in: ledger)))
            report.add(
                "merchants", "merchants 商户",
                .text(finding.merchants.map { $0.text(in: ledger) }.joined(separator: " ")))
            report.add("from", "from 起", .instant(finding.from))
            report.add("through", "through 止", .instant(finding.through))
            report.add("reason", "why 依据", .text("\(finding.reason.chinese) / \(finding.reason.english)"))
            report.add("amount", "amount 金额", .amount(finding.amount))
            report.add("standing", "status 状态", .text(found.standing.rawValue))
            var reviews = ReportTable(
                "Reviews 核查记录",
                [
                    ("at", "at"), ("by", "by"), ("verdict", "verdict 结论"), ("note", "note 说明"),
                    ("event", "event 事件"),
                ])
            for review in found.reviews {
                reviews.append([
                    .instant(review.instant), .text(review.principal.name), .text("\(review.verdict)"),
                    .text(review.note), review.event.map { .event($0) } ?? .none,
                ])
            }
            report.add("reviews", reviews)
            var events = ReportTable(
                "Events 证据事件",
                [
                    ("event", "event"), ("at", "at"), ("type", "type 类型"), ("outlet", "outlet 网点"),
                    ("bill", "bill 消费"), ("subsidy", "subsidy 补贴"),
                ])
            let sheet = try risks.events(of: finding)
            for row in sheet.rows.prefix(100) {
                events.append([row[0], row[1], row[2], row[3], row[8], row[9]].map(Cell.init))
            }
            report.add("count", "events 事件", .number(sheet.rows.count))
            report.add("events", events)
            return report
        }
    }

    struct Evidence: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write a risk's evidence (证据包): what was found, its events, and the proofs that the log has them.",
            discussion: """
                Whoever has the log's verifier key checks it without us: `wenhui risk verify FOLDER --key …`.
                Example: wenhui risk evidence 20180605-3fa9c1e2d4b5a697 --output evidence
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The risk.") var risk: String
        @Option(help: "The folder to write; it must not exist.") var output: String

        func run(_ session: Session) async throws -> Report {
            let risks = session.risks(try session.service(options))
            let evidence = try risks.evidence(of: try risks.find(risk))
            let folder = try NewFolder(output)
            do {
                for file in evidence.files { try folder.write(file.bytes, to: file.path) }
            } catch {
                folder.remove()
                throw error
            }
            var report = Report()
            report.add("folder", "folder 文件夹", .text(output))
            report.add("files", "files 文件数", .number(evidence.files.count))
            return report
        }
    }

    struct Verify: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a risk's evidence; needs no data folder and no network.",
            discussion: "Example: wenhui risk verify evidence --key wenhui/370782+…")
        @Argument(help: "The folder.") var folder: String
        @OptionGroup var trust: TrustOptions
        @Flag(help: "Print one JSON document instead of tables; amounts in fen.") var json = false

        func report() async throws -> Report {
            let place = URL(filePath: folder)
            func read(_ path: String) throws -> [UInt8] { try readFile(place.appending(path: path).path) }
            let (log, areOwn) = try trust.log { try? read($0) }
            let policy = try trust.policy { _ in nil }
            let (summary, receipts) = try RiskEvidence.verify(log: log, policy: policy, read: read)
            var report = Report()
            report.add("verified", "verified 验证通过", .flag(true))
            // Whoever made the folder could have put another key in it.
            if !areOwn { report.add("key", "key 验证密钥", .text("the folder's own 取自文件夹本身")) }
            report.add("events", "events proved 已证明事件", .number(receipts.count))
            let subsidy = receipts.reduce(Amount.zero) { $0 + ($1.redeemed?.subsidy ?? .zero) }
            report.add("subsidy", "their subsidy 其中补贴", .amount(subsidy))
            report.add("risk", "as told, risk 所述编号", .text(summary.risk))
            report.add("signal", "as told, signal 所述信号", .text(summary.signal))
            report.add("subject", "as told, about 所述对象", .text(summary.subject))
            report.add("reason", "as told, why 所述依据", .text(summary.reason))
            if let size = receipts.map(\.checkpoint.checkpoint.head.size).max() {
                report.add("of", "of 共", .event(size))
            }
            return report
        }
    }
}

extension RiskSignal: ExpressibleByArgument {}

extension Cell {
    /// A workbook's value as a command prints it.
    fileprivate init(_ value: Workbook.Value) {
        switch value {
        case .text(let text): self = .text(text)
        case .number(let number): self = .number(number)
        case .amount(let amount): self = .amount(amount)
        case .instant(let instant): self = .instant(instant)
        case .none: self = .none
        default: self = .text(value.forPeople)
        }
    }
}

extension Workbook.Sheet {
    /// A list of risks.
    fileprivate init(_ risks: [Risks.Risk], in ledger: LedgerCode) {
        self.init(
            "风险清单",
            [
                .init("编号 risk"), .init("信号 signal"), .init("对象 about"), .init("商户 merchants"),
                .init("起 from"), .init("止 through"), .init("笔数 count"), .init("金额 amount", isSummed: true),
                .init("依据 why"), .init("状态 status"), .init("说明 note"),
                .init("事件 events"),
            ])
        for risk in risks {
            let finding = risk.finding
            append([
                .text(finding.id), .text(finding.signal.name.chinese),
                .text(finding.subject.text(in: ledger)),
                .text(finding.merchants.map { $0.text(in: ledger) }.joined(separator: " ")),
                .instant(finding.from), .instant(finding.through), .number(finding.count),
                .amount(finding.amount), .text(finding.reason.chinese), .text(risk.standing.rawValue),
                .text(risk.reviews.last?.note ?? ""),
                .text(
                    finding.events.prefix(Risks.Risk.listedEvents).map(String.init).joined(separator: " ")
                        + (finding.events.count > Risks.Risk.listedEvents ? " …" : "")),
            ])
        }
    }
}

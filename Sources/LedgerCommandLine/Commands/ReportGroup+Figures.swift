import ArgumentParser
import Cryptography
import LedgerDomain
import LedgerService
import StatementFormats

/// A report of one kind of period; what differs is the kind alone.
protocol FiguresCommand: LedgerCommand {
    static var kind: FiledReport.Kind { get }
    var period: String { get }
    var output: String? { get }
    var isPublic: Bool { get }
}

extension FiguresCommand {
    static func explained(_ abstract: String, _ example: String) -> CommandConfiguration {
        CommandConfiguration(
            abstract: abstract,
            discussion: """
                FILE ends in .xlsx or .html (every table, with charts), .csv (the indicators), or .json (what is hashed and filed;
                `report roll-up` sums such files). --public merges every cell about fewer than \(PeriodFigures.crowd) people.

                Example: wenhui report \(example)
                """)
    }

    func validate() throws { _ = try Self.kind.period(period) }

    func run(_ session: Session) async throws -> Report {
        let service = try session.service(options)
        let wanted = try Self.kind.period(period)
        let told = try service.figures(wanted)
        let figures = isPublic ? try told.suppressed() : told
        var report = Report()
        if let output {
            if output.hasSuffix(".json") {
                try WorkbookOutput.write(figures.canonicalBytes, to: output)
            } else {
                let names = try service.figureNames(isPublic: isPublic)
                try WorkbookOutput.write(
                    figures.workbook(
                        titled: wanted.title.chinese, at: try service.state { $0.lastInstant }, names),
                    to: output)
            }
            report.add("file", "file 文件", .text(output))
        }
        report.addFigures(figures)
        return report
    }
}

extension ReportGroup {
    struct Month: FiguresCommand {
        static let kind = FiledReport.Kind.month
        static let configuration = explained(
            "A month's figures (月报).", "month 2018-06 --output june.xlsx")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The month: 2018-06.") var period: String
        @Option(help: "The file to write; it must not exist.") var output: String?
        @Flag(name: .customLong("public"), help: "As it may be published (统计公告).") var isPublic = false
    }

    struct Quarter: FiguresCommand {
        static let kind = FiledReport.Kind.quarter
        static let configuration = explained(
            "A quarter's figures (季度报告).", "quarter 2018-Q2 --output q2.html")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The quarter: 2018-Q2, or its first month, 2018-03.") var period: String
        @Option(help: "The file to write; it must not exist.") var output: String?
        @Flag(name: .customLong("public"), help: "As it may be published (统计公告).") var isPublic = false
    }

    struct HalfYear: FiguresCommand {
        static let kind = FiledReport.Kind.halfYear
        static let configuration = explained(
            "The half-yearly statistical return (半年统计报表).", "half-year 2018-H1 --output h1.xlsx")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The half-year: 2018-H1.") var period: String
        @Option(help: "The file to write; it must not exist.") var output: String?
        @Flag(name: .customLong("public"), help: "As it may be published (统计公告).") var isPublic = false
    }

    struct Year: FiguresCommand {
        static let kind = FiledReport.Kind.year
        static let configuration = explained(
            "A year's final account (决算): every fund from appropriation to what is left.",
            "year 2018 --output 2018.xlsx")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The year: 2018.") var period: String
        @Option(help: "The file to write; it must not exist.") var output: String?
        @Flag(name: .customLong("public"), help: "As it may be published (年报).") var isPublic = false
    }

    struct Lines: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "The events behind a period's figures, behind one cell of them, or behind a fund's chain.",
            discussion: """
                Every line is an event of the log: `wenhui audit prove EVENT` proves it, `wenhui audit trace` follows its money.
                Example: wenhui report lines month 2018-06 --by town --key 密州街道 --output lines.csv
                Example: wenhui report lines year 2018 --fund 1 --output fund.csv
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "month, quarter, half-year or year.") var kind: FiledReport.Kind
        @Argument(help: "The period, as for the report.") var period: String
        @Option(help: "A cut of the report, with --key.") var by: PeriodFigures.Dimension?
        @Option(help: "The cell, as the report's first column has it; - for the one without a name.")
        var key: String?
        @Option(help: "A fund, in the place of a cell: every posting that moved its money.") var fund: String?
        @Option(help: "The file to write (.csv or .xlsx); it must not exist.") var output: String

        func validate() throws {
            guard (by == nil) == (key == nil) else { throw ValidationError("--by and --key go together.") }
            guard fund == nil || by == nil else { throw ValidationError("--fund takes the place of --by.") }
            _ = try kind.period(period)
        }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let wanted = try kind.period(period)
            var cell: (dimension: PeriodFigures.Dimension, key: String)?
            if let by, let key { cell = (by, key == "-" || key == "—" ? "" : key) }
            let sheet =
                if let fund {
                    try service.fundLines(wanted, of: try service.identifier(fund))
                } else {
                    try service.figureLines(wanted, of: cell)
                }
            try WorkbookOutput.write(
                Workbook(
                    "\(wanted.title.chinese) 明细", at: try service.state { $0.lastInstant }, [sheet]),
                to: output)
            var report = Report()
            report.add("file", "file 文件", .text(output))
            report.add("lines", "lines 行数", .number(sheet.rows.count))
            return report
        }
    }

    struct RollUp: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "roll-up",
            abstract: "Sum several ledgers' figures into a region's (汇总), and pair their remittances.",
            discussion: """
                FILES are what `report … --output FILE.json` wrote, of one period; their hashes stand in the result, so that
                everybody can see what was signed where. A sum can be summed again: town, county, city, province.

                Example: wenhui report roll-up 370700 a.json b.json --output city.xlsx
                """)
        @Flag(help: "Print one JSON document.") var json = false
        @Argument(help: "The region's GB/T 2260 code.", transform: Typed.ledger) var region: LedgerCode
        @Argument(help: "The figures.") var files: [String]
        @Option(help: "The file to write (.xlsx, .html, .csv or .json); it must not exist.") var output:
            String?

        func run() async throws {
            try await reporting(json: json) {
                let parts = try files.map { path in
                    do {
                        return try PeriodFigures(canonicalBytes: try readFile(path))
                    } catch let error as ServiceError {
                        throw CommandFailure.usage("\(path): \(CommandFailure(error).message)")
                    }
                }
                let rolled = try RolledFigures(parts, into: region)
                var report = Report()
                if let output {
                    if output.hasSuffix(".json") {
                        try WorkbookOutput.write(rolled.figures.canonicalBytes, to: output)
                    } else {
                        let title = "文化消费券汇总 \(region) \(rolled.figures.from) – \(rolled.figures.through)"
                        let end = BusinessDay(text: rolled.figures.through)?.start ?? Instant(microseconds: 0)
                        try WorkbookOutput.write(rolled.workbook(titled: title, at: end), to: output)
                    }
                    report.add("file", "file 文件", .text(output))
                }
                report.addFigures(rolled.figures)
                report.addTransfers(rolled.pairs)
                Console.print(report, json: json)
            }
        }
    }
}

extension PeriodFigures.Dimension: ExpressibleByArgument {}

extension Report {
    /// The figures that people ask for first, and a table by town.
    fileprivate mutating func addFigures(_ figures: PeriodFigures) {
        let total = figures.total
        add("from", "from 起", .text(figures.from))
        add("through", "through 止", .text(figures.through))
        if figures.sources == nil { add("events", "true after events 截至事件", .event(figures.events)) }
        add("claimed", "claimed 领取", .amount(total.claimed))
        add("sales", "redemptions 核销笔数", .number(total.sales))
        add("gross", "gross 消费", .amount(total.gross))
        add("subsidy", "subsidy 补贴", .amount(total.subsidy))
        if !figures.isPublic {
            add("refundedGross", "refunded 退款金额", .amount(total.refundedGross))
            add("refunded", "subsidy given back 退回补贴", .amount(total.refundedSubsidy))
            add("corrected", "corrected 更正", .amount(total.corrected))
            add("netGross", "net gross 净消费", .amount(total.netGross))
            add("netSubsidy", "net subsidy 净补贴", .amount(total.netSubsidy))
            add("ownPaid", "own paid 自付", .amount(total.ownPaid))
            add("lapsed", "lapsed 失效", .amount(total.lapsed))
        }
        if let leverage = total.leverage {
            add(
                "leverage", "gross per yuan 拉动倍数", .text(Workbook.Value.ratio(leverage).forPeople))
        }
        if !figures.isPublic { add("digest", "SHA-256 摘要", .text(figures.digest.hexadecimal)) }
        // What the public is told has no refunds, and nothing less them.
        var table = ReportTable(
            "Towns 镇街",
            [
                ("town", "town"), ("sales", "sales 笔数"), ("gross", "gross 消费"), ("subsidy", "subsidy 补贴"),
            ] + (figures.isPublic ? [] : [("refunds", "refunds 退款"), ("netSubsidy", "net 净补贴")]))
        for cell in figures.cells(by: .town) {
            table.append(
                [
                    .text(cell.key.isEmpty ? "—" : cell.key), .number(cell.figures.sales),
                    .amount(cell.figures.gross), .amount(cell.figures.subsidy),
                ]
                    + (figures.isPublic
                        ? [] : [.number(cell.figures.refunds), .amount(cell.figures.netSubsidy)]))
        }
        if !table.rows.isEmpty { add("towns", table) }
    }

    /// Remittances among the summed ledgers that do not pair up.
    fileprivate mutating func addTransfers(_ pairs: [TransferPair]) {
        add("transfers", "transfers paired 转移支付相符", .number(pairs.count { $0.standing == .matched }))
        var table = ReportTable(
            "Transfers to look at 待核对的转移支付",
            [
                ("sender", "sender 转出"), ("receiver", "receiver 转入"), ("event", "event 发出事件"),
                ("sent", "sent"), ("received", "received"), ("standing", "standing 核对"),
            ])
        for pair in pairs where pair.standing != .matched {
            table.append([
                .text(pair.sender), .text(pair.receiver), .event(pair.remit),
                pair.sent.map { .amount($0) } ?? .none, pair.received.map { .amount($0) } ?? .none,
                .text("\(pair.standing.name.chinese) (\(pair.standing.rawValue))"),
            ])
        }
        if !table.rows.isEmpty { add("open", table) }
    }
}

import ArgumentParser
import CBOR
import Foundation
import LedgerDomain
import LedgerService
import OfflineTill
import RedemptionTokens

/// `wenhui till`: a cashier's side where there is no network.
struct TillGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "till",
        abstract: "An offline till (离线收银): sync, sell, cancel, upload what was sold.",
        discussion: """
            A till is a folder of its own. Enrol, sync and upload reach the ledger; sell, cancel and status do not.
            Example: wenhui till sell --till ./till --bill 120.00 --order A-1 WH2:…
            """,
        subcommands: [Enrol.self, Sync.self, Sell.self, Cancel.self, Status.self, Upload.self])

    struct Place: ParsableArguments {
        @Option(help: "The till's folder.") var till = "./wenhui-till"
    }

    struct Enrol: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a till for an outlet, with everything that it needs to sell offline.",
            discussion: "Example: wenhui till enrol --till ./till --outlet ZC-0001")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var place: Place
        @Option(help: "The outlet's platform id or number.") var outlet: String
        @Option(help: "The terminal's serial.") var terminal: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let (outlet, terminal) = try service.till(outlet: outlet, terminal: terminal)
            let pack = try await service.tillPack(for: outlet, terminal: terminal, call)
            let now = try service.tokenInstant(call)
            let till = try Till.enrol(in: place.till, pack: pack, listKey: service.listKey, now: now)
            return till.status(now: now).report
        }
    }

    struct Sync: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch today's keys, revocations and rules.",
            discussion: "Example: wenhui till sync --till ./till")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var place: Place

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let till = try Till(opening: place.till)
            let stands = till.pack.pack.place
            let pack = try await service.tillPack(
                for: OutletID(stands.outlet), terminal: TerminalID(stands.terminal), call)
            let now = try service.tokenInstant(call)
            try till.sync(pack, now: now)
            return till.status(now: now).report
        }
    }

    struct Sell: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take what a resident's phone shows; the sale is on disk before the answer.",
            discussion: "Example: wenhui till sell --till ./till --bill 120.00 --order A-1 WH2:…")
        @OptionGroup var place: Place
        @Argument(help: "What was scanned.") var text: String
        @Option(parsing: .unconditional, help: "The bill in yuan.", transform: Typed.amount) var bill: Amount
        @Option(help: "The merchant's own order number.") var order: String
        @Option(help: "The channel.") var channel = "counter"
        @OptionGroup(title: "What was sold") var detail: SaleDetailOptions
        @Option(help: "The instant to sell at (RFC 3339); practice ledgers only.", transform: Typed.instant)
        var clock: Instant?
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            let till = try Till(opening: place.till)
            let now = try till.now(clock)
            let sale = try till.sell(
                text, bill: bill, order: order, channel: channel,
                details: try detail.details(in: LedgerCode(till.pack.pack.ledger))?.cborBytes ?? [], now: now)
            var report = Report()
            report.add("sale", "sale 笔数", .number(Int(sale.sequence)))
            report.add("voucher", "voucher 消费券", .number(Int(sale.voucher.number)))
            report.add("bill", "bill 消费金额", .amount(sale.bill))
            report.add("subsidy", "subsidy 补贴", .amount(sale.subsidy))
            report.add("ownPaid", "own paid 自付", .amount(sale.ownPaid))
            report.add("instant", "at 时间", .instant(sale.occurredAt))
            return report
        }
    }

    struct Cancel: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a sale back that has not been uploaded.",
            discussion: "Example: wenhui till cancel --till ./till A-1")
        @OptionGroup var place: Place
        @Argument(help: "The order number.") var order: String
        @Option(help: "The instant to cancel at (RFC 3339); practice ledgers only.", transform: Typed.instant)
        var clock: Instant?
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            let till = try Till(opening: place.till)
            let now = try till.now(clock)
            try till.cancel(order: order, now: now)
            return till.status(now: now).report
        }
    }

    struct Status: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the till has sold, what waits for upload, and until when it may sell.",
            discussion: "Example: wenhui till status --till ./till")
        @OptionGroup var place: Place
        @Option(help: "The instant to look at (RFC 3339); practice ledgers only.", transform: Typed.instant)
        var clock: Instant?
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            let till = try Till(opening: place.till)
            return till.status(now: try till.now(clock)).report
        }
    }

    struct Upload: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give the ledger what was sold offline, and take its answers.",
            discussion: """
                Safe to repeat, after any failure: what was booked is answered the same way.
                Example: wenhui till upload --till ./till
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var place: Place

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let till = try Till(opening: place.till)
            let progress = Progress("sales")
            let now = try service.tokenInstant(call)
            // What is refused with the prospect of another try waits for the next upload.
            let batch = try till.batch(now: now)
            let answers = try await service.upload(batch, call) { progress.show($0, of: $1) }
            try till.record(answers)
            return till.status(now: now).report(answers, batch)
        }
    }
}

extension Till {
    /// The instant that somebody typed, or the computer's.
    fileprivate func now(_ clock: Instant?) throws -> Instant {
        if clock != nil, !pack.pack.isPractice { throw ServiceError.practiceOnly("--clock") }
        return clock ?? Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}

extension TillStatus {
    /// What a cashier wants to know of the till.
    var report: Report {
        var report = Report()
        report.add("made", "sold 已售", .number(made.count))
        report.add("waiting", "waiting for upload 待上传", .number(waiting.count))
        report.add("waitingSubsidy", "  subsidy 补贴", .amount(waiting.subsidy))
        report.add("paid", "paid 已入账", .number(paid.count))
        report.add("absorbed", "paid by the programme 活动垫付", .number(absorbed.count))
        report.add("refused", "refused 拒付", .number(refused.count))
        report.add("cancelled", "cancelled 已撤销", .number(cancelled.count))
        report.add("sellsUntil", "may sell until 可离线售至", .instant(sellsUntil))
        if tornBytes > 0 {
            report.add("tornBytes", "bytes cut off after a crash 断电截去字节", .number(tornBytes))
        }
        return report
    }

    /// The same with what the ledger said to each sale.
    func report(_ answers: [TillAnswer], _ batch: TillBatch) -> Report {
        var table = ReportTable(
            "Uploaded 上传",
            [
                ("order", "order 单号"), ("outcome", "outcome 结果"), ("subsidy", "subsidy 补贴"),
                ("event", "event 事件"),
            ])
        let orders = Dictionary(batch.sales.map { ($0.sequence, $0.order) }) { first, _ in first }
        for answer in answers.sorted(by: { $0.sequence < $1.sequence }) {
            let order = Cell.text(orders[answer.sequence] ?? "")
            switch answer.outcome {
            case .paid(let subsidy, let event):
                table.append([order, .text("paid 已入账"), .amount(subsidy), .event(event)])
            case .absorbed(let subsidy, let event):
                table.append([order, .text("paid by the programme 活动垫付"), .amount(subsidy), .event(event)])
            case .refused(let code, let sentence, let canRetry):
                let again = canRetry ? "; again later 稍后重试" : ""
                table.append([order, .text("\(code) \(sentence.chinese)\(again)"), .none, .none])
            }
        }
        var report = report
        report.add("answers", table)
        return report
    }
}

import ArgumentParser
import LedgerDomain
import LedgerService

/// `wenhui points`: what activities earn; a batch with `--release points` is what they buy.
struct PointsGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points", abstract: "Points (积分): earn, exchange, expire, show; never cash.",
        discussion: "Example: wenhui points show --programme 1 --resident 999900199001010015",
        subcommands: [Earn.self, Exchange.self, Expire.self, Show.self])

    struct Earn: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attest that a resident took part in an activity or volunteered.",
            discussion: """
                Example: wenhui points earn --programme 1 --resident 999900199001010015 --activity 讲座 \
                --reference 2018-06-05评弹讲座 --as library
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The programme.") var programme: String
        @Option(help: "The resident's identity number.") var resident: String
        @Option(help: "The activity, as the rule names it.") var activity: String
        @Option(help: "Which one it was; each counts once for a person.") var reference: String
        @Option(help: "Attendances or hours, 1 to 24.") var units: UInt32 = 1

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.earnPoints(
                in: try service.identifier(programme), resident, activity: activity, reference: reference,
                units: units, call)
            var report = Report()
            report.add("points", "points 积分", .points(receipt.accepted.points))
            report.add("expiry", "good until 有效至", .instant(receipt.accepted.expiry))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Exchange: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Exchange a resident's points for a voucher of a batch (积分兑换).",
            discussion: "Example: wenhui points exchange --batch 5 --resident 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The batch.") var batch: String
        @Option(help: "The resident's identity number.") var resident: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.issue(
                try service.identifier(batch), to: resident, .points, call)
            var report = Report()
            report.add("voucher", "voucher 消费券", .id(receipt.accepted.voucher, service.ledger))
            report.add("face", "face 面额", .amount(receipt.accepted.granted.total))
            report.add("points", "points 用去积分", .points(receipt.accepted.points?.amount ?? .zero))
            report.add("expiry", "valid until 有效至", .instant(receipt.accepted.expiry))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Expire: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write off everybody's points that have expired.",
            discussion: "Example: wenhui points expire")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            var report = Report()
            report.add("people", "people 人数", .number(try await service.expirePoints(call)))
            return report
        }
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a resident's points in a programme.",
            discussion: "Example: wenhui points show --programme 1 --resident 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @Option(help: "The programme.") var programme: String
        @Option(help: "The resident's identity number.") var resident: String
        @Option(help: "The instant to look at (RFC 3339); now without it.", transform: Typed.instant)
        var clock: Instant?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let (usable, entries) = try service.points(
                of: resident, in: try service.identifier(programme), at: clock ?? service.now)
            var table = ReportTable(
                "Points 积分",
                [
                    ("instant", "at 时间"), ("kind", "kind 类型"), ("what", "what 事项"), ("points", "points 积分"),
                    ("expiry", "good until 有效至"),
                ])
            for entry in entries {
                table.append([
                    .instant(entry.instant), .text("\(entry.kind)"), .text(entry.what),
                    .points(entry.points), .instant(entry.expiry),
                ])
            }
            var report = Report()
            report.add("usable", "usable 可用积分", .points(usable))
            report.add("entries", table)
            return report
        }
    }
}

import ArgumentParser
import AuditLog
import Cryptography
import Foundation
import LedgerDomain
import LedgerService

/// `wenhui platform`: what a city's platform is told each day, and what it says of it.
struct PlatformGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "platform",
        abstract: "The city's 文化消费大数据平台: signed batches of each day, and receipts.",
        discussion: """
            A batch is made from the log alone: sent again it is the same, and the receipt names it by its SHA-256. It tells
            claims, redemptions, refunds, settlements and payments, and nothing about anybody.

            Example: wenhui platform list
            """,
        subcommands: [List.self, Send.self, Receipt.self, Keys.self, Verify.self])

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which days were sent, and what the platform said of them.",
            discussion: "Example: wenhui platform list --from 2018-06-01")
        @OptionGroup var options: GlobalOptions
        @Option(help: "The first day; the ledger's first unless told.", transform: Typed.day)
        var from: BusinessDay?
        @Flag(help: "Confirmed ones too.") var all = false

        func run(_ session: Session) async throws -> Report {
            let deliveries = try session.dailyBatches(try session.service(options)).deliveries(from: from)
            var report = Report()
            for status in DailyBatches.Delivery.Status.allCases {
                report.add(
                    status.rawValue, "\(status.rawValue) \(status.chinese)",
                    .number(deliveries.count { $0.status == status }))
            }
            var table = ReportTable(
                "Days 日批",
                [
                    ("day", "day"), ("status", "status 状态"), ("count", "sent 发送次数"), ("sentAt", "last 最近发送"),
                    ("receipt", "receipt 回执"), ("rejected", "rejected 拒收"), ("reasons", "because 原因"),
                ])
            for delivery in deliveries where all || delivery.status != .confirmed {
                let reasons = delivery.reasons.map { "\($0.event): \($0.reason)" }
                table.append([
                    .text(delivery.day.text), .text(delivery.status.rawValue), .number(delivery.count),
                    delivery.sentAt.map { .instant($0) } ?? .none, .text(delivery.receipt ?? ""),
                    .number(delivery.rejected), .text(reasons.joined(separator: "; ")),
                ])
            }
            report.add("days", table)
            return report
        }
    }

    struct Send: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write a day's batch with its signature, to be handed to the platform; again, it is the same.",
            discussion: "Example: wenhui platform send 2018-06-05 --output outbox --as finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The business day.", transform: Typed.day) var day: BusinessDay
        @Option(help: "The folder for the files; it is made where there is none.") var output: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let batches = session.dailyBatches(service)
            let call = try session.call(acting, service)
            let (batch, note) = try batches.signed(day, at: call.instant)
            let folder = URL(filePath: output)
            let name = "\(batch.head.ledger)-\(batch.head.day)"
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                // What was sent before is the same, but for the signature by SM2, of which there are many.
                try Data(batch.bytes).write(to: folder.appending(path: "\(name).jsonl"), options: .atomic)
                try Data(note).write(to: folder.appending(path: "\(name).note"), options: .atomic)
            } catch {
                throw CommandFailure.usage("\(output) cannot be written.")
            }
            try batches.noteSent(batch, call)
            var report = Report()
            report.add("file", "file 文件", .text("\(name).jsonl"))
            report.add("signature", "signature 签名", .text("\(name).note"))
            report.add("records", "records 记录", .number(batch.head.records))
            report.add("digest", "SHA-256 摘要", .text(batch.digest.hexadecimal))
            return report
        }
    }

    struct Receipt: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the platform's receipt (回执), where it is one of that day's batch.",
            discussion: """
                JSON: format wenhui-daily-receipt/1, ledger, day, digest, records, accepted, rejected (event, reason), number.
                Example: wenhui platform receipt 2018-06-05.json --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The receipt.") var file: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let receipt = try session.dailyBatches(service).receive(
                try readFile(file), try session.call(acting, service))
            var report = Report()
            report.add("day", "day 日期", .text(receipt.day))
            report.add("receipt", "receipt 回执", .text(receipt.number))
            report.add("accepted", "accepted 接收", .number(receipt.accepted))
            report.add("rejected", "rejected 拒收", .number(receipt.rejected.count))
            var table = ReportTable("Rejected 拒收", [("event", "event"), ("reason", "reason 原因")])
            for rejection in receipt.rejected {
                table.append([.event(rejection.event), .text(rejection.reason)])
            }
            if !table.rows.isEmpty { report.add("rejections", table) }
            return report
        }
    }

    struct Keys: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "The keys that verify signatures of batches: what the platform must know.",
            discussion: "Example: wenhui platform keys")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            let keys = session.dailyBatches(try session.service(options)).verifierKeys
            var table = ReportTable("Keys 验证密钥", [("key", "key")])
            for key in keys { table.append([.text(key.text)]) }
            var report = Report()
            report.add("keys", table)
            return report
        }
    }

    struct Verify: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a batch with its signature; needs no data folder and no network.",
            discussion:
                "Example: wenhui platform verify outbox/370782-2018-06-05.jsonl --key wenhui-daily/370782+…")
        @Argument(help: "The batch.") var file: String
        @Option(help: "The signature; the file with .note for .jsonl unless told.") var signature: String?
        @Option(name: .customLong("key"), help: "A verifier key, as wenhui platform keys prints it.")
        var keys: [String] = []
        @Flag(help: "Print one JSON document instead of tables; amounts in fen.") var json = false

        func report() async throws -> Report {
            guard !keys.isEmpty else {
                throw CommandFailure.usage(
                    "Name the verifier key with --key: wenhui platform keys prints it.")
            }
            let bytes = try readFile(file)
            let batch: DailyBatch
            do throws(ServiceError) {
                batch = try DailyBatch(bytes)
            } catch {
                throw AuditFault.file(file, CommandFailure(error).message)
            }
            let note =
                signature ?? URL(filePath: file).deletingPathExtension().appendingPathExtension("note").path
            try batch.verify(try readFile(note), keys: try TrustOptions.keys(keys))
            var report = Report()
            report.add("verified", "verified 验证通过", .flag(true))
            report.add("ledger", "ledger 账簿", .text(batch.head.ledger))
            report.add("day", "day 日期", .text(batch.head.day))
            report.add("first", "events 事件", .event(batch.head.first))
            report.add("next", "next 下一事件", .event(batch.head.next))
            report.add("records", "records 记录", .number(batch.head.records))
            report.add("claimed", "claimed 领取", .amount(batch.head.claimed))
            report.add("gross", "gross 消费", .amount(batch.head.gross))
            report.add("subsidy", "subsidy 补贴", .amount(batch.head.subsidy))
            report.add("paid", "paid 支付", .amount(batch.head.paid))
            return report
        }
    }
}

extension DailyBatches.Delivery.Status {
    fileprivate var chinese: String {
        switch self {
        case .due: "待发送"
        case .sent: "已发送"
        case .confirmed: "已确认"
        case .rejected: "有拒收"
        }
    }
}

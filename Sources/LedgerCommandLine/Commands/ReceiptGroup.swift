import ArgumentParser
import AuditLog
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui receipt`: the proof in somebody's hand that a redemption is in the log.
struct ReceiptGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Receipts (回执): of a redemption, and checking one offline.",
        discussion: "Example: wenhui receipt verify r.tlog-proof --key wenhui/370782+…",
        subcommands: [Show.self, Verify.self])

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "The receipt of a redemption (C2SP tlog-proof); with cosignatures once there are some.",
            discussion: "Example: wenhui receipt show 1")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The redemption.") var redemption: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: RedemptionID = try service.identifier(redemption)
            let view = try service.query { (model) throws(StorageError) in
                try model.redemption(id, service.ledger)
            }
            guard let view else { throw ServiceError.refused(.unknownRedemption, event: nil) }
            return Report(document: try service.receipt(of: view.row.event).bytes)
        }
    }

    struct Verify: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a receipt; needs no data folder and no network.",
            discussion: "Example: wenhui receipt verify r.tlog-proof --key wenhui/370782+…")
        @Argument(help: "The receipt's file.") var file: String
        @OptionGroup var trust: TrustOptions
        @Flag(help: "Print one JSON document instead of tables; amounts in fen.") var json = false

        func report() async throws -> Report {
            let log = try trust.log { _ in nil }.log
            let policy = try trust.policy { _ in nil }
            return try LedgerReceipt(try readFile(file), log: log, policy: policy).report
        }
    }
}

extension LedgerReceipt {
    /// What the receipt proves, for people and machines.
    var report: Report {
        var report = Report()
        report.add("verified", "verified 验证通过", .flag(true))
        report.add("origin", "log 日志", .text(checkpoint.checkpoint.origin.description))
        report.add("event", "event 事件", .event(number))
        report.add("of", "of 共", .event(checkpoint.checkpoint.head.size))
        report.add("instant", "at 时间", .instant(event.instant))
        report.add("type", "what 事项", .text("\(event.record.type)"))
        report.add("cosignatures", "cosigned by 见证", .number(checkpoint.cosignatures.count))
        if let redeemed {
            report.add("bill", "bill 消费", .amount(redeemed.bill))
            report.add("subsidy", "subsidy 补贴", .amount(redeemed.subsidy))
        }
        return report
    }
}

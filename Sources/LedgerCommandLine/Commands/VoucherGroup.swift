import ArgumentParser
import CBOR
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui voucher`: from claim to expiry.
struct VoucherGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voucher", abstract: "Vouchers (消费券): claim, issue, hand back, expire, show.",
        discussion: "Example: wenhui voucher show 1",
        subcommands: [
            Claim.self, IssueOne.self, Match.self, HandBackOne.self, Batchwise.self, Expire.self, Show.self,
        ])

    struct Claim: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Claim a voucher of a first-come batch for a resident (抢券).",
            discussion: "Example: wenhui voucher claim --batch 1 --resident 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The batch.") var batch: String
        @OptionGroup var claimant: ClaimantOptions

        func run(_ session: Session) async throws -> Report {
            try await issued(.firstCome, batch, claimant, session, options, acting)
        }
    }

    struct IssueOne: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue", abstract: "Issue a voucher of a directed batch to a resident (定向).",
            discussion: "Example: wenhui voucher issue --batch 2 --resident 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The batch.") var batch: String
        @OptionGroup var claimant: ClaimantOptions

        func run(_ session: Session) async throws -> Report {
            try await issued(.directed, batch, claimant, session, options, acting)
        }
    }

    struct Match: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Match what a resident paid into a card of their own (充值配套); each payment once.",
            discussion: """
                Example: wenhui voucher match --batch 3 --resident 999900199001010015 --top-up 200.00 \
                --reference WX20180601-0007
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The batch.") var batch: String
        @OptionGroup var claimant: ClaimantOptions
        @Option(
            name: .customLong("top-up"), parsing: .unconditional, help: "What was paid in, in yuan.",
            transform: Typed.amount) var amount: Amount
        @Option(help: "The operator's own number of the payment.") var reference: String

        func run(_ session: Session) async throws -> Report {
            let topUp = TopUp.with {
                $0.reference = reference
                $0.amount = amount
            }
            return try await issued(
                .matched, batch, claimant, topUp: topUp, session, options, acting)
        }
    }

    struct HandBackOne: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "hand-back", abstract: "Take an unused voucher back from the resident who holds it.",
            discussion: "Example: wenhui voucher hand-back 1 --resident 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The voucher.") var voucher: String
        @Option(help: "The resident's identity number.") var resident: String
        @Option(help: "Where it is handed back (渠道).") var channel: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.handBack(
                try service.identifier(voucher), from: resident, channel: channel, call)
            var report = Report()
            report.add("lapsed", "lapsed 退回金额", .amount(receipt.accepted.lapsed.total))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Batchwise: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "file",
            abstract:
                "Do what a CSV of claims, issues and hand-backs says, row by row, each with its own key.",
            discussion: """
                Columns time, key, id_number, action (claim, issue, hand-back), batch, voucher.
                Example: wenhui voucher file claims.csv
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let practice = try session.isPractice(service)
            let claims = try ClaimFile(readFile(file), practice: practice)
            guard practice || claims.rows.allSatisfy({ $0.time == nil }) else {
                throw ServiceError.practiceOnly("A time column")
            }
            let progress = Progress("claims")
            return try await service.run(claims, call) { progress.show($0, of: $1) }.report
        }
    }

    struct Expire: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lapse every voucher that has expired; its value goes where the rule says.",
            discussion: "Example: wenhui voucher expire")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let progress = Progress("expire")
            let count = try await service.lapseExpired(call) { progress.show($0, of: $1) }
            var report = Report()
            report.add("lapsed", "lapsed 过期", .number(count))
            return report
        }
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a voucher: its balance by fund, and every use.",
            discussion: "Example: wenhui voucher show 1")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The voucher.") var voucher: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: VoucherID = try service.identifier(voucher)
            let ledger = service.ledger
            let (view, balances, uses, credentials) = try service.query { (model) throws(StorageError) in
                (
                    try model.voucher(id, ledger), try model.balances(of: .voucher(id), ledger),
                    try model.redemptions(of: id, ledger), try model.credentials(of: id, ledger)
                )
            }
            guard let view else { throw ServiceError.refused(.unknownVoucher, event: nil) }
            var report = Report()
            report.add("vouchers", voucherTable([view], ledger))
            var funds = ReportTable("Balance by fund 分资金余额", [("fund", "fund"), ("balance", "balance 余额")])
            for balance in balances { funds.append([.id(balance.fund, ledger), .amount(balance.amount)]) }
            report.add("balances", funds)
            report.add("redemptions", redemptionTable(uses, ledger))
            if !credentials.isEmpty { report.add("credentials", credentialTable(credentials)) }
            return report
        }
    }

    private static func issued(
        _ release: Release, _ batch: String, _ claimant: ClaimantOptions, topUp: TopUp? = nil,
        _ session: Session, _ options: GlobalOptions, _ acting: ActingOptions
    ) async throws -> Report {
        let service = try session.service(options)
        let call = try session.call(acting, service)
        let receipt = try await service.issue(
            try service.identifier(batch), to: claimant.resident, release, topUp: topUp,
            proxy: claimant.proxy, channel: claimant.channel, call)
        var report = Report()
        report.add("voucher", "voucher 消费券", .id(receipt.accepted.voucher, service.ledger))
        report.add("face", "face 面额", .amount(receipt.accepted.granted.total))
        if let setOff = receipt.accepted.setOff {
            report.add("setOff", "set off 抵扣离线垫付", .amount(setOff.shares.total))
        }
        report.add("expiry", "valid until 有效至", .instant(receipt.accepted.expiry))
        report.addReceipt(receipt, call)
        return report
    }
}

extension BulkSummary {
    /// The summary for people and machines.
    var report: Report {
        var report = Report()
        report.add("accepted", "accepted 成功", .number(accepted))
        report.add("replayed", "repeated 重复请求", .number(replayed))
        report.add("refused", "refused 拒绝", .number(refusals))
        let unrecorded = refused.filter { !$0.key.isRecorded }.values.reduce(0, +)
        if unrecorded > 0 {
            report.add("unrecorded", "of these not recorded 其中不入账", .number(unrecorded))
        }
        report.add("skipped", "skipped 跳过", .number(skipped.count))
        if subsidy > .zero { report.add("subsidy", "subsidy 补贴", .amount(subsidy)) }
        if !refused.isEmpty {
            var table = ReportTable(
                "Refusals 拒绝原因", [("code", "code"), ("reason", "reason 原因"), ("count", "count")])
            for (refusal, count) in refused.sorted(by: {
                ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
            }) {
                table.append([.text(refusal.code), .text(refusal.sentence.chinese), .number(count)])
            }
            report.add("refusals", table)
        }
        if !skipped.isEmpty {
            var table = ReportTable("Skipped rows 跳过的行", [("line", "line"), ("reason", "reason")])
            for row in skipped.prefix(20) { table.append([.number(row.line), .text(row.reason)]) }
            report.add("skippedRows", table)
        }
        return report
    }
}

/// Offline credentials as a table.
private func credentialTable(_ credentials: [CredentialView]) -> ReportTable {
    var table = ReportTable(
        "Offline credentials 离线凭证",
        [
            ("credential", "credential 凭证"), ("cap", "cap 限额"), ("issued", "issued 签发"),
            ("expiry", "until 有效至"), ("heldUntil", "voucher held until 冻结至"), ("revoked", "revoked 吊销"),
        ])
    for view in credentials {
        table.append([
            .text(view.row.id.bytes.hexadecimal), .amount(view.row.cap), .instant(view.row.issuedAt),
            .instant(view.row.expiry), .instant(view.row.holdUntil),
            view.revokedAt.map { .instant($0) } ?? .none,
        ])
    }
    return table
}

/// Redemptions as a table.
func redemptionTable(_ redemptions: [RedemptionView], _ ledger: LedgerCode) -> ReportTable {
    var table = ReportTable(
        "Redemptions 核销",
        [
            ("redemption", "redemption"), ("instant", "at 时间"), ("outlet", "outlet 网点"),
            ("category", "category 类别"), ("bill", "bill 消费"), ("subsidy", "subsidy 补贴"),
            ("refunded", "refunded 退回"), ("order", "order 订单"),
        ])
    for view in redemptions {
        table.append([
            .id(view.row.id, ledger), .instant(view.row.instant), .id(view.row.outlet, ledger),
            .text(view.row.category), .amount(view.row.bill), .amount(view.row.subsidy),
            .amount(view.refundedSubsidy), .text(view.row.order),
        ])
    }
    return table
}

import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui redeem`: what happens at a till.
struct RedeemGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redeem", abstract: "Redemptions (核销): now, authorise, capture, void, refund.",
        discussion: "Example: wenhui redeem 1 --outlet ZC-0001 --bill 120.00 --order 20180601-0001",
        subcommands: [
            Now.self, AuthoriseSale.self, CaptureSale.self, VoidSale.self, RefundSale.self, Orders.self,
            Show.self,
        ], defaultSubcommand: Now.self)

    /// What a cashier brings.
    struct SaleOptions: ParsableArguments {
        @Argument(help: "What was scanned, the 20 digits that were typed, or the voucher.")
        var voucher: String
        @Option(help: "The outlet's platform id or number.") var outlet: String
        @Option(help: "The terminal's serial.") var terminal: String?
        @Option(parsing: .unconditional, help: "The bill in yuan.", transform: Typed.amount) var bill: Amount
        @Option(help: "The channel.") var channel = "counter"
        @Option(help: "The merchant's own order number.") var order: String
        @OptionGroup(title: "What was sold") var detail: SaleDetailOptions
    }

    struct Now: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Redeem a voucher for a sale at once.",
            discussion: "Example: wenhui redeem 1 --outlet ZC-0001 --bill 120.00 --order 20180601-0001")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var sale: SaleOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.redeem(
                try service.shown(sale.voucher, call, at: try service.tokenInstant(call)),
                for: try sale.resolved(service), call)
            var report = receipt.terms.report(bill: sale.bill, service.ledger)
            if let programme = receipt.absorbedBy {
                report.add("absorbedBy", "paid by programme 活动垫付", .id(programme, service.ledger))
            }
            report.add("event", "event 事件", .event(receipt.event))
            report.add("instant", "at 时间", .instant(receipt.instant))
            report.add("key", "key 幂等键", .text(call.key))
            if receipt.isReplay { report.add("replayed", "repeated 重复请求", .flag(true)) }
            return report
        }
    }

    struct AuthoriseSale: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "authorise", abstract: "Hold a voucher for a sale (预授权).",
            discussion:
                "Example: wenhui redeem authorise 1 --outlet ZC-0001 --bill 120.00 --order 20180601-0001")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var sale: SaleOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let command = try service.authorisation(
                try service.shown(sale.voucher, call, at: try service.tokenInstant(call)),
                try sale.resolved(service))
            let receipt = try await service.perform(command, call)
            var report = Report()
            report.add(
                "authorisation", "authorisation 预授权", .id(receipt.accepted.authorisation, service.ledger))
            report.add("held", "subsidy held 冻结补贴", .amount(receipt.accepted.held))
            report.add("expiry", "until 有效至", .instant(receipt.accepted.expiry))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct CaptureSale: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "capture", abstract: "Capture an authorised sale at its final bill.",
            discussion: "Example: wenhui redeem capture 1 --bill 110.00 --order 20180601-0001")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The authorisation.") var authorisation: String
        @Option(parsing: .unconditional, help: "The final bill in yuan.", transform: Typed.amount) var bill:
            Amount
        @Option(help: "The merchant's own order number.") var order: String
        @OptionGroup(title: "What was sold") var detail: SaleDetailOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: AuthorisationID = try service.identifier(authorisation)
            let details = try detail.details(in: service.ledger)
            let receipt = try await service.perform(
                Capture.with {
                    $0.authorisation = id
                    $0.bill = bill
                    $0.order = order
                    $0.details = details
                }, call)
            var report = receipt.accepted.terms.report(bill: bill, service.ledger)
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct VoidSale: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "void", abstract: "Undo an authorisation (撤销).",
            discussion: "Example: wenhui redeem void 1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The authorisation.") var authorisation: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: AuthorisationID = try service.identifier(authorisation)
            let receipt = try await service.perform(
                VoidAuthorisation.with { $0.authorisation = id }, call)
            var report = Report()
            report.add("voucher", "voucher 消费券", .id(receipt.accepted.voucher, service.ledger))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct RefundSale: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "refund", abstract: "Give a captured redemption back, whole or in part (退款).",
            discussion: """
                --preview says what the refund will do and changes nothing.
                Example: wenhui redeem refund 1 --bill 60.00
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The redemption.") var redemption: String
        @Option(
            parsing: .unconditional, help: "How much of the bill is given back, in yuan.",
            transform: Typed.amount) var bill: Amount
        @Flag(help: "Say what it would do; change nothing.") var preview = false

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: RedemptionID = try service.identifier(redemption)
            let command = Refund.with {
                $0.redemption = id
                $0.bill = bill
            }
            if preview {
                return try service.preview(command, call).report(service.ledger)
            }
            let receipt = try await service.perform(command, call)
            var report = receipt.accepted.report(service.ledger)
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Orders: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "file",
            abstract: "Do what a CSV of orders says, row by row, each with its own key.",
            discussion: """
                Columns time, key, action (redeem, authorise, capture, void, refund), voucher, outlet, terminal,
                bill_yuan, channel, order.
                Example: wenhui redeem file orders.csv
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let orders = try OrderFile(readFile(file))
            if try !session.isPractice(service), orders.rows.contains(where: { $0.time != nil }) {
                throw ServiceError.practiceOnly("A time column")
            }
            let progress = Progress("orders")
            return try await service.run(orders, call) { progress.show($0, of: $1) }.report
        }
    }
}

extension RedeemGroup.SaleOptions {
    /// The sale with its names resolved.
    func resolved(_ service: LedgerService) throws -> CashierSale {
        let (outletID, terminalID) = try service.till(outlet: outlet, terminal: terminal)
        return CashierSale(
            outlet: outletID, terminal: terminalID, bill: bill, channel: channel, order: order,
            details: try detail.details(in: service.ledger))
    }
}

extension RedemptionTerms {
    /// What the cashier reads: gross, subsidy, own payment.
    func report(bill: Amount, _ ledger: LedgerCode) -> Report {
        var report = Report()
        report.add("redemption", "redemption 核销", .id(redemption, ledger))
        report.add("bill", "bill 消费金额", .amount(bill))
        report.add("subsidy", "subsidy 补贴", .amount(subsidy.total))
        for (fund, amount) in subsidy.nonZero {
            report.add("fund\(fund.rawValue)", "  \(fund.text(in: ledger))", .amount(amount))
        }
        report.add("ownPaid", "own paid 自付", .amount(bill - subsidy.total))
        if lapsed.total > .zero { report.add("lapsed", "lapsed 余额收回", .amount(lapsed.total)) }
        if let left { report.add("left", "left in the voucher 券内余额", .amount(left)) }
        return report
    }
}

extension Refund.Accepted {
    /// What the refund does to the subsidy and the voucher.
    func report(_ ledger: LedgerCode) -> Report {
        var report = Report()
        report.add("subsidy", "subsidy given back 退回补贴", .amount(subsidy.total))
        for (fund, amount) in subsidy.nonZero {
            report.add("fund\(fund.rawValue)", "  \(fund.text(in: ledger))", .amount(amount))
        }
        let returns = target == .voucher(voucher) && subsidy.total > .zero
        report.add("reinstated", "voucher usable again 券恢复可用", .flag(returns))
        return report
    }
}

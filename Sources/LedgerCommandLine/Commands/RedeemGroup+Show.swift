import ArgumentParser
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage

extension RedeemGroup {
    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a redemption: what was sold, and how it was made offline.",
            discussion: "Example: wenhui redeem show 1")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The redemption.") var redemption: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: RedemptionID = try service.identifier(redemption)
            let ledger = service.ledger
            let (view, details, offline) = try service.query { (model) throws(StorageError) in
                (
                    try model.redemption(id, ledger), try model.saleDetails(of: id, ledger),
                    try model.offlineRedemption(id, ledger)
                )
            }
            guard let view else { throw ServiceError.refused(.unknownRedemption, event: nil) }
            var report = Report()
            report.add("voucher", "voucher 消费券", .id(view.row.voucher, ledger))
            report.add("event", "event 事件", .event(view.row.event))
            report.add("redemptions", redemptionTable([view], ledger))
            if let details { report.add(details) }
            if let offline { report.add(offline) }
            return report
        }
    }
}

extension Report {
    /// What the till said of the sale.
    fileprivate mutating func add(_ details: SaleDetails) {
        for (key, label, text) in [
            ("branch", "branch 门店", details.branch), ("pos", "point of sale 收银点", details.pointOfSale),
            ("cashier", "cashier 收银员", details.cashier), ("receipt", "receipt 小票", details.receipt),
            ("category", "category 类别", details.category),
        ] {
            if let text { add(key, label, .text(text)) }
        }
        guard let items = details.items else { return }
        var table = ReportTable(
            "Items 商品明细",
            [
                ("name", "name 名称"), ("quantity", "quantity 数量"), ("listed", "listed 标价"),
                ("paid", "paid 成交价"),
            ])
        for item in items {
            table.append([
                .text(item.name), .number(Int(item.quantity)), .amount(item.listed), .amount(item.paid),
            ])
        }
        add("items", table)
    }

    /// How a sale without a network was settled.
    fileprivate mutating func add(_ offline: OfflineRow) {
        add("credential", "credential 凭证", .text(offline.credential.bytes.hexadecimal))
        add("counter", "counter 序号", .number(Int(offline.counter)))
        add("occurredAt", "sold at 售出时间", .instant(offline.occurredAt))
        add("absorbed", "paid by the programme 活动垫付", .flag(offline.isAbsorbed))
        if let twin = offline.twin { add("twin", "same counter as event 同序号事件", .event(twin)) }
    }
}

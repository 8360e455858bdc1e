import LedgerDomain
import Reconciliation
import StatementFormats

/// The payment channel of the demonstration: its trade bill for what the ledger says it took, with known mistakes.
struct DemoBill {
    /// The ledger's lines of the channel.
    let lines: [StatementLine]

    /// A sale that the channel never had, and that no county has.
    static let ghost = "渠道测试-000001"

    /// A sale that the channel forgets, and one that it takes for five yuan more; neither was given back.
    private let mistaken: (forgotten: Int, altered: Int)

    /// - Returns: `nil` where there are too few sales for two mistakes.
    init?(lines: [StatementLine]) {
        self.lines = lines
        let refunded = Set(lines.lazy.filter { $0.kind == .refund }.map(\.reference))
        let sales = lines.indices.filter {
            lines[$0].kind == .sale && !refunded.contains(lines[$0].reference)
        }
        guard sales.count > 3 else { return nil }
        mistaken = (sales[sales.count / 3], sales[sales.count / 2])
    }

    /// The bill as WeChat Pay writes it (微信支付交易账单).
    ///
    /// - Parameter isCorrected: whether the channel has found its mistakes; the ghost it keeps.
    func text(isCorrected: Bool) -> String {
        var rows: [String] = []
        var (count, bills, refunds) = (0, Amount.zero, Amount.zero)
        func add(_ order: String, _ second: UInt32, _ place: String, sale: Amount?, refund: Amount) {
            count += 1
            bills += sale ?? .zero
            refunds += refund
            let time = String(Instant(microseconds: Int64(second) * 1_000_000).text.prefix(19))
                .replacing("T", with: " ")
            let (isRefund, number) = (sale == nil, padded(count, to: 10))
            let fields = [
                time, "wx0000000000000000", "1900000001", "0", place, "420000000120180600\(number)", order,
                "oDEMO000000000000000000000000", "JSAPI", isRefund ? "REFUND" : "SUCCESS", "OTHERS", "CNY",
                (sale ?? .zero).yuan, "0.00", isRefund ? "5000\(number)" : "", isRefund ? "T-\(count)" : "",
                refund.yuan, "0.00", isRefund ? "ORIGINAL" : "", isRefund ? "SUCCESS" : "", "演练商品", "",
                "0.00",
                "0.60%", (sale ?? .zero).yuan, refund.yuan, "",
            ]
            rows.append(fields.map { "`\($0)" }.joined(separator: ","))
        }
        for (index, line) in lines.enumerated() {
            if !isCorrected, index == mistaken.forgotten { continue }
            let isAltered = !isCorrected && index == mistaken.altered
            let amount = Amount(fen: abs(line.amount) + (isAltered ? 500 : 0))
            add(
                line.reference, line.second, line.place, sale: line.kind == .sale ? amount : nil,
                refund: line.kind == .refund ? amount : .zero)
        }
        if let last = lines.last {
            add(DemoBill.ghost, last.second, last.place, sale: Amount(fen: 2_000), refund: .zero)
        }
        let totals = [String(count), bills.yuan, refunds.yuan, "0.00", "0.00", bills.yuan, refunds.yuan]
        return """
            交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注
            \(rows.joined(separator: "\n"))
            总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额
            \(totals.map { "`\($0)" }.joined(separator: ","))

            """
    }
}

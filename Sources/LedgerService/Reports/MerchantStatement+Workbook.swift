package import LedgerDomain
import LedgerStorage
package import StatementFormats

extension MerchantStatement {
    /// The statement as a workbook: what every outlet sold, the lines, the payouts.
    package func workbook(in ledger: LedgerCode, at instant: Instant) -> Workbook {
        Workbook(
            "商户对账单 \(merchant.row.id.text(in: ledger))", at: instant,
            [lines(in: ledger), outletsSheet(ledger), payoutsSheet(ledger)])
    }

    private func notes(_ ledger: LedgerCode) -> [(label: String, value: Workbook.Value)] {
        var notes: [(label: String, value: Workbook.Value)] = [
            ("商户 merchant", .text(name ?? "")),
            ("信用代码 credit code", .text(merchant.row.creditCode)),
            ("收款方 payee", .text(payee?.name ?? "")),
            ("账号尾号 account ends in", .text(payee?.accountEnd ?? "")),
            ("期间 period", .text("\(from.text) – \(through.text)")),
            ("账本事件 events", .number(Int(clamping: events))),
            ("本期应付 owed for the period", .amount(total)),
            ("本期缴回 paid back", .amount(repaid)),
            ("尚未结算 not settled yet", .amount(unsettled)),
            ("预计到账 expected", expected.map { .day($0) } ?? .text("")),
        ]
        if let obstacle = obstacle(in: ledger) {
            notes.append(("暂缓原因 held because", .text(obstacle.chinese)))
        }
        return notes
    }

    /// Event by event: what it is, which settlement pays it, when or why not.
    package func lines(in ledger: LedgerCode) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "明细 lines", notes: notes(ledger),
            [
                .init("业务日期 day"), .init("时间 time"), .init("类型 kind"), .init("网点 outlet"),
                .init("订单号 order"), .init("渠道 channel"), .init("消费金额 gross", isSummed: true),
                .init("补贴 subsidy", isSummed: true), .init("自付 own paid", isSummed: true),
                .init("缴回 paid back", isSummed: true), .init("原核销 corrects"), .init("原日期 of day"),
                .init("结算单 settlement"), .init("状态 status"),
                .init("预计到账 expected"), .init("暂缓原因 held because"), .init("银行流水 bank reference"),
                .init("事件 event"),
            ])
        let obstacle = obstacle(in: ledger)?.chinese ?? ""
        for line in lines {
            let dates =
                line.payouts.compactMap(\.expected) + (line.isOpen ? [expected].compactMap(\.self) : [])
            sheet.append([
                .day(line.day), .instant(line.instant), .text(line.kind.name.chinese),
                .text(line.outlet.map { $0.text(in: ledger) } ?? ""), .text(line.order ?? ""),
                .text(line.channel ?? ""), .amount(line.gross),
                .amount(line.kind == .repayment ? .zero : line.subsidy), .amount(line.ownPaid),
                .amount(line.kind == .repayment ? line.subsidy : .zero),
                .text(line.corrects.map { $0.redemption.text(in: ledger) } ?? ""),
                line.corrects.map { .day($0.day) } ?? .none,
                .text(line.payouts.map(\.reference).joined(separator: " ")), .text(line.standing.chinese),
                dates.max().map { .day($0) } ?? .none, .text(line.isOpen ? obstacle : ""),
                .text(line.payouts.filter { $0.status == .paid }.map(\.note).joined(separator: " ")),
                .number(Int(clamping: line.event)),
            ])
        }
        return sheet
    }

    private func outletsSheet(_ ledger: LedgerCode) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "网点 outlets", notes: notes(ledger),
            [
                .init("网点 outlet"), .init("平台编号 platform id"), .init("名称 name"),
                .init("笔数 sales", isSummed: true), .init("消费金额 gross", isSummed: true),
                .init("补贴 subsidy", isSummed: true), .init("自付 own paid", isSummed: true),
                .init("退款与更正 refunds", isSummed: true), .init("退款金额 refunded", isSummed: true),
                .init("退回补贴 subsidy back", isSummed: true), .init("应付 net", isSummed: true),
            ])
        for total in outlets {
            sheet.append([
                .text(total.outlet.text(in: ledger)), .text(total.platformID), .text(total.name ?? ""),
                .number(total.sales), .amount(total.gross), .amount(total.subsidy), .amount(total.ownPaid),
                .number(total.refunds), .amount(total.refundedGross), .amount(total.refundedSubsidy),
                .amount(total.net),
            ])
        }
        return sheet
    }

    private func payoutsSheet(_ ledger: LedgerCode) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "付款 payouts", notes: notes(ledger),
            [
                .init("结算单 settlement"), .init("截至 through"), .init("金额 amount", isSummed: true),
                .init("状态 status"), .init("预计到账 expected"), .init("银行流水或原因 note"),
            ])
        for payout in payouts {
            sheet.append([
                .text(payout.reference), .day(payout.through), .amount(payout.amount),
                .text(payout.status.name.chinese), payout.expected.map { .day($0) } ?? .none,
                .text(payout.note),
            ])
        }
        return sheet
    }
}

extension SettlementLine.Status {
    /// Where its money is, as a merchant reads it.
    package var name: Sentence {
        switch self {
        case .sealed: Sentence("待付款", "to be paid")
        case .paid: Sentence("已付款", "paid")
        case .undone: Sentence("已撤回，转下期", "undone, carried over")
        }
    }
}

package import LedgerDomain
package import StatementFormats

extension LedgerService {
    /// The events behind a period's figures, or behind one cell of them: a line for each, by its number in the log.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where there are more than `limit`.
    package func figureLines(
        _ period: ReportPeriod, of cell: (dimension: PeriodFigures.Dimension, key: String)?,
        limit: Int = .max
    ) throws(ServiceError) -> Workbook.Sheet {
        let range = try events(from: period.from, through: period.through)
        // Read after the range: every outlet that its events name is there.
        let places = try places()
        var sheet = Workbook.Sheet(
            "明细 events",
            [
                .init("事件 event"), .init("业务日期 day"), .init("时间 time"), .init("类型 type"),
                .init("活动 programme"),
                .init("批次 batch"), .init("网点 outlet"), .init("镇街 town"), .init("品类 category"),
                .init("渠道 channel"), .init("投放 released", isSummed: true),
                .init("领取 claimed", isSummed: true), .init("失效 lapsed", isSummed: true),
                .init("消费 gross", isSummed: true), .init("补贴 subsidy", isSummed: true),
                .init("退款 refunded", isSummed: true), .init("退回补贴 given back", isSummed: true),
                .init("更正 corrected", isSummed: true), .init("奖补 awarded", isSummed: true),
                .init("人次 attendance", isSummed: true),
            ])
        try forEachFigure(range) { (recorded, figures, place) throws(ServiceError) in
            guard let figures else { return }
            if let cell, !places.keys(of: place).contains(where: { $0 == cell }) { return }
            guard sheet.rows.count < limit else {
                throw .invalid("There are more than \(limit) lines: ask for a cell, or for a shorter period.")
            }
            sheet.append([
                .number(Int(clamping: recorded.number)), .day(place.day), .instant(recorded.event.instant),
                .text("\(recorded.event.record.type)"),
                .text(place.programme.map { $0.text(in: ledger) } ?? ""),
                .text(place.batch.map { $0.text(in: ledger) } ?? ""),
                .text(place.outlet.map { $0.text(in: ledger) } ?? ""),
                .text(place.outlet.map { places.town(of: $0) } ?? ""), .text(place.category ?? ""),
                .text(place.channel ?? ""), .amount(figures.released), .amount(figures.claimed),
                .amount(figures.lapsed),
                .amount(figures.gross), .amount(figures.subsidy), .amount(figures.refundedGross),
                .amount(figures.refundedSubsidy), .amount(figures.corrected), .amount(figures.awarded),
                .number(figures.attendance),
            ])
        }
        if let cell, sheet.rows.isEmpty {
            throw .invalid(
                "No event from \(period.from.text) through \(period.through.text) is of the \(cell.dimension.rawValue) “\(cell.key)”."
            )
        }
        return sheet
    }

    /// The events behind a fund's chain: a line for each posting that moved its money in a period.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where there are more than `limit`, and for a fund that there is not.
    package func fundLines(
        _ period: ReportPeriod, of fund: FundID, limit: Int = .max
    ) throws(ServiceError) -> Workbook.Sheet {
        guard try state({ $0.funds.contains(fund) }) else {
            throw .invalid("The ledger has no fund \(fund.text(in: ledger)).")
        }
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        var sheet = Workbook.Sheet(
            "资金明细 \(fund.text(in: ledger))",
            [
                .init("事件 event"), .init("业务日期 day"), .init("时间 time"), .init("类型 type"),
                .init("分录 posting"), .init("科目 kind"), .init("借 debit"), .init("贷 credit"),
                .init("金额 amount", isSummed: true),
            ])
        try forEachEvent(try events(from: period.from, through: period.through)) {
            (number, event) throws(ServiceError) in
            for posting in event.postings where posting.fund == fund {
                guard sheet.rows.count < limit else {
                    throw .invalid("There are more than \(limit) lines: ask for a shorter period.")
                }
                sheet.append([
                    .number(Int(clamping: number)), .day(event.instant.businessDay(cutOff: cutOff)),
                    .instant(event.instant), .text("\(event.record.type)"),
                    .text("\(posting.undoes ? "undo " : "")\(posting.kind)"), .text(posting.kind.title),
                    .text("\(posting.debit.kind)"), .text("\(posting.credit.kind)"), .amount(posting.amount),
                ])
            }
        }
        return sheet
    }
}

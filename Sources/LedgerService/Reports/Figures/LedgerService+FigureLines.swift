import LedgerDomain
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
                .init("渠道 channel"), .init("领取 claimed", isSummed: true), .init("失效 lapsed", isSummed: true),
                .init("消费 gross", isSummed: true), .init("补贴 subsidy", isSummed: true),
                .init("退款 refunded", isSummed: true), .init("退回补贴 given back", isSummed: true),
                .init("更正 corrected", isSummed: true), .init("奖补 awarded", isSummed: true),
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
                .text(place.channel ?? ""), .amount(figures.claimed), .amount(figures.lapsed),
                .amount(figures.gross), .amount(figures.subsidy), .amount(figures.refundedGross),
                .amount(figures.refundedSubsidy), .amount(figures.corrected), .amount(figures.awarded),
            ])
        }
        return sheet
    }
}

package import LedgerDomain
package import StatementFormats

extension RolledFigures {
    /// The region's report as a workbook, with the ledgers that it is summed over and the transfers among them.
    package func workbook(titled title: String, at instant: Instant) -> Workbook {
        var workbook = figures.workbook(titled: title, at: instant)
        var sources = Workbook.Sheet(
            "账簿 ledgers", [.init("账簿 ledger"), .init("报表摘要 SHA-256")])
        for source in figures.sources ?? [] { sources.append([.text(source.ledger), .text(source.digest)]) }
        workbook.sheets.append(sources)
        if !pairs.isEmpty { workbook.sheets.append(transfers) }
        return workbook
    }

    private var transfers: Workbook.Sheet {
        var sheet = Workbook.Sheet(
            "转移支付核对 transfers",
            [
                .init("转出 sender"), .init("转入 receiver"), .init("发出事件 remit event"), .init("转出金额 sent"),
                .init("转入金额 received"), .init("核对 standing"),
            ])
        for pair in pairs {
            sheet.append([
                .text(pair.sender), .text(pair.receiver), .number(Int(clamping: pair.remit)),
                pair.sent.map { .amount($0) } ?? .none, pair.received.map { .amount($0) } ?? .none,
                .text("\(pair.standing.name.chinese) \(pair.standing.name.english)"),
            ])
        }
        return sheet
    }
}

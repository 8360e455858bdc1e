package import LedgerDomain
import LedgerStorage
package import StatementFormats

extension Resolution.Class {
    /// What finance officers call it.
    package var name: Sentence {
        switch self {
        case .long: Sentence("长款", "missing from the ledger")
        case .short: Sentence("短款", "missing from the statement")
        case .amount: Sentence("金额不符", "amounts differ")
        case .status: Sentence("状态不符", "outcomes differ")
        case .day: Sentence("跨日", "business days differ")
        case .duplicate: Sentence("重复", "duplicate")
        case .single: Sentence("单边账", "one side alone")
        case .dispute: Sentence("争议", "disputed by the merchant")
        }
    }
}

extension Difference {
    /// How ages are told, in days.
    package static let ageClasses: [(key: String, title: String, days: ClosedRange<Int>)] = [
        ("upTo3", "≤3", Int.min...3), ("upTo7", "4–7", 4...7), ("upTo30", "8–30", 8...30),
        ("upTo90", "31–90", 31...90), ("over90", ">90", 91...Int.max),
    ]

    /// What whoever works on it should know.
    package var hint: Sentence? {
        if isBack { return Sentence("复现，可重新打开", "found again; it can be reopened") }
        if isGone, status != .resolved {
            return Sentence("最近一次对账未再发现", "the latest run did not find it any more")
        }
        return nil
    }
}

extension [Difference] {
    /// The queue as a workbook.
    package func workbook(in ledger: LedgerCode, at instant: Instant) -> Workbook {
        var sheet = Workbook.Sheet(
            "差异 differences",
            [
                .init("差异 difference"), .init("类别 kind"), .init("对方 with"), .init("单号 reference"),
                .init("账面金额 ledger", isSummed: true), .init("对方金额 statement", isSummed: true),
                .init("银行金额 bank", isSummed: true),
                .init("未成功 failed"), .init("差额 difference", isSummed: true), .init("账面日期 day"),
                .init("对方日期 day"),
                .init("账面事件 event"), .init("文件行号 line"), .init("账龄 days"), .init("经办 owner"),
                .init("状态 status"), .init("处理 resolution"), .init("说明 note"), .init("审批 decided by"),
            ])
        for difference in self {
            let last = difference.resolutions.last
            sheet.append([
                .text(difference.shortID), .text(difference.kind.name.chinese),
                .text(difference.counterparty), .text(difference.reference),
                difference.ledger.map { .amount($0.amount) } ?? .none,
                difference.statement.map { .amount($0.amount) } ?? .none,
                difference.bank.map { .amount($0.amount) } ?? .none, .text(difference.failedSides),
                .amount(difference.amount),
                difference.ledger.map { .day($0.day) } ?? .none,
                difference.statement.map { .day($0.day) } ?? .none,
                difference.ledger.map { .number(Int(clamping: $0.line)) } ?? .none,
                difference.statement.map { .number(Int(clamping: $0.line)) } ?? .none,
                .number(difference.age), .text(difference.owner ?? ""), .text(difference.status.rawValue),
                .text(last.map { "\($0.row.asked.manner)" } ?? ""), .text(last?.row.asked.note ?? ""),
                .text(last?.decidedBy?.name ?? ""),
            ])
        }
        return Workbook("差异清单 \(ledger)", at: instant, [sheet])
    }
}

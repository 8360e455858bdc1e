package import LedgerDomain

/// What a report is about: whole months.
package struct ReportPeriod: Equatable, Sendable {
    package var kind: FiledReport.Kind
    package var from: BusinessDay

    package var through: BusinessDay {
        (1..<kind.months).reduce(from.lastOfMonth) { last, _ in BusinessDay(days: last.days + 1).lastOfMonth }
    }

    /// The first days of its months.
    var months: [BusinessDay] {
        (1..<kind.months).reduce(into: [from]) { months, _ in
            months.append(BusinessDay(days: months[months.count - 1].lastOfMonth.days + 1))
        }
    }

    package init(kind: FiledReport.Kind, from: BusinessDay) {
        self.kind = kind
        self.from = from.firstOfMonth
    }

    /// Reads `2018-06` (its first month), and `2018-Q2`, `2018-H1`, `2018` for what they fit.
    package init?(_ kind: FiledReport.Kind, _ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.last?.isEmpty == false, text.utf8.count <= 7, !text.contains("+"),
            let year = parts.first, year.utf8.count == 4,
            year.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let last = parts.count == 2 ? String(parts[1]) : ""
        let month: String
        switch (kind, last.first, last.dropFirst()) {
        case (.year, nil, _): month = "01"
        case (.quarter, "Q", let number):
            guard let number = Int(number), (1...4).contains(number) else { return nil }
            month = padded(number * 3 - 2, to: 2)
        case (.halfYear, "H", let number):
            guard let number = Int(number), (1...2).contains(number) else { return nil }
            month = padded(number * 6 - 5, to: 2)
        default: month = last
        }
        guard let first = BusinessDay(text: "\(year)-\(month)-01") else { return nil }
        self.init(kind: kind, from: first)
    }

    /// `2018-06`, `2018-Q2`, `2018-H1`, `2018`; a period that begins elsewhere by its first month.
    package var text: String {
        let (year, month, _) = from.civil
        let digits = padded(year, to: 4)
        return switch (kind, month) {
        case (.quarter, 1), (.quarter, 4), (.quarter, 7), (.quarter, 10): "\(digits)-Q\((month + 2) / 3)"
        case (.halfYear, 1), (.halfYear, 7): "\(digits)-H\((month + 5) / 6)"
        case (.year, 1): digits
        default: "\(digits)-\(padded(month, to: 2))"
        }
    }

    /// What its report is called.
    package var title: Sentence {
        switch kind {
        case .month: Sentence("文化消费券月报 \(text)", "month report \(text)")
        case .quarter: Sentence("文化消费券季度报告 \(text)", "quarterly report \(text)")
        case .halfYear: Sentence("文化消费半年统计报表 \(text)", "half-yearly return \(text)")
        case .year: Sentence("文化消费券资金决算 \(text)", "final account \(text)")
        }
    }
}

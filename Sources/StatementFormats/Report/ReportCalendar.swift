package import LedgerDomain

/// 报送日历: which reports a county owes and when; from YAML.
package struct ReportCalendar: Hashable, Sendable {
    /// One report that is owed again and again.
    package struct Duty: Hashable, Sendable {
        /// What the county calls it.
        package var name: String
        package var kind: FiledReport.Kind
        /// The months in which its periods begin, 1 to 12.
        package var begins: [Int]
        /// How many months after the period's last it is due, 1 to 6 …
        package var after: Int
        /// … and on which day of that month, 1 to 28.
        package var day: Int

        /// When the report of a period is due.
        package func due(_ through: BusinessDay) -> BusinessDay {
            let last = (0..<after).reduce(through) { day, _ in BusinessDay(days: day.days + 1).lastOfMonth }
            return BusinessDay(days: last.firstOfMonth.days + Int32(day) - 1)
        }
    }

    package var duties: [Duty]

    /// What holds where a county has written none: each month by the 10th, the half-years by the 10th, the year by 28 March.
    package static let usual = ReportCalendar(duties: [
        Duty(name: "月报", kind: .month, begins: Array(1...12), after: 1, day: 10),
        Duty(name: "半年统计报表", kind: .halfYear, begins: [1, 7], after: 1, day: 10),
        Duty(name: "决算", kind: .year, begins: [1], after: 3, day: 28),
    ])

    package init(duties: [Duty]) { self.duties = duties }
}

extension ReportCalendar {
    /// Reads a calendar; what is wrong in it is told with its line.
    package init(_ bytes: some Collection<UInt8>) throws(ProgrammeFileError) {
        let root = try RuleDocument.root(of: bytes)
        var document = RuleDocument()
        let keys = document.mapping(root, ["duties"], required: ["duties"])
        duties = document.list(keys["duties"], "report, due").compactMap {
            ReportCalendar.duty($0, &document)
        }
        if duties.isEmpty, document.faults.isEmpty {
            document.fault(line: document.line(of: "duties"), "duties", "has no report")
        }
        guard document.faults.isEmpty else { throw ProgrammeFileError(document.faults) }
    }

    private static func duty(_ item: RuleValue, _ document: inout RuleDocument) -> Duty? {
        let keys = document.mapping(
            item, ["report", "name", "due", "after", "begins"], required: ["report", "due"])
        let kind = document.value(keys["report"], kinds.value(of:))
        let day = document.value(keys["due"], RuleDocument.whole(1...28))
        let after = document.value(keys["after"], RuleDocument.whole(1...6)) ?? 1
        let begins = document.values(keys["begins"], "a month, 1 to 12", RuleDocument.whole(1...12))
        let name = document.value(keys["name"], TextLimit.name.check)
        guard let kind, let day else { return nil }
        return Duty(
            name: name ?? kind.usualName, kind: kind,
            begins: begins.isEmpty ? kind.usualBegins : begins.sorted(),
            after: after, day: day)
    }

    private static let kinds = Choice([
        "month": FiledReport.Kind.month, "quarter": .quarter, "half-year": .halfYear, "year": .year,
    ])
}

extension FiledReport.Kind {
    fileprivate var usualName: String {
        switch self {
        case .month: "月报"
        case .quarter: "季度报告"
        case .halfYear: "半年统计报表"
        case .year: "决算"
        }
    }

    fileprivate var usualBegins: [Int] { Array(stride(from: 1, through: 12, by: months)) }
}

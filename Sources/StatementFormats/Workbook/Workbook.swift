package import LedgerDomain

/// Tables of a report, before they become XLSX, CSV or HTML; the same workbook gives the same bytes.
package struct Workbook: Sendable {
    /// One value of a table.
    package enum Value: Hashable, Sendable {
        case text(String)
        case number(Int)
        /// Yuan in the file.
        case amount(Amount)
        /// Ten-thousandths; a percentage in the file.
        case share(Int)
        /// Hundredths; a number with two decimals in the file.
        case ratio(Int)
        case day(BusinessDay)
        /// In Shanghai.
        case instant(Instant)
        case none
    }

    /// A column of a table.
    package struct Column: Sendable {
        package var title: String
        /// Whether the row of totals has its sum.
        package var isSummed: Bool

        package init(_ title: String, isSummed: Bool = false) {
            self.title = title
            self.isSummed = isSummed
        }
    }

    /// A picture of some columns: one group of bars for each row.
    package struct Chart: Sendable {
        package var title: String
        /// The column that names the rows.
        package var label: Int
        /// The columns that are drawn, of amounts or numbers.
        package var values: [Int]

        package init(_ title: String, label: Int, values: [Int]) {
            self.title = title
            self.label = label
            self.values = values
        }
    }

    /// One table, with what has to be said above it.
    package struct Sheet: Sendable {
        /// Up to 31 characters without []:*?/\, unique in its workbook.
        package var name: String
        package var notes: [(label: String, value: Value)]
        package var columns: [Column]
        package var chart: Chart?
        package private(set) var rows: [[Value]] = []

        package init(
            _ name: String, notes: [(label: String, value: Value)] = [], _ columns: [Column],
            chart: Chart? = nil
        ) {
            self.name = name
            self.notes = notes
            self.columns = columns
            self.chart = chart
        }

        /// Adds a row.
        /// - Precondition: it has a value for every column.
        package mutating func append(_ row: [Value]) {
            precondition(row.count == columns.count, "a row has a value for every column")
            rows.append(row)
        }

        /// The sum of a column; `nil` where it has none. Amounts and numbers add up, everything else is nothing.
        package func total(_ column: Int) -> Value? {
            guard columns[column].isSummed else { return nil }
            var (fen, count, isMoney) = (Int64(0), 0, false)
            for row in rows {
                switch row[column] {
                case .amount(let amount):
                    fen += amount.fen
                    isMoney = true
                case .number(let number): count += number
                default: break
                }
            }
            return isMoney ? .amount(Amount(fen: fen)) : .number(count)
        }
    }

    package var title: String
    /// When the figures were taken; it stands in the file's properties.
    package var instant: Instant
    package var sheets: [Sheet]

    package init(_ title: String, at instant: Instant, _ sheets: [Sheet]) {
        self.title = title
        self.instant = instant
        self.sheets = sheets
    }
}

extension Workbook.Value {
    /// The value as it is printed.
    package var forPeople: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .amount(let amount): amount.yuan
        case .share(let parts):
            "\(hundredths(parts))%"
        case .ratio(let hundredths): self.hundredths(hundredths)
        case .day(let day): day.text
        case .instant(let instant): String(instant.text.prefix(19)).replacing("T", with: " ")
        case .none: ""
        }
    }

    private func hundredths(_ count: Int) -> String {
        "\(count < 0 ? "-" : "")\(count.magnitude / 100).\(padded(Int(count.magnitude % 100), to: 2))"
    }
}

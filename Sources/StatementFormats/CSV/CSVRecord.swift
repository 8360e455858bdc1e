import LedgerDomain

/// One row while it is read: gives out its values and gathers what is wrong with them.
struct CSVRecord<Column: CSVColumn> {
    let line: Int
    private(set) var faults: [RowFault] = []
    private let values: [Column: String]

    init(_ row: CSVTable<Column>.Row) {
        line = row.line
        values = row.values
    }

    /// What stands in the column; empty where nothing does or the file has no such column.
    subscript(_ column: Column) -> String { values[column] ?? "" }

    mutating func fault(_ column: Column, _ message: String) {
        faults.append(RowFault(row: line, field: column.rawValue, message: message))
    }

    /// What the column's text means; `nil` after a fault. Full-width letters, digits and signs are read as the usual ones.
    mutating func value<Value>(
        _ column: Column, _ read: (String) throws(TextFault) -> Value
    ) -> Value? {
        value(column, self[column].narrowed, read)
    }

    private mutating func value<Value>(
        _ column: Column, _ text: String, _ read: (String) throws(TextFault) -> Value
    ) -> Value? {
        guard !text.isEmpty else {
            fault(column, "is empty")
            return nil
        }
        do {
            return try read(text)
        } catch {
            fault(column, error.sentence)
            return nil
        }
    }

    /// What the column's text means where there is one; `nil` where it is blank, or after a fault.
    mutating func optionalValue<Value>(
        _ column: Column, _ read: (String) throws(TextFault) -> Value
    ) -> Value? {
        self[column].isEmpty ? nil : value(column, read)
    }

    mutating func text(_ column: Column, _ limit: TextLimit = .name) -> String? {
        value(column, self[column], limit.check)
    }

    mutating func optionalText(_ column: Column, _ limit: TextLimit = .name) -> String? {
        self[column].isEmpty ? nil : value(column, self[column], limit.check)
    }

    mutating func amount(_ column: Column) -> Amount? {
        value(column) { text throws(TextFault) in try Amount(entered: CSVRecord.ungrouped(text)) }
    }

    /// An amount without the commas that part its thousands (`1,234.50`), where they stand right.
    private static func ungrouped(_ text: String) -> String {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1, (1...3).contains(groups[0].count),
            groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return text }
        return ([groups.joined()] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }

    /// An amount that may be nothing, written as 0 or 0.00.
    mutating func amountOrZero(_ column: Column) -> Amount? {
        value(column) { text throws(TextFault) in
            text.allSatisfy({ $0 == "0" || $0 == "." }) && text.contains("0")
                ? .zero : try Amount(entered: CSVRecord.ungrouped(text))
        }
    }

    mutating func choice<Value>(_ column: Column, _ choice: Choice<Value>) -> Value? {
        value(column, choice.value(of:))
    }

    mutating func identityNumber(_ column: Column, practice: Bool) -> IdentityNumber? {
        value(column) { text throws(TextFault) in try IdentityNumber(entered: text, practice: practice) }
    }

    mutating func optionalIdentityNumber(_ column: Column, practice: Bool) -> IdentityNumber? {
        self[column].isEmpty ? nil : identityNumber(column, practice: practice)
    }

    mutating func creditCode(_ column: Column, practice: Bool) -> CreditCode? {
        value(column) { (text: String) throws(TextFault) -> CreditCode in
            do throws(CreditCode.Problem) {
                return try CreditCode(text, practice: practice)
            } catch {
                throw TextFault(message: "“\(text)” \(error.message)")
            }
        }
    }

    /// The column must stay blank in rows like this one.
    mutating func mustBeBlank(_ column: Column, _ reason: String) {
        if !self[column].isEmpty { fault(column, "must be blank \(reason)") }
    }
}

/// The typed rows of a file, until all of it has been checked.
struct CSVEntries<Entry> {
    private(set) var entries: [Entry] = []
    private var faults: [RowFault]

    /// Reads each row of a table; `read` gives back `nil` after a fault.
    init<Column>(_ table: CSVTable<Column>, _ read: (inout CSVRecord<Column>) -> Entry?) {
        faults = table.faults
        entries.reserveCapacity(table.rows.count)
        for row in table.rows {
            var record = CSVRecord(row)
            let entry = read(&record)
            if let entry, record.faults.isEmpty { entries.append(entry) }
            faults.append(contentsOf: record.faults)
        }
    }

    /// Adds a fault for every row whose key an earlier row has; the message names both rows.
    mutating func requireUnique<Key: Hashable>(
        _ column: some CSVColumn, line: (Entry) -> Int, key: (Entry) -> Key
    ) {
        var first: [Key: Int] = [:]
        for entry in entries {
            if let earlier = first[key(entry)] {
                let message = "lines \(earlier) and \(line(entry)) have the same \(column.rawValue)"
                faults.append(RowFault(row: line(entry), field: column.rawValue, message: message))
            } else {
                first[key(entry)] = line(entry)
            }
        }
    }

    mutating func fault(row: Int, _ column: some CSVColumn, _ message: String) {
        faults.append(RowFault(row: row, field: column.rawValue, message: message))
    }

    /// The rows of a file in which nothing is wrong.
    func checked() throws(RowFaults) -> [Entry] {
        guard faults.isEmpty else { throw RowFaults(faults) }
        return entries
    }
}

extension String {
    /// The text with full-width letters, digits and signs (U+FF01 to U+FF5E) in their usual form.
    var narrowed: String {
        guard unicodeScalars.contains(where: { (0xFF01...0xFF5E).contains($0.value) }) else { return self }
        var narrow = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let usual = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
            narrow.append(usual ?? scalar)
        }
        return String(narrow)
    }
}

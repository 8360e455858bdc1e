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

    /// What the column's text means; `nil` after a fault.
    mutating func value<Value>(
        _ column: Column, _ read: (String) throws(TextFault) -> Value
    ) -> Value? {
        let text = self[column]
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
        value(column, limit.check)
    }

    mutating func optionalText(_ column: Column, _ limit: TextLimit = .name) -> String? {
        optionalValue(column, limit.check)
    }

    mutating func amount(_ column: Column) -> Amount? {
        value(column, Amount.init(entered:))
    }

    mutating func choice<Value>(_ column: Column, _ choice: Choice<Value>) -> Value? {
        value(column, choice.value(of:))
    }

    mutating func identityNumber(_ column: Column, practice: Bool) -> IdentityNumber? {
        value(column) { (text: String) throws(TextFault) -> IdentityNumber in
            do throws(IdentityNumber.Problem) {
                return try IdentityNumber(text, practice: practice)
            } catch {
                throw TextFault(message: error.message)
            }
        }
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

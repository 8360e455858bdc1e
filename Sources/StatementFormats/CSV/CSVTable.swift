import SwiftCSV

/// The rows of one CSV file (RFC 4180, UTF-8), with the line on which each begins; the form all readers share.
struct CSVTable<Column: CSVColumn> {
    /// A row as it stands in the file, its values trimmed.
    struct Row {
        let line: Int
        let values: [Column: String]
    }

    private(set) var rows: [Row] = []
    /// The rows that have more or fewer fields than the header.
    private(set) var faults: [RowFault] = []

    /// Reads a whole file; blank lines are skipped.
    ///
    /// Throws at once where the text or its header cannot be read: then no row means anything. A file without
    /// any row is refused unless `mayBeEmpty`.
    init(_ bytes: some Collection<UInt8>, mayBeEmpty: Bool = false) throws(RowFaults) {
        let lines = try CSVLines(bytes).lines.filter { $0.fields.count > 1 || $0.fields != [""] }
        guard let header = lines.first else {
            throw RowFaults([RowFault(row: 1, field: "", message: "the file is empty")])
        }
        let columns = try CSVTable.columns(of: header)
        guard mayBeEmpty || lines.count > 1 else {
            throw RowFaults([RowFault(row: 1, field: "", message: "the file has no rows below its header")])
        }
        for line in lines.dropFirst() {
            if line.fields.count == columns.count {
                let values = Dictionary(uniqueKeysWithValues: zip(columns, line.fields))
                rows.append(Row(line: line.number, values: values))
            } else {
                let message = "has \(line.fields.count) fields; the header has \(columns.count)"
                faults.append(RowFault(row: line.number, field: "", message: message))
            }
        }
    }

    private static func columns(of header: CSVLines.Line) throws(RowFaults) -> [Column] {
        var columns: [Column] = []
        var faults: [RowFault] = []
        let allowed = "allowed: \(Column.allCases.map(\.title).joined(separator: ", "))"
        for title in header.fields {
            guard let column = Column.named(title) else {
                let unknown = Suggestion.sentence(
                    "unknown column “\(title)”", for: title, among: Column.header)
                faults.append(RowFault(row: header.number, field: title, message: "\(unknown); \(allowed)"))
                continue
            }
            if columns.contains(column) {
                let message = "the column stands twice in the header"
                faults.append(RowFault(row: header.number, field: column.rawValue, message: message))
            }
            columns.append(column)
        }
        for column in Column.allCases where !column.isOptional && !columns.contains(column) {
            let message = "the column is missing from the header; \(allowed)"
            faults.append(RowFault(row: header.number, field: column.rawValue, message: message))
        }
        guard faults.isEmpty else { throw RowFaults(faults) }
        return columns
    }
}

/// What SwiftCSV finds in a file, with line numbers that quoted line breaks do not put wrong.
private struct CSVLines {
    struct Line {
        /// The line of the file on which the row begins, from 1.
        let number: Int
        /// The fields, trimmed; a blank line is one empty field.
        let fields: [String]
    }

    let lines: [Line]

    init(_ bytes: some Collection<UInt8>) throws(RowFaults) {
        let text: String
        do {
            text = try FileText(bytes).text
        } catch {
            throw RowFaults([RowFault(row: error.line, field: "", message: error.message)])
        }
        if let line = CSVLines.lineOfControlCharacter(in: text) {
            let message = "has a control character or an unusual line separator in it"
            throw RowFaults([RowFault(row: line, field: "", message: message)])
        }
        lines = try CSVLines.split(text)
    }

    private static func split(_ text: String) throws(RowFaults) -> [Line] {
        var lines: [Line] = []
        var number = 1
        do {
            // With a row limit of zero SwiftCSV reads the header alone: it would make all rows equally long. Its
            // parser drops a last field that is empty, unless a line break follows.
            let csv = try EnumeratedCSV(
                string: text + "\n", delimiter: .comma, loadColumns: false, rowLimit: 0)
            try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { fields in
                lines.append(Line(number: number, fields: fields.map(trimmed)))
                number += fields.reduce(1) { $0 + lineBreaks(in: $1) }
            }
        } catch {
            let message =
                "has a quotation mark inside a field; put the field in quotation marks and double it"
            throw RowFaults([RowFault(row: number, field: "", message: message)])
        }
        if !text.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) {
            let message = "a quotation mark opens here and never closes"
            throw RowFaults([RowFault(row: lines.last?.number ?? 1, field: "", message: message)])
        }
        return lines
    }

    private static func trimmed(_ field: String) -> String {
        guard field.first?.isWhitespace == true || field.last?.isWhitespace == true else { return field }
        let start = field.drop(while: \.isWhitespace)
        return String(start.prefix((start.lastIndex { !$0.isWhitespace }.map { start[...$0].count }) ?? 0))
    }

    private static func lineBreaks(in field: String) -> Int {
        guard field.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return 0 }
        return field.count(where: \.isNewline)
    }

    /// What SwiftCSV would take for the end of a row, but no editor counts as a line; and NUL.
    private static func lineOfControlCharacter(in text: String) -> Int? {
        let unusual: Set<Unicode.Scalar> = ["\0", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}"]
        guard let place = text.unicodeScalars.firstIndex(where: unusual.contains) else { return nil }
        return 1 + text[..<place].count(where: \.isNewline)
    }
}

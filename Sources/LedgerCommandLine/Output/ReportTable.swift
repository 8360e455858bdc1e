/// A titled table of a report.
struct ReportTable: Sendable {
    struct Column: Sendable {
        /// The key in JSON.
        var key: String
        /// What stands above the column.
        var title: String
    }

    var title: String
    var columns: [Column]
    var rows: [[Cell]] = []

    init(_ title: String, _ columns: [(key: String, title: String)]) {
        self.title = title
        self.columns = columns.map { Column(key: $0.key, title: $0.title) }
    }

    mutating func append(_ row: [Cell]) {
        precondition(row.count == columns.count, "a row has a cell for every column")
        rows.append(row)
    }

    /// The table in monospaced text; CJK characters count two columns.
    var text: String {
        let cells = rows.map { $0.map(\.forPeople) }
        let widths = columns.indices.map { column in
            ([columns[column].title] + cells.map { $0[column] }).map(\.displayWidth).max() ?? 0
        }
        func line(_ row: [String], numeric: [Bool]) -> String {
            let padded = zip(zip(row, widths), numeric).map { pair, isNumeric in
                let space = String(repeating: " ", count: max(0, pair.1 - pair.0.displayWidth))
                return isNumeric ? space + pair.0 : pair.0 + space
            }
            return ("  " + padded.joined(separator: "  ")).trimmingTrailingSpaces
        }
        let numeric = columns.indices.map { column in
            !rows.isEmpty
                && rows.allSatisfy { if case .none = $0[column] { true } else { $0[column].isNumeric } }
        }
        var lines = title.isEmpty ? [] : [title]
        lines.append(line(columns.map(\.title), numeric: numeric))
        lines.append("  " + widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
        if rows.isEmpty { lines.append("  (none)") }
        for (row, texts) in zip(rows, cells) {
            lines.append(line(texts, numeric: row.map(\.isNumeric)))
        }
        return lines.joined(separator: "\n")
    }

    /// The rows as JSON objects.
    var objects: [[String: Cell]] {
        rows.map { Dictionary(zip(columns.map(\.key), $0), uniquingKeysWith: { first, _ in first }) }
    }
}

extension String {
    /// How many terminal columns the text takes; East Asian wide characters take two.
    var displayWidth: Int {
        unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x300...0x36F, 0x200B...0x200F: width
            case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }

    fileprivate var trimmingTrailingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

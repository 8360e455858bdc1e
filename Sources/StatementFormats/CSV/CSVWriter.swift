package import LedgerDomain

/// A value on its way into a CSV file.
package enum CSVField: Hashable, Sendable {
    /// Words, codes and account numbers; what a spreadsheet would take for a formula is defused.
    case text(String)
    /// Yuan with two decimals, as it stands, negative or not.
    case amount(Amount)
    /// A whole number, as it stands, negative or not.
    case number(Int64)
}

/// Writes CSV (RFC 4180, UTF-8, CRLF) for people and banks, safe to open in a spreadsheet.
///
/// A text that begins with `=`, `+`, `-`, `@`, a tab or a line break, or with the full-width form of such a
/// sign, gets an apostrophe before it: a spreadsheet would run it as a formula.
package struct CSVWriter: Sendable {
    /// The file so far, every line ended.
    package private(set) var text: String
    private let width: Int

    /// Starts a file with its header; `byteOrderMark` tells Excel in Chinese that it is UTF-8.
    package init(header: [String], byteOrderMark: Bool = false) {
        text = byteOrderMark ? "\u{FEFF}" : ""
        width = header.count
        append(header.map(CSVField.text))
    }

    /// Adds a row.
    /// - Precondition: it has as many fields as the header.
    package mutating func append(_ fields: [CSVField]) {
        precondition(fields.count == width, "a row has as many fields as the header")
        text += fields.map(CSVWriter.written).joined(separator: ",") + "\r\n"
    }

    private static func written(_ field: CSVField) -> String {
        switch field {
        case .text(let text): quoted(defused(text))
        case .amount(let amount): amount.yuan
        case .number(let number): String(number)
        }
    }

    private static func defused(_ text: String) -> String {
        let dangerous: [Unicode.Scalar] = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
        guard let first = text.unicodeScalars.first, dangerous.contains(first) else { return text }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        let special = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        let spaced = text.first?.isWhitespace == true || text.last?.isWhitespace == true
        guard special || spaced else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}

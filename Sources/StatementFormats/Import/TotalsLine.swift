import Foundation
import LedgerDomain

/// A line behind a file's rows that says what they come to, as a mapping has it: `TOTAL|{rows}|{turnover}`.
///
/// It is held against a line field by field, each of which begins as its own; further fields do not matter.
package struct TotalsLine: Hashable, Sendable {
    /// What is said of the rows; all but the first are of what moved money: rows that are left out, and that failed, are not
    /// in them.
    package enum Total: String, CaseIterable, Hashable, Sendable {
        case rows
        /// How many are sales, and refunds.
        case sales, refunds
        /// Money in, money out, the first less the second, and both together. All but the third are without a sign.
        case sold, refunded, net, turnover

        var isAmount: Bool { ![.rows, .sales, .refunds].contains(self) }
        var name: String { "{\(rawValue)}" }
    }

    /// A total between two texts, the second of which may be empty.
    private struct Part: Hashable {
        var before: String
        var total: Total
        var after: String
    }

    private struct Field: Hashable {
        /// What it begins with, where it has no total.
        var text: String
        var parts: [Part]
    }

    /// As the mapping has it.
    let text: String
    private let fields: [Field]

    /// - Parameter delimiter: what stands between the file's fields.
    /// - Throws: ``TextFault`` where it names no total, an unknown one, two with nothing between them, or begins with one.
    init(_ text: String, delimiter: UInt8) throws(TextFault) {
        self.text = try TextLimit.name.check(text)
        let separator = Character(UnicodeScalar(delimiter))
        var fields: [Field] = []
        for field in text.split(separator: separator, omittingEmptySubsequences: false) {
            fields.append(Field(text: String(field), parts: try TotalsLine.parts(of: field)))
        }
        guard fields.contains(where: { !$0.parts.isEmpty }) else {
            throw TextFault(message: "names no total", allowed: Total.allCases.map(\.name))
        }
        guard !text.hasPrefix("{") else {
            throw TextFault(message: "begins with a total: say what the line begins with")
        }
        self.fields = fields
    }

    private static func parts(of field: Substring) throws(TextFault) -> [Part] {
        var parts: [Part] = []
        var rest = field
        while let start = rest.firstIndex(of: "{") {
            guard let close = rest[start...].firstIndex(of: "}"),
                let total = Total(rawValue: String(rest[rest.index(after: start)..<close]))
            else {
                throw TextFault(
                    message: "“\(rest[start...])” begins with no known total",
                    allowed: Total.allCases.map(\.name))
            }
            let before = String(rest[..<start])
            guard parts.isEmpty || !before.isEmpty else {
                throw TextFault(message: "has two totals with nothing between them")
            }
            if !parts.isEmpty { parts[parts.count - 1].after = before }
            rest = rest[rest.index(after: close)...]
            parts.append(Part(before: before, total: total, after: String(rest)))
        }
        return parts
    }

    /// What a line says of each total; `nil` where it is no such line.
    func said(_ line: [String]) -> [(total: Total, text: String)]? {
        guard line.count >= fields.count else { return nil }
        var said: [(total: Total, text: String)] = []
        for (field, text) in zip(fields, line) {
            guard !field.parts.isEmpty else {
                guard text.hasPrefix(field.text) else { return nil }
                continue
            }
            var rest = text[...]
            for part in field.parts {
                guard rest.hasPrefix(part.before) else { return nil }
                rest = rest.dropFirst(part.before.count)
                let stop = part.after.isEmpty ? rest.endIndex : rest.range(of: part.after)?.lowerBound
                guard let stop else { return nil }
                said.append((part.total, rest[..<stop].trimmingCharacters(in: .whitespaces)))
                rest = rest[stop...]
            }
        }
        return said
    }
}

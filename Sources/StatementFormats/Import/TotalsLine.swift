import Foundation
import LedgerDomain

/// A line behind a file's rows that says what they come to, as a mapping has it: `TOTAL|{rows}|{turnover}`. A line that
/// begins so is one.
package struct TotalsLine: Hashable, Sendable {
    /// What is said of the rows; all but the first count only rows that are not left out.
    package enum Total: String, CaseIterable, Hashable, Sendable {
        case rows
        /// How many are sales, and refunds.
        case sales, refunds
        /// Money in, money out without its sign, the first less the second, and both together.
        case sold, refunded, net, turnover

        var isAmount: Bool { ![.rows, .sales, .refunds].contains(self) }
        var name: String { "{\(rawValue)}" }
    }

    private struct Part: Hashable {
        /// What stands before the total.
        var before: String
        var total: Total
    }

    /// As the mapping has it.
    let text: String
    private let parts: [Part]
    private let end: String

    /// - Throws: ``TextFault`` where it names no total, an unknown one, or two with nothing between them.
    init(_ text: String) throws(TextFault) {
        let allowed = Total.allCases.map(\.name)
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            guard let close = rest[start...].firstIndex(of: "}"),
                let total = Total(rawValue: String(rest[rest.index(after: start)..<close]))
            else {
                throw TextFault(message: "“\(rest[start...])” begins with no known total", allowed: allowed)
            }
            guard parts.isEmpty || start != rest.startIndex else {
                throw TextFault(message: "has two totals with nothing between them")
            }
            parts.append(Part(before: String(rest[..<start]), total: total))
            rest = rest[rest.index(after: close)...]
        }
        guard !parts.isEmpty else { throw TextFault(message: "names no total", allowed: allowed) }
        (self.text, self.parts, end) = (text, parts, String(rest))
    }

    /// What a line says of each total; `nil` where it is no such line.
    func said(_ line: String) -> [(total: Total, text: String)]? {
        var said: [(total: Total, text: String)] = []
        var rest = line[...]
        for (index, part) in parts.enumerated() {
            guard rest.hasPrefix(part.before) else { return nil }
            rest = rest.dropFirst(part.before.count)
            let next = index + 1 < parts.count ? parts[index + 1].before : end
            let stop = next.isEmpty ? rest.endIndex : rest.range(of: next)?.lowerBound
            guard let stop else { return nil }
            said.append((part.total, rest[..<stop].trimmingCharacters(in: .whitespaces)))
            rest = rest[stop...]
        }
        return said
    }
}

/// What the rows of a file come to, for its lines of totals.
struct RowTotals {
    private var rows: Int64 = 0
    private var sales: Int64 = 0
    private var refunds: Int64 = 0
    private var sold: Int64 = 0
    private var refunded: Int64 = 0

    /// Counts a row, whether or not it is left out.
    mutating func addRow() { rows += 1 }

    /// Counts what a row says; `fen` is below zero for a refund.
    mutating func add(_ fen: Int64, isRefund: Bool) {
        if isRefund {
            refunds += 1
            refunded &-= fen
        } else {
            sales += 1
            sold &+= fen
        }
    }

    subscript(total: TotalsLine.Total) -> Int64 {
        switch total {
        case .rows: rows
        case .sales: sales
        case .refunds: refunds
        case .sold: sold
        case .refunded: refunded
        case .net: sold &- refunded
        case .turnover: sold &+ refunded
        }
    }

    /// What is wrong with what a line says of a total; `nil` where it is what the rows come to.
    func fault(in text: String, of total: TotalsLine.Total, _ unit: StatementMapping.Unit) -> String? {
        let isWhole = !total.isAmount || unit == .fen
        func shown(_ value: Int64) -> String { isWhole ? "\(value)" : Amount(fen: value).yuan }
        do throws(StatementBytes.AmountProblem) {
            var text = text
            let said = try text.withUTF8 { (bytes) throws(StatementBytes.AmountProblem) in
                try StatementBytes.amount(UnsafeRawBufferPointer(bytes), isFen: isWhole)
            }
            // Money that went back is written below zero by some.
            let value = total == .refunded ? abs(said) : said
            return value == self[total]
                ? nil : "says \(shown(value)); the rows come to \(shown(self[total]))"
        } catch {
            return "“\(text)” \(error.meaning)"
        }
    }
}

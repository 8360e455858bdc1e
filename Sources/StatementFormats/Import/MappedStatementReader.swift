import Foundation
import LedgerDomain
import Reconciliation

/// Reads a CSV by its mapping: the header is the first line that has every title; fields may be quoted (RFC 4180).
struct MappedStatementReader: StatementReader {
    private var splitter = LineSplitter()
    private var faults = StatementFaults()
    private var encoding: StatementEncoding
    private var statement = Statement(name: StatementImport.name)
    private var days: ClosedRange<BusinessDay>?
    private let mapping: StatementMapping
    private let cutOff: Int64
    /// Where each field stands; `nil` until the header is found.
    private var places: [StatementMapping.Field: Int]?
    private var width = 0
    private var hasEnded = false
    /// Whether the rows have ended, and every one of them could be read.
    private var areRowsSound = false
    private var sums = RowTotals()
    /// The lines of totals that have been met.
    private var met: Set<TotalsLine> = []
    private var skipped = 0
    private var fields: [Range<Int>] = []
    /// The bytes of quoted fields, without their quotation marks.
    private var scratch: [UInt8] = []
    /// Lines of a row that goes on, for a line break stood between quotation marks.
    private var open: (bytes: [UInt8], number: Int, lines: Int)?
    /// A row that goes on for more lines, or more bytes, is a quotation mark that never closes.
    private static let rowLimit = (lines: 100, bytes: 1 << 16)
    private let comment: [UInt8]
    private let ends: [[UInt8]]

    init(by mapping: StatementMapping, cutOff: Int64) {
        self.mapping = mapping
        encoding = StatementEncoding(mapping.encoding)
        self.cutOff = cutOff
        comment = Array(mapping.comment.utf8)
        ends = mapping.end.map { Array($0.utf8) }
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer) throws(RowFaults) {
        var splitter = splitter
        splitter.take(bytes) { line, number in take(line, number) }
        self.splitter = splitter
        if splitter.isBroken { faults.add(splitter.next, "", "is longer than any line of a statement") }
        if faults.isFull || splitter.isBroken { try faults.check() }
    }

    mutating func finish() throws(RowFaults) -> ImportedStatement {
        var splitter = splitter
        splitter.finish { line, number in take(line, number) }
        self.splitter = splitter
        if let open { faults.add(open.number, "", "a quotation mark opens here and never closes") }
        if places == nil {
            let titles = mapping.columns.values.sorted().joined(separator: ", ")
            let read = mapping.encoding.map { ", when the file is read as \($0), as the mapping says" } ?? ""
            faults.add(1, "", "no line has the columns of \(mapping.name)\(read): \(titles)")
        }
        if !mapping.end.isEmpty, !hasEnded, places != nil {
            faults.add(
                splitter.next, "",
                "the file ends without “\(mapping.end[0])”: the download is incomplete")
        }
        if areRowsSound {
            for line in mapping.totals where !met.contains(line) {
                faults.add(
                    splitter.next, "totals",
                    "no line behind the rows is as “\(line.text)”: the download is incomplete, or the mapping is of other files"
                )
            }
        }
        try faults.check()
        var imported = ImportedStatement(statement: statement, days: days)
        imported.skipped = skipped
        return imported
    }

    private mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) {
        guard !faults.isFull else { return }
        encoding.notice(line)
        if var row = open {
            row.bytes.append(0x0A)
            row.bytes.append(contentsOf: line)
            open = nil
            row.bytes.withUnsafeBytes { takeRow($0, row.number, lines: row.lines + 1) }
            return
        }
        guard line.count > 0 else { return }
        if places != nil, !hasEnded, ends.contains(where: { begins(line, $0) }) {
            hasEnded = true
            areRowsSound = faults.faults.isEmpty
        }
        if hasEnded {
            skipped += 1
            check(line, number)
        } else if !comment.isEmpty && begins(line, comment) {
            skipped += 1
        } else {
            takeRow(line, number)
        }
    }

    /// Holds a line of totals against the rows; where rows could not be read, they come to nothing that it could say.
    private mutating func check(_ line: UnsafeRawBufferPointer, _ number: Int) {
        guard areRowsSound, !mapping.totals.isEmpty else { return }
        _ = split(line)
        let source = scratch
        let texts = source.withUnsafeBytes { bytes in
            fields.map { encoding.text(field($0, of: bytes)) ?? "" }
        }
        for totals in mapping.totals {
            guard let said = totals.said(texts) else { continue }
            met.insert(totals)
            for (total, text) in said {
                guard let fault = sums.fault(in: text, of: total, by: mapping) else { continue }
                faults.add(number, total.name, fault)
            }
        }
    }

    /// Whether a line begins with a word, in UTF-8 or in GB 18030.
    private func begins(_ line: UnsafeRawBufferPointer, _ word: [UInt8]) -> Bool {
        if line.starts(with: word) { return true }
        guard line.count > 0, line[0] >= 0x80 || word.contains(where: { $0 >= 0x80 }) else { return false }
        // A character may be cut in two there.
        let start = UnsafeRawBufferPointer(rebasing: line.prefix(256))
        let text =
            StatementBytes.text(start)
            ?? StatementBytes.text(UnsafeRawBufferPointer(rebasing: start.dropLast(1)))
        return text?.hasPrefix(String(decoding: word, as: UTF8.self)) ?? false
    }

    private mutating func takeRow(_ line: UnsafeRawBufferPointer, _ number: Int, lines: Int = 1) {
        guard split(line) else {
            guard lines < Self.rowLimit.lines, line.count < Self.rowLimit.bytes else {
                faults.add(number, "", "a quotation mark opens here and never closes")
                open = nil
                return
            }
            open = (Array(line), number, lines)
            return
        }
        let source = scratch
        source.withUnsafeBytes { bytes in
            if places == nil { takeHeader(bytes) } else { takeFields(bytes, number) }
        }
    }

    /// Cuts a row into fields, its quotation marks taken off; `false` where one is open at the end.
    private mutating func split(_ line: UnsafeRawBufferPointer) -> Bool {
        fields.removeAll(keepingCapacity: true)
        scratch.removeAll(keepingCapacity: true)
        let quote = UInt8(ascii: "\"")
        var place = 0
        var start = 0
        var isQuoted = false
        while place < line.count {
            let byte = line[place]
            if isQuoted {
                if byte == quote {
                    if place + 1 < line.count, line[place + 1] == quote {
                        scratch.append(quote)
                        place += 1
                    } else {
                        isQuoted = false
                    }
                } else {
                    scratch.append(byte)
                }
            } else if byte == mapping.delimiter {
                fields.append(start..<scratch.count)
                start = scratch.count
            } else if byte == quote, scratch.count == start {
                isQuoted = true
            } else {
                scratch.append(byte)
            }
            place += 1
        }
        fields.append(start..<scratch.count)
        return !isQuoted
    }

    private mutating func takeHeader(_ bytes: UnsafeRawBufferPointer) {
        let titles = fields.map { encoding.text(field($0, of: bytes)) ?? "" }
        var found: [StatementMapping.Field: Int] = [:]
        for (field, title) in mapping.columns {
            guard let place = titles.firstIndex(of: title) else {
                skipped += 1
                return
            }
            found[field] = place
        }
        places = found
        width = titles.count
    }

    private func field(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var field = StatementBytes.trimmed(UnsafeRawBufferPointer(rebasing: bytes[range]))
        if let prefix = mapping.prefix, field.first == prefix {
            field = StatementBytes.trimmed(UnsafeRawBufferPointer(rebasing: field.dropFirst()))
        }
        return field
    }

    private func field(
        _ wanted: StatementMapping.Field, of bytes: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        guard let place = places?[wanted], place < fields.count else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return field(fields[place], of: bytes)
    }

    private mutating func takeFields(_ bytes: UnsafeRawBufferPointer, _ number: Int) {
        // Some banks end each row with a delimiter that the header does not have.
        guard fields.count == width || fields.count == width + 1 && fields.last?.isEmpty == true else {
            faults.add(number, "", "has \(fields.count) fields; the header has \(width)")
            return
        }
        sums.addRow()
        let outcome = encoding.text(field(.outcome, of: bytes)) ?? ""
        guard !mapping.ignored.contains(outcome) else {
            skipped += 1
            return
        }
        // What is given back may have a column of its own: beside the sale's amount, or in its place.
        let hasBack = field(.refundAmount, of: bytes).count > 0
        let back = hasBack ? amount(.refundAmount, bytes, number) : 0
        let isAlone = hasBack && field(.amount, of: bytes).count == 0
        guard let back, var value = isAlone ? 0 : amount(.amount, bytes, number) else { return }
        if mapping.isNegated { value = -value }
        let word = encoding.text(field(.refund, of: bytes)) ?? ""
        let isRefund = value < 0 || mapping.refunds.contains(word)
        if isRefund { value = -abs(value) }
        guard let time = time(of: bytes) else {
            let text = encoding.text(field(.time, of: bytes)) ?? "?"
            faults.add(
                number, title(.time), "“\(text)” is no time such as \(mapping.dates.example) 10:00:00")
            return
        }
        let reference = field(.reference, of: bytes)
        guard reference.count <= 200 else {
            faults.add(number, title(.reference), "is longer than 200 bytes")
            return
        }
        let day =
            time.second.map { Instant(microseconds: Int64($0) * 1_000_000).businessDay(cutOff: cutOff) }
            ?? time.day
        days = days.map { min($0.lowerBound, day)...max($0.upperBound, day) } ?? day...day
        let place = encoding.text(field(.place, of: bytes)) ?? ""
        let hasFailed = !mapping.succeeded.isEmpty && !mapping.succeeded.contains(outcome)
        let told: [(fen: Int64, kind: StatementLine.Kind)] =
            // Where each direction has a column, some write nought in the other.
            (isAlone || value == 0 && back != 0 ? [] : [(value, isRefund ? .refund : .sale)])
            + (back == 0 ? [] : [(-abs(back), .refund)])
        for (fen, kind) in told {
            if !hasFailed { sums.add(fen, isRefund: kind == .refund) }
            let place = place.isEmpty ? 0 : statement.number(ofPlace: place)
            let encoding = encoding
            encoding.withUTF8(reference) { reference in
                statement.append(
                    reference: reference, amount: fen, day: day.days, second: time.second ?? 0,
                    place: place, line: number, kind: kind, outcome: hasFailed ? .failed : .succeeded)
            }
        }
    }

    /// The time of a row: of one column, or of the day's and the clock's.
    private func time(of bytes: UnsafeRawBufferPointer) -> (day: BusinessDay, second: UInt32?)? {
        guard mapping.columns[.clock] != nil else {
            return StatementBytes.time(field(.time, of: bytes), mapping.dates)
        }
        let both = Array(field(.time, of: bytes)) + [0x20] + Array(field(.clock, of: bytes))
        return both.withUnsafeBytes { StatementBytes.time(StatementBytes.trimmed($0), mapping.dates) }
    }

    private func title(_ field: StatementMapping.Field) -> String {
        mapping.columns[field] ?? field.rawValue
    }

    private mutating func amount(
        _ wanted: StatementMapping.Field, _ bytes: UnsafeRawBufferPointer, _ number: Int
    ) -> Int64? {
        let bytes = field(wanted, of: bytes)
        do throws(StatementBytes.AmountProblem) {
            return try StatementBytes.amount(bytes, isFen: mapping.unit == .fen)
        } catch {
            let text = StatementBytes.text(bytes) ?? "?"
            faults.add(number, title(wanted), text.isEmpty ? "is empty" : "“\(text)” \(error.meaning)")
            return nil
        }
    }
}

extension StatementMapping.DateOrder {
    /// How the second of June is written so.
    fileprivate var example: String {
        switch self {
        case .yearMonthDay: "2018-06-02"
        case .dayMonthYear: "02/06/2018"
        case .monthDayYear: "06/02/2018"
        }
    }
}

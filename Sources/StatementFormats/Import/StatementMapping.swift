/// How any CSV of a counterparty is read: its columns, units, signs, encoding and dates as data; from YAML.
package struct StatementMapping: Hashable, Sendable {
    /// What is to be kept of a row.
    package enum Field: String, CaseIterable, Hashable, Sendable {
        case reference, amount, time, place, outcome, refund
        /// The time of day, where ``time`` is the day alone.
        case clock
        /// An amount in a column of its own that is money out, or back.
        case refundAmount = "refund_amount"

        var isRequired: Bool { self == .reference || self == .amount || self == .time }
    }

    package enum Unit: Hashable, Sendable { case yuan, fen }

    /// In which order a date has its parts.
    package enum DateOrder: Hashable, Sendable { case yearMonthDay, dayMonthYear, monthDayYear }

    /// What the counterparty's files are called.
    package var name: String
    package var delimiter: UInt8
    /// What the file is written in; told from its first line that is not ASCII where `nil`.
    package var encoding: FileEncoding?
    package var dates: DateOrder
    /// What a field begins with and does not mean, such as a backtick or a tab.
    package var prefix: UInt8?
    /// Lines that begin so are comments.
    package var comment: String
    /// Lines that begin so end the rows.
    package var end: [String]
    /// Lines from the one that ends the rows, each of which must be there and say what the rows come to.
    package var totals: [TotalsLine]
    /// The title of each field's column.
    package var columns: [Field: String]
    package var unit: Unit
    /// Whether the counterparty's sign is the other way round.
    package var isNegated: Bool
    /// Words of the outcome column that mean that the money moved; every word where there are none.
    package var succeeded: [String]
    /// Words of the outcome column by which a row is left out.
    package var ignored: [String]
    /// Words of the refund column that mean a refund; an amount below zero means one too.
    package var refunds: [String]
    /// The file itself, by which runs are known that were read so.
    package let bytes: [UInt8]
}

extension StatementMapping {
    /// Reads a mapping; what is wrong in it is told with its line.
    package init(_ bytes: some Collection<UInt8>) throws(ProgrammeFileError) {
        self.bytes = Array(bytes)
        let root = try RuleDocument.root(of: bytes)
        var document = RuleDocument()
        let keys = document.mapping(
            root,
            [
                "name", "delimiter", "encoding", "dates", "prefix", "comment", "end", "totals",
                "columns", "unit", "negated", "succeeded", "ignored", "refunds",
            ], required: ["name", "columns"])
        let text = { (text: String) throws(TextFault) -> String in try TextLimit.name.check(text) }
        name = document.value(keys["name"], text) ?? ""
        let separator = document.value(keys["delimiter"], StatementMapping.delimiters.value(of:)) ?? 0x2C
        delimiter = separator
        encoding = document.value(keys["encoding"], FileEncoding.words.value(of:))
        dates = document.value(keys["dates"], StatementMapping.orders.value(of:)) ?? .yearMonthDay
        prefix = document.value(keys["prefix"], StatementMapping.prefixes.value(of:))
        comment = document.value(keys["comment"], text) ?? ""
        end = document.values(keys["end"], "a line's beginning", text)
        totals = document.values(keys["totals"], "a line of totals") { (text) throws(TextFault) in
            try TotalsLine(text, delimiter: separator)
        }
        unit = document.value(keys["unit"], StatementMapping.units.value(of:)) ?? .yuan
        isNegated = document.value(keys["negated"], StatementMapping.truths.value(of:)) ?? false
        succeeded = document.values(keys["succeeded"], "a word", text)
        ignored = document.values(keys["ignored"], "a word", text)
        refunds = document.values(keys["refunds"], "a word", text)
        columns = [:]
        let fields = Field.allCases.map(\.rawValue)
        let titles = document.mapping(
            keys["columns"], fields, required: Field.allCases.filter(\.isRequired).map(\.rawValue))
        for field in Field.allCases {
            if let title = document.value(titles[field.rawValue], text) { columns[field] = title }
        }
        if !succeeded.isEmpty || !ignored.isEmpty, columns[.outcome] == nil {
            document.fault(
                line: document.line(of: "columns"), "columns", "lacks outcome, whose words are given")
        }
        if !refunds.isEmpty, columns[.refund] == nil {
            document.fault(
                line: document.line(of: "columns"), "columns", "lacks refund, whose words are given")
        }
        if !totals.isEmpty, end.isEmpty {
            document.fault(
                line: document.line(of: "totals"), "totals",
                "stand behind the rows: end must say where those are over")
        }
        guard document.faults.isEmpty else { throw ProgrammeFileError(document.faults) }
    }

    private static let delimiters = Choice([
        "comma": UInt8(ascii: ","), "tab": 0x09, "semicolon": UInt8(ascii: ";"), "bar": UInt8(ascii: "|"),
    ])
    private static let orders = Choice([
        "year-month-day": DateOrder.yearMonthDay, "day-month-year": .dayMonthYear,
        "month-day-year": .monthDayYear,
    ])
    private static let prefixes = Choice([
        "backtick": UInt8(ascii: "`"), "apostrophe": UInt8(ascii: "'"), "tab": UInt8(0x09),
    ])
    private static let units = Choice(["yuan": Unit.yuan, "fen": .fen])
    private static let truths = Choice(["true": true, "yes": true, "false": false, "no": false])
}

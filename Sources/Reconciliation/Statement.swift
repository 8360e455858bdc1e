/// One side of a reconciliation, for the ``Matcher``: a counterparty's 对账单, or the ledger's own lines.
///
/// A million lines are usual: a line is 32 bytes and its reference's bytes, and becomes a ``StatementLine`` when
/// somebody looks at it.
package struct Statement: Sendable {
    /// What people call this side, such as a file name or an account; it goes into the hashed result.
    package let name: String

    /// A line as it is kept.
    struct Row {
        var amount: Int64
        /// Where its reference begins in ``references``.
        var start: UInt32
        var second: UInt32
        var day: Int32
        var line: UInt32
        /// Its place among ``places``; 0 for none.
        var place: UInt32
        var length: UInt16
        var isRefund: Bool
        var hasFailed: Bool
    }

    private(set) var rows: [Row] = []
    private var references: [UInt8] = []
    private(set) var places: [String] = [""]
    private var placeNumbers: [String: UInt32] = ["": 0]

    /// Begins a side that lines are added to.
    package init(name: String) { self.name = name }

    /// Makes a side of lines in the order they arrived; of two with the same reference the earlier one is matched.
    package init(name: String, lines: [StatementLine]) {
        self.init(name: name)
        for line in lines { append(line) }
    }

    /// How many lines there are.
    package var count: Int { rows.count }

    /// Makes room for about so many lines.
    package mutating func reserve(_ count: Int, bytes: Int) {
        rows.reserveCapacity(count)
        references.reserveCapacity(bytes)
    }

    /// Adds a line.
    package mutating func append(_ line: StatementLine) {
        var reference = line.reference
        let place = number(ofPlace: line.place)
        reference.withUTF8 { bytes in
            append(
                reference: UnsafeRawBufferPointer(bytes), amount: line.amount, day: line.day,
                second: line.second, place: place, line: line.line, kind: line.kind, outcome: line.outcome)
        }
    }

    /// The number of a place, for ``append(reference:amount:day:second:place:line:kind:outcome:)``.
    package mutating func number(ofPlace place: String) -> UInt32 {
        if let known = placeNumbers[place] { return known }
        let number = UInt32(places.count)
        places.append(place)
        placeNumbers[place] = number
        return number
    }

    /// Adds a line whose reference lies in a buffer, at most 65,535 bytes of it.
    package mutating func append(
        reference: UnsafeRawBufferPointer, amount: Int64, day: Int32, second: UInt32, place: UInt32,
        line: Int, kind: StatementLine.Kind, outcome: StatementLine.Outcome
    ) {
        let kept = reference.prefix(Int(UInt16.max))
        rows.append(
            Row(
                amount: amount, start: UInt32(references.count), second: second, day: day,
                line: UInt32(clamping: line), place: place, length: UInt16(kept.count),
                isRefund: kind == .refund, hasFailed: outcome == .failed))
        references.append(contentsOf: kept)
    }

    /// A line as people see it.
    package subscript(index: Int) -> StatementLine {
        let row = rows[index]
        return StatementLine(
            reference: String(
                decoding: references[Int(row.start)..<Int(row.start) + Int(row.length)], as: UTF8.self),
            amount: row.amount, day: row.day, second: row.second, place: places[Int(row.place)],
            line: Int(row.line), kind: row.isRefund ? .refund : .sale,
            outcome: row.hasFailed ? .failed : .succeeded)
    }

    /// The lines in the order they arrived.
    package var lines: [StatementLine] { rows.indices.map { self[$0] } }

    /// Hands out all references at once, for loops over all lines.
    func withReferences<Answer>(
        _ body: (UnsafeRawBufferPointer) throws(ReconciliationError) -> Answer
    ) throws(ReconciliationError) -> Answer {
        var result: Result<Answer, ReconciliationError>?
        references.withUnsafeBytes { bytes in
            do throws(ReconciliationError) {
                result = .success(try body(bytes))
            } catch {
                result = .failure(error)
            }
        }
        guard let result else { preconditionFailure("the body was not run") }
        return try result.get()
    }
}

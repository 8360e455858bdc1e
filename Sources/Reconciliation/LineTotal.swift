/// How many lines and how much money, for the control totals of a side or of what matched.
package struct LineTotal: Hashable, Sendable {
    /// How many lines.
    package private(set) var count = 0
    /// The sum of all amounts in fen, whatever the outcomes.
    package private(set) var amount: Int64 = 0
    /// The sum in fen of the lines that succeeded: the money that really moved.
    package private(set) var succeededAmount: Int64 = 0

    /// Starts at zero, for a caller that adds lines one by one.
    package init() {}

    /// Adds one line, for whoever totals a side; leaves the total as it was when a sum would not fit `Int64`.
    package mutating func add(_ line: StatementLine) throws(ReconciliationError) {
        try add(line.amount, hasFailed: line.outcome == .failed, line: line.line)
    }

    mutating func add(
        _ fen: Int64, hasFailed: Bool, line: Int
    ) throws(ReconciliationError) {
        let (sum, overflow) = amount.addingReportingOverflow(fen)
        let (succeededSum, succeededOverflow) = succeededAmount.addingReportingOverflow(hasFailed ? 0 : fen)
        guard !overflow, !succeededOverflow else { throw .amountOverflow(line: line) }
        count += 1
        amount = sum
        succeededAmount = succeededSum
    }
}

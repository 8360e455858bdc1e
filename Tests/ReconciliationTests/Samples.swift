import Reconciliation

/// Makes a line of 30 yuan that succeeded on one fixed day, unless told otherwise.
func sampleLine(
    _ reference: String, _ amount: Int64 = 3000, day: Int32 = 20_000, line: Int = 1,
    _ outcome: StatementLine.Outcome = .succeeded
) -> StatementLine {
    StatementLine(reference: reference, amount: amount, day: day, line: line, outcome: outcome)
}

/// Reconciles two lists of lines under fixed names.
func reconcile(
    ledger: [StatementLine], statement: [StatementLine]
) throws(ReconciliationError) -> ReconciliationResult {
    try Matcher.match(
        ledger: Statement(name: "book", lines: ledger),
        statement: Statement(name: "bill.csv", lines: statement)
    )
}

/// Matches two sides one to one by reference, for the service that reconciles; a pure function of its inputs.
///
/// Every line of either side ends up in exactly one place: in a match or in one discrepancy. Time and memory
/// grow with the number of lines; only the discrepancies are sorted.
package enum Matcher {
    /// Reconciles a counterparty's statement with the ledger, for one run.
    ///
    /// Lines match when reference, amount, day and outcome are the same. Discrepancies come by kind, then by
    /// the bytes of the reference, then by line number (the ledger's where there are both). Throws
    /// ``ReconciliationError/amountOverflow(line:)`` when a running sum leaves the range of `Int64`.
    package static func match(
        ledger: Statement, statement: Statement
    ) throws(ReconciliationError) -> ReconciliationResult {
        let ledgerTotal = try total(of: ledger.lines)
        let statementTotal = try total(of: statement.lines)
        var pairing = Pairing(ledger: ledger.lines)
        for line in statement.lines {
            try pairing.take(line)
        }
        return ReconciliationResult(
            ledgerName: ledger.name,
            statementName: statement.name,
            ledger: ledgerTotal,
            statement: statementTotal,
            matched: pairing.matched,
            discrepancies: inOrder(pairing.finish())
        )
    }

    private static func total(of lines: [StatementLine]) throws(ReconciliationError) -> LineTotal {
        var total = LineTotal()
        for line in lines {
            try total.add(line)
        }
        return total
    }

    private static func inOrder(_ discrepancies: [Discrepancy]) -> [Discrepancy] {
        Discrepancy.Kind.allCases.flatMap { kind in
            discrepancies.filter { $0.kind == kind }.sorted(by: precedes)
        }
    }

    /// Orders two discrepancies of one kind.
    private static func precedes(_ left: Discrepancy, _ right: Discrepancy) -> Bool {
        let (leftKey, rightKey) = (ReferenceKey(left.reference), ReferenceKey(right.reference))
        guard leftKey == rightKey else { return leftKey < rightKey }
        return position(of: left) < position(of: right)
    }

    private static func position(of discrepancy: Discrepancy) -> (line: Int, side: Int) {
        if let line = discrepancy.ledger { return (line.line, 0) }
        return (discrepancy.statement?.line ?? 0, 1)
    }
}

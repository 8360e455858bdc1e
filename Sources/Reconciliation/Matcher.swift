/// Matches two sides by an ordered list of rules, for the service that reconciles; a pure function of its inputs.
///
/// Every line of either side ends up in exactly one place: in a match, in a link, or in one discrepancy. Time and memory
/// grow with the number of lines; only what the references leave is sorted and searched.
package enum Matcher {
    /// Reconciles a counterparty's statement with the ledger, for one run.
    ///
    /// By reference, lines match when amount, day and outcome are the same too. Discrepancies come by kind, then by
    /// the bytes of the reference, then by line number (the ledger's where there are both). Throws
    /// ``ReconciliationError/amountOverflow(line:)`` when a running sum leaves the range of `Int64`.
    package static func match(
        ledger: Statement, statement: Statement, _ rules: MatchRules = .exact
    ) throws(ReconciliationError) -> ReconciliationResult {
        let ledgerTotal = try total(of: ledger)
        let statementTotal = try total(of: statement)
        var pairing = Pairing(ledger, statement, rules)
        for step in rules.steps {
            switch step {
            case .reference: try pairing.matchReferences()
            case .near(let seconds): try pairing.matchNear(within: seconds)
            case .groups(let size, let days): try pairing.matchGroups(of: size, within: days)
            case .totals(let days): try pairing.matchTotals(within: days)
            }
        }
        pairing.finish()
        return ReconciliationResult(
            ledgerName: ledger.name, statementName: statement.name, rules: rules, ledger: ledgerTotal,
            statement: statementTotal, matched: pairing.matched, links: pairing.links,
            discrepancies: inOrder(pairing.discrepancies))
    }

    private static func total(of side: Statement) throws(ReconciliationError) -> LineTotal {
        var total = LineTotal()
        for row in side.rows {
            try total.add(row.amount, hasFailed: row.hasFailed, line: Int(row.line))
        }
        return total
    }

    private static func inOrder(_ discrepancies: [Discrepancy]) -> [Discrepancy] {
        let groups = Dictionary(grouping: discrepancies, by: \.kind)
        return Discrepancy.Kind.allCases.flatMap { (groups[$0] ?? []).sorted(by: precedes) }
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

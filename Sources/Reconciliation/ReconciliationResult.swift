/// What one run found, for the officer who signs it and for the service that stores its hash.
package struct ReconciliationResult: Hashable, Sendable {
    /// What the ledger's side is called.
    package let ledgerName: String
    /// What the counterparty's side is called.
    package let statementName: String
    /// How they were matched.
    package let rules: MatchRules
    /// The control total of the ledger's lines.
    package let ledger: LineTotal
    /// The control total of the statement's lines.
    package let statement: LineTotal
    /// How many pairs and links matched and the amount they agree on, counted once per pair.
    package let matched: LineTotal
    /// What matched otherwise than by reference, in the order it was found; ``matched`` has counted it.
    package let links: [MatchLink]
    /// Everything that did not match, by kind, then by the bytes of the reference, then by line.
    package let discrepancies: [Discrepancy]

    init(
        ledgerName: String, statementName: String, rules: MatchRules, ledger: LineTotal,
        statement: LineTotal, matched: LineTotal, links: [MatchLink], discrepancies: [Discrepancy]
    ) {
        self.ledgerName = ledgerName
        self.statementName = statementName
        self.rules = rules
        self.links = links
        self.ledger = ledger
        self.statement = statement
        self.matched = matched
        self.discrepancies = discrepancies
    }

    /// Whether the officer may call the sides balanced; a run that matched nothing never says so.
    package var isBalanced: Bool {
        discrepancies.isEmpty && matched.count > 0
    }

    /// How many discrepancies are of one kind, for the summary of a report.
    package func count(of kind: Discrepancy.Kind) -> Int {
        discrepancies.count { $0.kind == kind }
    }
}

/// What one run found, for the officer who signs it and for the service that stores its hash.
package struct ReconciliationResult: Hashable, Sendable {
    /// What the ledger's side is called.
    package let ledgerName: String
    /// What the counterparty's side is called.
    package let statementName: String
    /// The control total of the ledger's lines.
    package let ledger: LineTotal
    /// The control total of the statement's lines.
    package let statement: LineTotal
    /// How many pairs matched and the amount they agree on, counted once per pair.
    package let matched: LineTotal
    /// Everything that did not match, by kind, then by the bytes of the reference, then by line.
    package let discrepancies: [Discrepancy]

    init(
        ledgerName: String, statementName: String, ledger: LineTotal, statement: LineTotal,
        matched: LineTotal, discrepancies: [Discrepancy]
    ) {
        self.ledgerName = ledgerName
        self.statementName = statementName
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

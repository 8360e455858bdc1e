/// The state of one run: which lines of both sides still wait for a partner, and what has been found so far.
struct Pairing {
    private(set) var matched = LineTotal()
    private(set) var links: [MatchLink] = []
    private(set) var discrepancies: [Discrepancy] = []

    let ledger: Statement
    let statement: Statement
    let rules: MatchRules
    var ledgerWaits: [Bool]
    var statementWaits: [Bool]

    init(_ ledger: Statement, _ statement: Statement, _ rules: MatchRules) {
        (self.ledger, self.statement, self.rules) = (ledger, statement, rules)
        ledgerWaits = Array(repeating: true, count: ledger.count)
        statementWaits = Array(repeating: true, count: statement.count)
    }

    /// Pairs lines of the same kind and reference; a second sale of a reference is a duplicate, a second refund is paired
    /// with the other side's second.
    mutating func matchReferences() throws(ReconciliationError) {
        let (ledger, statement) = (ledger, statement)
        let mine = nth(ledger), theirs = nth(statement)
        var pairs: [(Int, Int)] = []
        try ledger.withReferences { (myText) throws(ReconciliationError) in
            try statement.withReferences { (theirText) throws(ReconciliationError) in
                ledger.rows.withUnsafeBufferPointer { myRows in
                    statement.rows.withUnsafeBufferPointer { theirRows in
                        pairs = Pairing.pairs(mine, theirs, myRows, myText, theirRows, theirText)
                    }
                }
            }
        }
        for (left, right) in pairs {
            ledgerWaits[left] = false
            statementWaits[right] = false
            try pair(left, right)
        }
        for line in mine.duplicates where ledgerWaits[line] {
            ledgerWaits[line] = false
            discrepancies.append(Discrepancy(.duplicate, ledger: ledger[line]))
        }
        for line in theirs.duplicates where statementWaits[line] {
            statementWaits[line] = false
            discrepancies.append(Discrepancy(.duplicate, statement: statement[line]))
        }
    }

    /// The lines of one side by reference.
    private struct Indexed {
        var index: ReferenceIndex
        /// Sales under a reference that an earlier line has.
        var duplicates: [Int] = []
        /// Later refunds of one reference, by the first of them.
        var later: [Int: [Int]] = [:]
    }

    private func nth(_ side: Statement) -> Indexed {
        var indexed = Indexed(index: ReferenceIndex(capacity: side.count))
        _ = try? side.withReferences { (text) throws(ReconciliationError) in
            side.rows.withUnsafeBufferPointer { rows in
                for line in rows.indices where rows[line].length > 0 {
                    let first = indexed.index.insert(line, rows, text)
                    guard first != line else { continue }
                    if rows[line].isRefund {
                        indexed.later[first, default: []].append(line)
                    } else {
                        indexed.duplicates.append(line)
                    }
                }
            }
        }
        return indexed
    }

    private static func pairs(
        _ mine: Indexed, _ theirs: Indexed, _ myRows: UnsafeBufferPointer<Statement.Row>,
        _ myText: UnsafeRawBufferPointer, _ theirRows: UnsafeBufferPointer<Statement.Row>,
        _ theirText: UnsafeRawBufferPointer
    ) -> [(Int, Int)] {
        var pairs: [(Int, Int)] = []
        pairs.reserveCapacity(min(myRows.count, theirRows.count))
        let skipped = Set(theirs.duplicates).union(theirs.later.values.joined())
        for line in theirRows.indices where theirRows[line].length > 0 && !skipped.contains(line) {
            guard let found = mine.index.find(theirRows[line], theirText, in: myRows, myText) else {
                continue
            }
            pairs.append((found, line))
            for (left, right) in zip(mine.later[found] ?? [], theirs.later[line] ?? []) {
                pairs.append((left, right))
            }
        }
        return pairs
    }

    /// Takes two lines for one transaction and says in what they differ.
    mutating func pair(_ left: Int, _ right: Int) throws(ReconciliationError) {
        let (mine, theirs) = (ledger.rows[left], statement.rows[right])
        if let kind = difference(mine, theirs) {
            discrepancies.append(Discrepancy(kind, ledger: ledger[left], statement: statement[right]))
        } else {
            try matched.add(mine.amount, hasFailed: mine.hasFailed, line: Int(mine.line))
        }
    }

    /// The most serious respect in which two lines of one transaction differ; `nil` when they match.
    private func difference(_ mine: Statement.Row, _ theirs: Statement.Row) -> Discrepancy.Kind? {
        if mine.hasFailed != theirs.hasFailed { return .status }
        let gap = mine.amount.subtractingReportingOverflow(theirs.amount)
        if gap.overflow || gap.partialValue.magnitude > UInt64(rules.tolerance) { return .amount }
        if rules.reportsDays, mine.day != theirs.day { return .day }
        return nil
    }

    /// Takes lines for one transaction that were not found by reference.
    mutating func link(
        _ step: MatchLink.Step, _ mine: [Int], _ theirs: [Int]
    ) throws(ReconciliationError) {
        for line in mine { ledgerWaits[line] = false }
        for line in theirs { statementWaits[line] = false }
        // They succeeded, all of them: what failed is linked with nothing.
        let amount = mine.reduce(Int64(0)) { $0 &+ ledger.rows[$1].amount }
        try matched.add(amount, hasFailed: false, line: mine.first.map { Int(ledger.rows[$0].line) } ?? 0)
        links.append(
            MatchLink(step: step, ledger: mine.map { ledger[$0] }, statement: theirs.map { statement[$0] }))
    }

    /// What waits to the end is on one side alone; what failed there moved no money, but is told all the same.
    mutating func finish() {
        for line in ledgerWaits.indices where ledgerWaits[line] {
            discrepancies.append(Discrepancy(.short, ledger: ledger[line]))
        }
        for line in statementWaits.indices where statementWaits[line] {
            discrepancies.append(Discrepancy(.long, statement: statement[line]))
        }
    }
}

/// The state of one run: the ledger's lines that still wait for a partner, and what has been found so far.
struct Pairing {
    private(set) var matched = LineTotal()

    private let ledger: [StatementLine]
    private var firstByReference: [ReferenceKey: Int] = [:]
    private var isWaiting: [Bool]
    private var statementOnly: Set<ReferenceKey> = []
    private var discrepancies: [Discrepancy] = []

    /// Indexes the ledger's lines; each repeated reference is a duplicate at once.
    init(ledger: [StatementLine]) {
        self.ledger = ledger
        isWaiting = Array(repeating: true, count: ledger.count)
        firstByReference.reserveCapacity(ledger.count)
        for (index, line) in ledger.enumerated() where !line.reference.isEmpty {
            let first = firstByReference[ReferenceKey(line.reference), default: index]
            if first == index {
                firstByReference[ReferenceKey(line.reference)] = index
            } else {
                isWaiting[index] = false
                discrepancies.append(Discrepancy(.duplicate, ledger: line))
            }
        }
    }

    /// Puts one line of the statement where it belongs.
    mutating func take(_ line: StatementLine) throws(ReconciliationError) {
        guard !line.reference.isEmpty else {
            discrepancies.append(Discrepancy(.long, statement: line))
            return
        }
        let key = ReferenceKey(line.reference)
        if let index = firstByReference[key] {
            if isWaiting[index] {
                isWaiting[index] = false
                try pair(ledger[index], line)
            } else {
                discrepancies.append(Discrepancy(.duplicate, statement: line))
            }
        } else {
            let isFirst = statementOnly.insert(key).inserted
            discrepancies.append(Discrepancy(isFirst ? .long : .duplicate, statement: line))
        }
    }

    /// Adds the ledger's lines that found no partner and gives back every discrepancy, in no useful order.
    consuming func finish() -> [Discrepancy] {
        for (index, line) in ledger.enumerated() where isWaiting[index] {
            discrepancies.append(Discrepancy(.short, ledger: line))
        }
        return discrepancies
    }

    private mutating func pair(
        _ ledger: StatementLine, _ statement: StatementLine
    ) throws(ReconciliationError) {
        if let kind = Self.difference(ledger, statement) {
            discrepancies.append(Discrepancy(kind, ledger: ledger, statement: statement))
        } else {
            try matched.add(ledger)
        }
    }

    /// The most serious respect in which two lines with the same reference differ; `nil` when they match.
    private static func difference(
        _ ledger: StatementLine, _ statement: StatementLine
    ) -> Discrepancy.Kind? {
        if ledger.outcome != statement.outcome { return .status }
        if ledger.amount != statement.amount { return .amount }
        if ledger.day != statement.day { return .day }
        return nil
    }
}

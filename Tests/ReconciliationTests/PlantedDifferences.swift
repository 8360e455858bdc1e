import LedgerTesting
import Reconciliation

/// Two random sides that agree, but for differences that were planted and are therefore known.
struct PlantedDifferences {
    /// A discrepancy as a test expects it; the numbers are those of its lines.
    struct Expectation: Hashable {
        let kind: Discrepancy.Kind
        let reference: String
        let ledgerLine: Int?
        let statementLine: Int?
    }

    private(set) var ledger: [StatementLine] = []
    private(set) var statement: [StatementLine] = []
    private(set) var expectations: Set<Expectation> = []
    private(set) var matchedCount = 0
    private(set) var matchedAmount: Int64 = 0

    private static let plantable: [Discrepancy.Kind] = [.long, .short, .amount, .status, .day]

    private var kinds: [String: Discrepancy.Kind] = [:]

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...200, using: &random)
        for index in 0..<count {
            plant("ORDER-\(index)", using: &random)
        }
        ledger = Self.numbered(ledger.shuffled(using: &random))
        statement = Self.numbered(statement.shuffled(using: &random))
        expect()
    }

    /// Adds one transaction to one side or both, agreeing in seven cases of ten.
    private mutating func plant(_ reference: String, using random: inout SeededGenerator) {
        let truth = sampleLine(
            reference, Int64.random(in: -10_000...10_000, using: &random),
            day: Int32.random(in: 20_000...20_030, using: &random),
            Bool.random(using: &random) ? .succeeded : .failed)
        let isPlanted = Int.random(in: 0..<10, using: &random) < 3
        let kind = isPlanted ? Self.plantable.randomElement(using: &random) : nil
        let told = Self.altered(truth, kind)
        kinds[reference] = kind
        if kind != .long { ledger += Array(repeating: truth, count: Self.copies(using: &random)) }
        if kind != .short { statement += Array(repeating: told, count: Self.copies(using: &random)) }
    }

    private static func altered(_ truth: StatementLine, _ kind: Discrepancy.Kind?) -> StatementLine {
        let opposite: StatementLine.Outcome = truth.outcome == .succeeded ? .failed : .succeeded
        return StatementLine(
            reference: truth.reference,
            amount: kind == .amount ? truth.amount + 1 : truth.amount,
            day: kind == .day ? truth.day + 1 : truth.day,
            line: truth.line,
            outcome: kind == .status ? opposite : truth.outcome)
    }

    private static func copies(using random: inout SeededGenerator) -> Int {
        Int.random(in: 0..<10, using: &random) == 0 ? Int.random(in: 2...3, using: &random) : 1
    }

    private static func numbered(_ lines: [StatementLine]) -> [StatementLine] {
        lines.enumerated().map { index, line in
            sampleLine(line.reference, line.amount, day: line.day, line: index + 1, line.outcome)
        }
    }

    /// Says what has to be found, now that every line has its place.
    private mutating func expect() {
        let ledgerLines = Dictionary(grouping: ledger, by: \.reference)
        let statementLines = Dictionary(grouping: statement, by: \.reference)
        for reference in Set(ledgerLines.keys).union(statementLines.keys) {
            let ours = ledgerLines[reference, default: []]
            let theirs = statementLines[reference, default: []]
            for line in ours.dropFirst() {
                expect(.duplicate, reference, line.line, nil)
            }
            for line in theirs.dropFirst() {
                expect(.duplicate, reference, nil, line.line)
            }
            if let kind = kinds[reference] {
                expect(kind, reference, ours.first?.line, theirs.first?.line)
            } else {
                matchedCount += 1
                matchedAmount += ours.first?.amount ?? 0
            }
        }
    }

    private mutating func expect(
        _ kind: Discrepancy.Kind, _ reference: String, _ ledgerLine: Int?, _ statementLine: Int?
    ) {
        expectations.insert(
            Expectation(
                kind: kind, reference: reference, ledgerLine: ledgerLine, statementLine: statementLine))
    }
}

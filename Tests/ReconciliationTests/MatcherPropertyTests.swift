import LedgerTesting
import Reconciliation
import Testing

@Suite("Matcher, on random sides")
struct MatcherPropertyTests {
    @Test("Exactly the planted differences are found", arguments: propertySeeds)
    func plantedDifferences(seed: UInt64) throws {
        let planted = PlantedDifferences(seed: seed)
        let result = try reconcile(ledger: planted.ledger, statement: planted.statement)
        let found = result.discrepancies.map {
            PlantedDifferences.Expectation(
                kind: $0.kind, reference: $0.reference,
                ledgerLine: $0.ledger?.line, statementLine: $0.statement?.line)
        }
        #expect(Set(found) == planted.expectations, "seed \(seed)")
        #expect(found.count == planted.expectations.count, "seed \(seed)")
        #expect(result.matched.count == planted.matchedCount, "seed \(seed)")
        #expect(result.matched.amount == planted.matchedAmount, "seed \(seed)")
        #expect(
            result.isBalanced == (planted.expectations.isEmpty && planted.matchedCount > 0), "seed \(seed)")
    }

    @Test("The discrepancies explain the whole gap between the two sides", arguments: propertySeeds)
    func conservation(seed: UInt64) throws {
        let (ledger, statement) = Self.tangledSides(seed: seed)
        let result = try reconcile(ledger: ledger, statement: statement)
        let gap = Self.sum(ledger, \.amount) - Self.sum(statement, \.amount)
        let succeededGap = Self.sum(ledger, \.succeededAmount) - Self.sum(statement, \.succeededAmount)
        #expect(result.discrepancies.reduce(0) { $0 + $1.difference } == gap, "seed \(seed)")
        #expect(
            result.discrepancies.reduce(0) { $0 + $1.succeededDifference } == succeededGap, "seed \(seed)")
        #expect(Int128(result.ledger.amount) == Self.sum(ledger, \.amount), "seed \(seed)")
        #expect(Int128(result.statement.amount) == Self.sum(statement, \.amount), "seed \(seed)")
    }

    @Test("Every line is in exactly one place: a match or a discrepancy", arguments: propertySeeds)
    func partition(seed: UInt64) throws {
        let (ledger, statement) = Self.tangledSides(seed: seed)
        let result = try reconcile(ledger: ledger, statement: statement)
        let ledgerLeft = Self.remaining(of: ledger, without: result.discrepancies.compactMap(\.ledger))
        let statementLeft = Self.remaining(
            of: statement, without: result.discrepancies.compactMap(\.statement))
        let matchedLeft = try #require(ledgerLeft, "seed \(seed): a ledger line was reported twice")
        #expect(matchedLeft == statementLeft, "seed \(seed)")
        #expect(matchedLeft.count == result.matched.count, "seed \(seed)")
        // Byte for byte: String calls two spellings of one letter equal.
        #expect(Set(matchedLeft.map { Array($0.reference.utf8) }).count == matchedLeft.count, "seed \(seed)")
        #expect(result.ledger.count == ledger.count, "seed \(seed)")
        #expect(result.statement.count == statement.count, "seed \(seed)")
    }

    @Test("The same inputs give the same bytes", arguments: propertySeeds)
    func determinism(seed: UInt64) throws {
        let (ledger, statement) = Self.tangledSides(seed: seed)
        let first = try reconcile(ledger: ledger, statement: statement)
        let second = try reconcile(ledger: ledger, statement: statement)
        #expect(first == second, "seed \(seed)")
        #expect(first.canonicalBytes == second.canonicalBytes, "seed \(seed)")
    }

    /// Two sides with few references, amounts and days, so that every kind of collision happens.
    private static func tangledSides(seed: UInt64) -> (ledger: [StatementLine], statement: [StatementLine]) {
        var random = SeededGenerator(seed: seed)
        return (tangledSide(using: &random), tangledSide(using: &random))
    }

    /// Among them the empty one, and two that `String` calls equal.
    private static let references = ["", "\u{00e9}", "e\u{0301}"] + (0..<60).map { "R\($0)" }

    private static func tangledSide(using random: inout SeededGenerator) -> [StatementLine] {
        (0..<Int.random(in: 0...80, using: &random)).map { index in
            sampleLine(
                references.randomElement(using: &random) ?? "",
                Int64.random(in: -1...1, using: &random) * 3000,
                day: Int32.random(in: 20_000...20_001, using: &random),
                line: index + 1,
                Int.random(in: 0..<5, using: &random) == 0 ? .failed : .succeeded)
        }
    }

    private static func sum(_ lines: [StatementLine], _ amount: (StatementLine) -> Int64) -> Int128 {
        lines.reduce(0) { $0 + Int128(amount($1)) }
    }

    /// What is left of a side once the reported lines are crossed out, by content and without line numbers;
    /// `nil` when a reported line is not there to be crossed out.
    private static func remaining(
        of lines: [StatementLine], without reported: [StatementLine]
    ) -> [StatementLine]? {
        var left = Dictionary(uniqueKeysWithValues: lines.map { ($0.line, $0) })
        for line in reported {
            guard left.removeValue(forKey: line.line) == line else { return nil }
        }
        return left.values
            .map { sampleLine($0.reference, $0.amount, day: $0.day, line: 0, $0.outcome) }
            .sorted { Array($0.reference.utf8).lexicographicallyPrecedes(Array($1.reference.utf8)) }
    }
}

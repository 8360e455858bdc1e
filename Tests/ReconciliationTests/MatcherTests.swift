import Reconciliation
import Testing

@Suite("Matcher")
struct MatcherTests {
    @Test("Lines that agree on everything match and balance, whatever their order")
    func everythingAgrees() throws {
        let sale = sampleLine("A1", 3000, line: 1)
        let refund = sampleLine("A2", -1000, line: 2)
        let refusal = sampleLine("A3", 500, line: 3, .failed)
        let result = try reconcile(ledger: [sale, refund, refusal], statement: [refusal, refund, sale])
        #expect(result.isBalanced)
        #expect(result.discrepancies.isEmpty)
        #expect(result.matched.count == 3)
        #expect(result.matched.amount == 2500)
        #expect(result.matched.succeededAmount == 2000)
        #expect(result.ledger == result.matched)
        #expect(result.statement == result.matched)
        #expect(result.ledgerName == "book")
        #expect(result.statementName == "bill.csv")
    }

    @Test("A line number is not part of what must agree")
    func lineNumbersMayDiffer() throws {
        let result = try reconcile(ledger: [sampleLine("A", line: 7)], statement: [sampleLine("A", line: 9)])
        #expect(result.isBalanced)
    }

    @Test("What only the statement has is 长款")
    func long() throws {
        let extra = sampleLine("B", 800, line: 2)
        let result = try reconcile(ledger: [sampleLine("A")], statement: [sampleLine("A"), extra])
        let found = try #require(result.discrepancies.first)
        #expect(result.discrepancies.count == 1)
        #expect(found.kind == .long)
        #expect(found.reference == "B")
        #expect(found.ledger == nil)
        #expect(found.statement == extra)
        #expect(found.difference == -800)
        #expect(!result.isBalanced)
    }

    @Test("What only the ledger has is 短款")
    func short() throws {
        let lost = sampleLine("B", 800, line: 2)
        let result = try reconcile(ledger: [sampleLine("A"), lost], statement: [sampleLine("A")])
        let found = try #require(result.discrepancies.first)
        #expect(result.discrepancies.count == 1)
        #expect(found.kind == .short)
        #expect(found.ledger == lost)
        #expect(found.statement == nil)
        #expect(found.difference == 800)
        #expect(!result.isBalanced)
    }

    /// What the statement says about a sale of 3000 fen, and what that makes of the pair.
    static let disagreements: [(StatementLine, Discrepancy.Kind, difference: Int128, succeeded: Int128)] = [
        (sampleLine("A", 2999, line: 5), .amount, 1, 1),
        (sampleLine("A", -3000, line: 5), .amount, 6000, 6000),
        (sampleLine("A", line: 5, .failed), .status, 0, 3000),
        (sampleLine("A", day: 20_001, line: 5), .day, 0, 0),
        (sampleLine("A", 2999, day: 20_001, line: 5, .failed), .status, 1, 3000),
        (sampleLine("A", 2999, day: 20_001, line: 5), .amount, 1, 1),
    ]

    @Test("A pair that disagrees is one discrepancy with both lines", arguments: disagreements)
    func disagreement(
        line: StatementLine, kind: Discrepancy.Kind, difference: Int128, succeeded: Int128
    ) throws {
        let result = try reconcile(ledger: [sampleLine("A")], statement: [line])
        let found = try #require(result.discrepancies.first)
        #expect(result.discrepancies.count == 1)
        #expect(found.kind == kind)
        #expect(found.ledger == sampleLine("A"))
        #expect(found.statement == line)
        #expect(found.difference == difference)
        #expect(found.succeededDifference == succeeded)
        #expect(result.matched.count == 0)
        #expect(!result.isBalanced)
    }

    @Test("The first of a repeated reference is matched and each further one is 重复")
    func duplicates() throws {
        let result = try reconcile(
            ledger: [sampleLine("A", line: 1), sampleLine("A", 9999, line: 2)],
            statement: [
                sampleLine("A", line: 1), sampleLine("A", line: 2), sampleLine("A", line: 3),
                sampleLine("B", line: 4), sampleLine("B", line: 5),
            ])
        #expect(result.matched.count == 1)
        #expect(result.count(of: .duplicate) == 4)
        #expect(result.count(of: .long) == 1)
        #expect(result.discrepancies.compactMap { $0.ledger?.line } == [2])
        #expect(result.discrepancies.compactMap { $0.statement?.line } == [4, 2, 3, 5])
    }

    @Test("Repeats of what only the ledger has are 短款 once and then 重复")
    func duplicateOnlyInLedger() throws {
        let result = try reconcile(
            ledger: [sampleLine("A", line: 1), sampleLine("A", line: 2)], statement: [])
        #expect(result.discrepancies.map(\.kind) == [.short, .duplicate])
        #expect(result.discrepancies.map { $0.ledger?.line } == [1, 2])
    }

    @Test("References match byte for byte: canonically equivalent texts stay apart")
    func exactReferences() throws {
        let result = try reconcile(
            ledger: [sampleLine("\u{00e9}"), sampleLine("a")],
            statement: [sampleLine("e\u{0301}"), sampleLine("A")])
        #expect(result.matched.count == 0)
        #expect(result.count(of: .short) == 2)
        #expect(result.count(of: .long) == 2)
    }

    @Test("Lines without a reference never match one another")
    func emptyReferences() throws {
        let blank = [sampleLine("", line: 1), sampleLine("", line: 2)]
        let result = try reconcile(ledger: blank, statement: blank)
        #expect(result.discrepancies.map(\.kind) == [.long, .long, .short, .short])
        #expect(!result.isBalanced)
    }

    @Test("Two empty sides are not balanced, for nothing has matched")
    func nothingToMatch() throws {
        let result = try reconcile(ledger: [], statement: [])
        #expect(result.discrepancies.isEmpty)
        #expect(result.matched.count == 0)
        #expect(!result.isBalanced)
    }

    @Test("Equal totals without a match are not balanced")
    func nothingMatched() throws {
        let result = try reconcile(ledger: [sampleLine("A")], statement: [sampleLine("B")])
        #expect(result.ledger.amount == result.statement.amount)
        #expect(result.discrepancies.map(\.kind) == [.long, .short])
        #expect(!result.isBalanced)
    }

    @Test("Discrepancies come by kind, then by the bytes of the reference, then by line")
    func order() throws {
        let result = try reconcile(
            ledger: [sampleLine("z", line: 1), sampleLine("Z", line: 2), sampleLine("z", line: 3)],
            statement: [
                sampleLine("文", line: 1), sampleLine("b", line: 2), sampleLine("b", line: 9),
                sampleLine("b", line: 4), sampleLine("B", line: 5),
            ])
        #expect(
            result.discrepancies.map(\.kind.rawValue) == [
                "long", "long", "long", "short", "short", "duplicate", "duplicate", "duplicate",
            ])
        #expect(result.discrepancies.map(\.reference) == ["B", "b", "文", "Z", "z", "b", "b", "z"])
        #expect(result.discrepancies.map { ($0.ledger ?? $0.statement)?.line } == [5, 2, 1, 2, 1, 4, 9, 3])
    }

    @Test("A sum that does not fit is refused with the line, on either side")
    func overflow() throws {
        let lines = [sampleLine("A", .max, line: 1), sampleLine("B", 1, line: 2)]
        #expect(throws: ReconciliationError.amountOverflow(line: 2)) {
            try reconcile(ledger: lines, statement: [])
        }
        #expect(throws: ReconciliationError.amountOverflow(line: 2)) {
            try reconcile(ledger: [], statement: lines)
        }
    }

    @Test("The sum of what matched may overflow where neither side does")
    func matchedOverflow() throws {
        let (high, one) = (sampleLine("A", .max, line: 1), sampleLine("C", 1, line: 3))
        let lines = [high, sampleLine("B", -1, line: 2), one]
        #expect(throws: ReconciliationError.amountOverflow(line: 3)) {
            try reconcile(ledger: lines, statement: [high, sampleLine("D", -1, line: 2), one])
        }
    }

    @Test("Differences of extreme amounts do not trap")
    func extremeDifference() throws {
        let result = try reconcile(ledger: [sampleLine("A", .max)], statement: [sampleLine("A", .min)])
        let found = try #require(result.discrepancies.first)
        #expect(found.difference == Int128(Int64.max) - Int128(Int64.min))
    }

    @Test("A kind has a stable code")
    func codes() {
        #expect(
            Discrepancy.Kind.allCases.map(\.rawValue) == [
                "long", "short", "amount", "status", "day", "duplicate", "single",
            ])
    }
}

import LedgerTesting
import Reconciliation
import Testing

@Suite("Matcher, by rules beyond the reference")
struct MatchRulesTests {
    private static func line(
        _ reference: String, _ amount: Int64, at second: UInt32, _ place: String = "P", line: Int,
        kind: StatementLine.Kind = .sale
    ) -> StatementLine {
        // 2018-06-02 in Shanghai begins at 1,527,868,800 UTC.
        let moment = 1_527_868_800 + second
        return StatementLine(
            reference: reference, amount: amount, day: 17_684 + Int32(second / 86_400), second: moment,
            place: place, line: line, kind: kind, outcome: .succeeded)
    }

    private func match(
        _ ledger: [StatementLine], _ statement: [StatementLine], _ rules: MatchRules
    ) throws -> ReconciliationResult {
        try Matcher.match(
            ledger: Statement(name: "book", lines: ledger),
            statement: Statement(name: "bill", lines: statement), rules)
    }

    @Test("A mistyped reference is matched by amount, place and time, the nearest first, and over midnight")
    func near() throws {
        let ledger = [
            Self.line("A", 500, at: 100, line: 1), Self.line("B", 500, at: 160, line: 2),
            Self.line("C", 700, at: 86_390, line: 3), Self.line("D", 900, at: 0, "Q", line: 4),
        ]
        let bill = [
            Self.line("x", 500, at: 158, line: 1), Self.line("y", 500, at: 101, line: 2),
            Self.line("z", 700, at: 86_405, line: 3), Self.line("w", 900, at: 0, "R", line: 4),
        ]
        let result = try match(ledger, bill, MatchRules(steps: [.reference, .near(seconds: 60)]))
        #expect(result.links.map { $0.ledger[0].reference + $0.statement[0].reference } == ["Ay", "Bx"])
        #expect(result.discrepancies.map(\.kind) == [.long, .short, .day])
        #expect(result.discrepancies[2].ledger?.reference == "C" && result.matched.count == 2)
        #expect(!result.isBalanced)
        let strict = try match(ledger, bill, .exact)
        #expect(strict.matched.count == 0 && strict.discrepancies.count == 8)
        #expect(strict.canonicalBytes != result.canonicalBytes)
    }

    @Test("One payment for several lines is found where one choice adds up, and left where two do")
    func groups() throws {
        let rules = MatchRules(steps: [.reference, .groups(size: 4, days: 1)])
        let ledger = [
            Self.line("A", 500, at: 0, line: 1), Self.line("B", 700, at: 10, line: 2),
            Self.line("C", 1_100, at: 20, line: 3),
        ]
        let found = try match(ledger, [Self.line("", 1_200, at: 30, line: 1)], rules)
        #expect(found.links.map { $0.ledger.map(\.reference) } == [["A", "B"]])
        #expect(found.discrepancies.map(\.kind) == [.short] && found.matched.amount == 1_200)
        let twice = ledger + [Self.line("D", 100, at: 40, line: 4)]
        let ambiguous = try match(twice, [Self.line("", 1_200, at: 30, line: 1)], rules)
        #expect(ambiguous.links.isEmpty && ambiguous.discrepancies.count == 5)
        let many = (1...40).map { Self.line("M\($0)", 100 + Int64($0), at: UInt32($0), line: $0) }
        let crowd = try match(many, [Self.line("", 203, at: 30, line: 1)], rules)
        #expect(crowd.links.isEmpty, "among so many, one choice says nothing of the others")
        let other = try match(
            [Self.line("A", 1_200, at: 0, line: 1)],
            Array(ledger.prefix(2)).map {
                Self.line("s" + $0.reference, $0.amount, at: 5, line: $0.line)
            }, rules)
        #expect(other.links.first?.statement.count == 2 && other.isBalanced)
    }

    @Test("A day's sum that a channel pays the next day is all that is left of that day")
    func totals() throws {
        let ledger = (1...50).map { Self.line("R\($0)", Int64($0), at: UInt32($0 * 60), line: $0) }
        let bank = [Self.line("bank-1", 1_275, at: 90_000, line: 1)]
        let result = try match(ledger, bank, MatchRules(steps: [.totals(days: 1)]))
        #expect(result.isBalanced && result.links.first?.ledger.count == 50)
        let short = try match(
            Array(ledger.dropLast()), bank, MatchRules(steps: [.totals(days: 1)]))
        #expect(short.links.isEmpty && short.discrepancies.count == 50)
    }

    @Test("Refunds match refunds alone, in their order, and a tolerance takes fen")
    func refunds() throws {
        let ledger = [
            Self.line("A", 500, at: 0, line: 1), Self.line("A", -200, at: 60, line: 2, kind: .refund),
            Self.line("A", -300, at: 90, line: 3, kind: .refund),
        ]
        let bill = [
            Self.line("A", 500, at: 1, line: 1), Self.line("A", -200, at: 61, line: 2, kind: .refund),
            Self.line("A", -299, at: 91, line: 3, kind: .refund),
        ]
        let exact = try match(ledger, bill, .exact)
        #expect(exact.matched.count == 2 && exact.discrepancies.map(\.kind) == [.amount])
        #expect(try match(ledger, bill, MatchRules(tolerance: 1)).isBalanced)
        let missing = try match(ledger, Array(bill.prefix(2)), .exact)
        #expect(missing.discrepancies.map(\.kind) == [.short])
        #expect(missing.discrepancies.first?.ledger?.line == 3)
    }

    @Test(
        "Whatever the rules, every line is in one place and the result is the same again", arguments: 0..<40)
    func partition(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func side() -> [StatementLine] {
            (0..<Int.random(in: 0...60, using: &random)).map { index in
                let isRefund = Int.random(in: 0..<6, using: &random) == 0
                let amount = Int64.random(in: 1...9, using: &random) * 100
                return Self.line(
                    "R\(Int.random(in: 0...80, using: &random))", isRefund ? -amount : amount,
                    at: UInt32.random(in: 0...180_000, using: &random),
                    ["P", "Q", ""].randomElement(using: &random) ?? "", line: index + 1,
                    kind: isRefund ? .refund : .sale)
            }
        }
        let (ledger, bill) = (side(), side())
        let rules = MatchRules(
            steps: [.reference, .near(seconds: 600), .groups(size: 3, days: 1), .totals(days: 1)],
            tolerance: Int64(seed % 2))
        let result = try match(ledger, bill, rules)
        let mine = result.discrepancies.compactMap(\.ledger) + result.links.flatMap(\.ledger)
        let theirs = result.discrepancies.compactMap(\.statement) + result.links.flatMap(\.statement)
        #expect(Set(mine).count == mine.count && Set(mine).isSubset(of: Set(ledger)))
        #expect(Set(theirs).count == theirs.count && Set(theirs).isSubset(of: Set(bill)))
        let pairs = result.matched.count - result.links.count
        #expect(mine.count + pairs == ledger.count && theirs.count + pairs == bill.count)
        #expect(try match(ledger, bill, rules).canonicalBytes == result.canonicalBytes)
    }
}

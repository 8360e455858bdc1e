import LedgerTesting
import Reconciliation
import Testing

@Suite("Three sides: ledger, channel, bank")
struct ThreeWayTests {
    /// Which sides have a sale, and whether they agree; every sale has a reference of its own.
    private struct Planted {
        var sides: [[StatementLine]] = [[], [], []]
        /// What has to be found: kind, then the sides that the difference names.
        var expected: [String: (kind: Discrepancy.Kind, sides: [Bool])] = [:]
        var agreed = 0

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            for number in 0..<Int.random(in: 1...150, using: &random) {
                let reference = "S-\(number)"
                let amount = Int64.random(in: 1...9_999, using: &random)
                var has = [true, true, true]
                if Int.random(in: 0..<4, using: &random) == 0 {
                    repeat { has = has.map { _ in Bool.random(using: &random) } } while !has.contains(true)
                }
                // Who is dear says one fen more.
                let dear = Int.random(in: 0..<40, using: &random)
                for side in 0..<3 where has[side] {
                    sides[side].append(
                        sampleLine(reference, amount + (side == dear ? 1 : 0), day: 20_000, .succeeded))
                }
                expect(reference, has, dear)
            }
            sides = sides.map { lines in
                lines.shuffled(using: &random).enumerated().map { place, line in
                    sampleLine(line.reference, line.amount, day: line.day, line: place + 1, line.outcome)
                }
            }
        }

        private mutating func expect(_ reference: String, _ has: [Bool], _ dear: Int) {
            let differ = dear < 3 && has[dear]
            switch (has, has.count { $0 }) {
            case (_, 1): expected[reference] = (.single, has)
            case ([false, true, true], _):
                expected[reference] = (.long, has)
                if differ { expected[reference + "/bank"] = (.amount, [false, true, true]) }
            case ([true, true, false], _):
                expected[reference] = (.short, has)
                if differ { expected[reference + "/ledger"] = (.amount, [true, true, false]) }
            case ([true, false, true], _):
                expected[reference] =
                    (differ ? .amount : .short, has)
            default:
                guard differ else {
                    agreed += 1
                    return
                }
                // The channel is between the others: with it, both disagree.
                if dear != 2 { expected[reference + "/ledger"] = (.amount, [true, true, false]) }
                if dear != 0 { expected[reference + "/bank"] = (.amount, [false, true, true]) }
            }
        }
    }

    @Test("Exactly what was planted is found, whatever the order of the lines", arguments: 0..<UInt64(200))
    func planted(seed: UInt64) throws {
        let planted = Planted(seed: seed)
        let result = try Self.match(planted.sides)
        var found: [String: (kind: Discrepancy.Kind, sides: [Bool])] = [:]
        for difference in result.differences {
            let sides = [difference.ledger != nil, difference.channel != nil, difference.bank != nil]
            var name = difference.reference
            // A pair that disagrees is named beside what a third side lacks.
            if difference.kind == .amount, sides != [true, false, true] {
                name += sides[0] ? "/ledger" : "/bank"
            }
            #expect(found[name] == nil, "\(name) is told twice")
            found[name] = (difference.kind, sides)
        }
        #expect(found.keys.sorted() == planted.expected.keys.sorted())
        for (name, wanted) in planted.expected {
            #expect(
                found[name].map { $0 == wanted } == true,
                "\(name): \(String(describing: found[name])) \(wanted)")
        }
        #expect(result.isBalanced == (planted.expected.isEmpty && planted.agreed > 0))
        #expect(try Self.match(planted.sides).canonicalBytes == result.canonicalBytes)
    }

    @Test("The bank's daily total stands for the channel's sales of the day")
    func totals() throws {
        let sales = [("A", Int64(1_000)), ("B", 2_500), ("C", 700)].enumerated().map { place, sale in
            sampleLine(sale.0, sale.1, day: 20_000, line: place + 1, .succeeded)
        }
        let total = sampleLine("银行入账", 4_200, day: 20_001, line: 1, .succeeded)
        let rules = MatchRules(steps: [.reference, .totals(days: 1)])
        let result = try Self.match([sales, sales, [total]], rules)
        #expect(result.isBalanced && result.bank.links.count == 1)
        let short = try Self.match([sales, Array(sales.dropLast()), [total]], rules)
        #expect(!short.isBalanced)
        #expect(short.differences.contains { $0.kind == .single && $0.bank?.amount == 4_200 })
        #expect(short.differences.contains { $0.kind == .single && $0.ledger?.reference == "C" })
    }

    @Test("A sale that the channel tells twice is one duplicate")
    func duplicate() throws {
        let sale = sampleLine("A", 5_000, line: 1)
        let result = try Self.match([[sale], [sale, sampleLine("A", 5_000, line: 2)], [sale]])
        #expect(result.differences.map(\.kind) == [.duplicate])
    }

    @Test("Nothing on any side is not balanced")
    func nothing() throws {
        #expect(try !Self.match([[], [], []]).isBalanced)
    }

    private static func match(
        _ sides: [[StatementLine]], _ bankRules: MatchRules = .exact
    ) throws -> ThreeWayResult {
        try ThreeWayMatcher.match(
            ledger: Statement(name: "ledger", lines: sides[0]),
            channel: Statement(name: "channel", lines: sides[1]),
            bank: Statement(name: "bank", lines: sides[2]), .exact, bankRules: bankRules)
    }
}

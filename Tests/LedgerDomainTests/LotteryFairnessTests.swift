import CBOR
import Cryptography
import Foundation
import LedgerDomain
import LedgerTesting
import Testing

@Suite("A lottery's draw is fair")
struct LotteryFairnessTests {
    private static let (ledger, batch) = (LedgerCode(370_782), BatchID(4))

    /// The draw that follows from two seeds numbered by `round`.
    private static func draw(_ round: Int, entries: Int = 40) -> Octets {
        let marks = (0..<entries).map { LotteryDraw.mark(ledger, batch, Pseudonym(UInt64($0))) }
        let root = SHA256Digest.of(marks.flatMap(\.bytes))
        let seeds = ["operator", "notary"].map { Octets(SHA256Digest.of(Array("\($0) \(round)".utf8))) }
        return LotteryDraw.draw(ledger, batch, root: Octets(root), seeds: seeds)
    }

    /// Pearson's statistic of counts that should all be the same.
    private static func chiSquare(_ counts: [Int]) -> Double {
        let expected = Double(counts.reduce(0, +)) / Double(counts.count)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }

    /// 4,000 draws of 10 out of 40. A sum over 40 places has 39 degrees of freedom; above 72.1 it would be one in a
    /// thousand. Draws without replacement vary less than that, by 30/39. The seeds are fixed, and so is the result.
    @Test("Every number wins as often as every other")
    func everyNumber() {
        var wins = [Int](repeating: 0, count: 40)
        for round in 0..<4_000 {
            for number in LotteryDraw.winners(Self.draw(round), entries: 40, places: 10) {
                wins[Int(number) - 1] += 1
            }
        }
        #expect(wins.reduce(0, +) == 40_000)
        let statistic = Self.chiSquare(wins)
        #expect(statistic < 72.1, "\(wins)")
        #expect(statistic > 12, "too even to be chance: \(wins)")
    }

    @Test("Neighbours do not win together more often than others, and no place of the order favours a number")
    func pairsAndPlaces() {
        var together = 0
        var first = [Int](repeating: 0, count: 40)
        for round in 0..<4_000 {
            let winners = LotteryDraw.winners(Self.draw(round), entries: 40, places: 10)
            first[Int(winners[0]) - 1] += 1
            let set = Set(winners)
            together += (1..<40).count { set.contains(UInt32($0)) && set.contains(UInt32($0 + 1)) }
        }
        // 39 pairs, each with chance 10/40 · 9/39: 9,000 of 4,000 draws; six standard deviations are about 470.
        #expect((8_530...9_470).contains(together), "\(together)")
        #expect(Self.chiSquare(first) < 72.1, "\(first)")
    }

    @Test("A generator that favours early numbers would be found out")
    func theTestCanFail() {
        var wins = [Int](repeating: 0, count: 40)
        for round in 0..<4_000 {
            let winners = LotteryDraw.winners(Self.draw(round), entries: 40, places: 10)
            // As if a party could choose between two draws in every twentieth round, for the sake of number 1.
            let other = LotteryDraw.winners(Self.draw(round + 10_000), entries: 40, places: 10)
            let chosen = round % 5 == 0 && !winners.contains(1) ? other : winners
            for number in chosen { wins[Int(number) - 1] += 1 }
        }
        #expect(Self.chiSquare(wins) > 12)
        #expect(wins[0] > 1_060, "number 1 won \(wins[0]) times of an expected 1,000")
    }

    @Test(
        "Everybody wins where there are places enough, and nobody without entries", arguments: [0, 1, 7, 40])
    func places(entries: Int) {
        let draw = Self.draw(1)
        let winners = LotteryDraw.winners(draw, entries: entries, places: 40)
        #expect(winners.sorted() == (0..<entries).map { UInt32($0 + 1) })
        #expect(LotteryDraw.winners(draw, entries: entries, places: 0).isEmpty)
        let some = LotteryDraw.winners(draw, entries: entries, places: 3)
        #expect(some == Array(winners.prefix(3)))
    }

    @Test("Another seed, another order of seeds, another list or another batch gives another draw")
    func everyInputCounts() {
        let (one, two) = (Octets(SHA256Digest.of([1])), Octets(SHA256Digest.of([2])))
        let draws = [
            LotteryDraw.draw(Self.ledger, Self.batch, root: one, seeds: [one, two]),
            LotteryDraw.draw(Self.ledger, Self.batch, root: one, seeds: [two, one]),
            LotteryDraw.draw(Self.ledger, Self.batch, root: two, seeds: [one, two]),
            LotteryDraw.draw(Self.ledger, BatchID(5), root: one, seeds: [one, two]),
            LotteryDraw.draw(LedgerCode(370_783), Self.batch, root: one, seeds: [one, two]),
        ]
        #expect(Set(draws).count == draws.count)
    }
}

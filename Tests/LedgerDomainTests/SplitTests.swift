import LedgerDomain
import LedgerTesting
import Testing

/// The same hundred every time, and a few that nobody has tried yet.
private let splitSeeds: [UInt64] = Array(1...100) + (0..<4).map { _ in UInt64.random(in: 1_000...UInt64.max) }

@Suite("Splitting over funds")
struct SplitTests {
    @Test(
        "Takes sum to the amount, stay within every fund and drift by less than a fen", arguments: splitSeeds)
    func takes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let putIn = Self.putIn(using: &random)
        var taken = putIn.map { _ in Int64(0) }
        let whole = putIn.reduce(0, +)
        while taken.reduce(0, +) < whole {
            let amount = Self.amount(upTo: whole - taken.reduce(0, +), using: &random)
            let share = Self.take(amount, putIn, taken)
            #expect(share == modelSplit(amount, over: putIn, taken: taken), "seed \(seed)")
            #expect(share.reduce(0, +) == amount, "seed \(seed)")
            #expect(share.allSatisfy { $0 >= 0 }, "seed \(seed): \(share)")
            taken = zip(taken, share).map { $0 + $1 }
            #expect(zip(taken, putIn).allSatisfy { $0 <= $1 }, "seed \(seed): \(taken) of \(putIn)")
            let reach = Int128(taken.reduce(0, +))
            for (given, fund) in zip(taken, putIn) {
                let drift = Int128(given) * Int128(whole) - Int128(fund) * reach
                #expect(drift.magnitude < whole.magnitude, "seed \(seed): \(taken) of \(putIn)")
            }
        }
        #expect(taken == putIn, "seed \(seed)")
    }

    @Test(
        "Wherever the funds stand, shares sum to the amount and stay within what is left",
        arguments: splitSeeds)
    func anyStanding(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let putIn = Self.putIn(upTo: 2_000, using: &random)
            let taken = putIn.map { Int64.random(in: 0...$0, using: &random) }
            let left = putIn.reduce(0, +) - taken.reduce(0, +)
            let amount = Int64.random(in: 0...left, using: &random)
            let share = Self.take(amount, putIn, taken)
            #expect(share == modelSplit(amount, over: putIn, taken: taken), "seed \(seed)")
            #expect(share.reduce(0, +) == amount, "seed \(seed)")
            for index in putIn.indices {
                #expect((0...(putIn[index] - taken[index])).contains(share[index]), "seed \(seed)")
            }
        }
    }

    @Test(
        "Refunds of one redemption split its shares, and give back exactly those in the end",
        arguments: splitSeeds)
    func refunds(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let granted = Self.putIn(upTo: 10_000, using: &random)
        let subsidy = Int64.random(in: 1...granted.reduce(0, +), using: &random)
        let shares = Self.take(subsidy, granted, granted.map { _ in 0 })
        let bill = subsidy + Int64.random(in: 0...100_000, using: &random)
        var (refunded, back) = (Int64(0), shares.map { _ in Int64(0) })
        while refunded < bill {
            refunded += Self.amount(upTo: bill - refunded, using: &random)
            // ⌈subsidy · Σ refunded gross / gross⌉ less what was given back before.
            let due = (subsidy * refunded + bill - 1) / bill - back.reduce(0, +)
            let share = Self.take(due, shares, back)
            #expect(share.reduce(0, +) == due, "seed \(seed)")
            back = zip(back, share).map { $0 + $1 }
            #expect(zip(back, shares).allSatisfy { $0 >= 0 && $0 <= $1 }, "seed \(seed)")
        }
        #expect(back == shares, "seed \(seed)")
    }

    @Test("Funds that are equally far behind give in their order")
    func ties() {
        #expect(Self.take(1, [10, 10, 10, 10], [0, 0, 0, 0]) == [1, 0, 0, 0])
        #expect(Self.take(2, [10, 10, 10, 10], [0, 0, 0, 0]) == [1, 1, 0, 0])
        #expect(Self.take(1, [10, 10, 10, 10], [1, 1, 0, 0]) == [0, 0, 1, 0])
        #expect(Self.take(3, [10, 10, 10, 10], [1, 0, 0, 0]) == [0, 1, 1, 1])
        #expect(Self.apportion(5, [1, 1, 1]) == [2, 2, 1])
        #expect(Self.apportion(10, [333, 667]) == [3, 7])
    }

    @Test("A voucher of 60/40 gives back what it gave, to the fen")
    func example() {
        let granted = Self.take(3_333, [600_000, 400_000], [0, 0])
        #expect(granted == [2_000, 1_333])
        let redeemed = Self.take(2_500, granted, [0, 0])
        #expect(redeemed == [1_500, 1_000])
        let first = Self.take(1, redeemed, [0, 0])
        #expect(first == [1, 0])
        #expect(Self.take(2_499, redeemed, first) == [1_499, 1_000])
    }

    @Test(
        "Apportioning by weights sums to the total, within a fen of the exact shares", arguments: splitSeeds)
    func apportioning(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let weights = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Int64.random(in: 1...(Bool.random(using: &random) ? 10 : 10_000), using: &random)
            }
            let total = Self.amount(upTo: Amount.limit.fen, using: &random)
            let opened = Self.apportion(total, weights)
            #expect(opened == modelApportion(total, weights: weights), "seed \(seed)")
            #expect(opened.reduce(0, +) == total, "seed \(seed)")
            let whole = weights.reduce(0, +)
            for (share, weight) in zip(opened, weights) {
                let drift = Int128(share) * Int128(whole) - Int128(weight) * Int128(total)
                #expect(drift.magnitude < whole.magnitude, "seed \(seed): \(total) by \(weights)")
            }
        }
    }

    private static func take(_ amount: Int64, _ putIn: [Int64], _ taken: [Int64]) -> [Int64] {
        let shares = Split.take(
            Amount(fen: amount), granted: Shares(fen: putIn), given: Shares(fen: taken), count: putIn.count)
        return putIn.indices.map { shares[$0].fen }
    }

    private static func apportion(_ total: Int64, _ weights: [Int64]) -> [Int64] {
        let shares = Split.apportion(
            Amount(fen: total), weights: Shares(fen: weights), count: weights.count)
        return weights.indices.map { shares[$0].fen }
    }

    /// What one to four funds put in: alike or very unlike, now and then nothing.
    private static func putIn(
        upTo limit: Int64 = 25_000_000_000_000, using random: inout SeededGenerator
    ) -> [Int64] {
        let putIn = (0..<Int.random(in: 1...4, using: &random)).map { _ in amount(upTo: limit, using: &random)
        }
        return Int.random(in: 0..<10, using: &random) == 0 ? putIn + putIn.prefix(4 - putIn.count) : putIn
    }

    /// A single fen, a few, a voucher's worth, or anything up to all.
    private static func amount(upTo limit: Int64, using random: inout SeededGenerator) -> Int64 {
        let most = [1, 10, 5_000, limit, limit].randomElement(using: &random) ?? limit
        return Int64.random(in: 1...min(most, limit), using: &random)
    }
}

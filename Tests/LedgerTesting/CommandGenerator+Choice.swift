import LedgerDomain

// Dice, and what they are thrown for: amounts, texts, identifiers, time.
extension CommandGenerator {
    /// True this often in a thousand.
    mutating func chance(_ perMille: Int64) -> Bool { number(0...999) < perMille }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }

    mutating func pick<Values: Collection>(_ values: Values) -> Values.Element? {
        values.randomElement(using: &random)
    }

    /// One of a dictionary's keys for which something holds, in an order that does not depend on hashing.
    mutating func key<Key: Comparable, Value>(
        _ values: [Key: Value], where holds: (Value) -> Bool = { _ in true }
    ) -> Key? {
        let keys: [Key] = values.compactMap { holds($0.value) ? $0.key : nil }
        return pick(keys.sorted())
    }

    /// Mostly `wanted`, now and then one that may not exist.
    mutating func id<Entity>(_ wanted: Identifier<Entity>?, of count: Int) -> Identifier<Entity> {
        if let wanted, chance(985) { return wanted }
        let known = UInt32(number(0...Int64(max(count, 1))))
        return Identifier(pick([0, known, known, UInt32(count + 1), .max]) ?? 0)
    }

    /// A recent identifier of `count`, or any.
    mutating func recent<Entity>(_ count: Int, within reach: Int64 = 20) -> Identifier<Entity>? {
        guard count > 0 else { return nil }
        let lowest = chance(900) ? max(1, Int64(count) - reach + 1) : 1
        return Identifier(UInt32(number(lowest...Int64(count))))
    }

    /// One of the last identifiers of `count` for which something holds; mostly one of the very last.
    mutating func recent<Entity>(
        _ count: Int, within reach: Int = 100, where holds: (Identifier<Entity>) -> Bool
    ) -> Identifier<Entity>? {
        let numbers = max(1, count - reach + 1)..<(count + 1)
        let fitting = numbers.reversed().map { Identifier<Entity>(UInt32($0)) }.filter(holds)
        return pick(fitting.prefix(chance(700) ? 8 : reach)) ?? recent(count)
    }

    /// An amount that means something: one of `wanted`, one fen beside it, or one that no command may name.
    mutating func amount(_ wanted: [Int64], fair: Int64 = 900) -> Amount {
        let positive = wanted.filter { $0 > 0 }
        let base = pick(chance(970) && !positive.isEmpty ? positive : wanted) ?? number(1...100_000)
        if chance(fair) { return Amount(fen: base) }
        if chance(800) { return Amount(fen: base < .max && base > .min ? base + number(-1...1) : base) }
        let limit = Amount.limit.fen
        return Amount(fen: pick([0, -1, 1, limit, limit + 1, .max, .min, 0 &- base]) ?? 0)
    }

    /// A text of at most `limit` bytes; now and then none, the longest or one byte too many.
    mutating func text(_ wanted: String, _ limit: Int = 200) -> String {
        if chance(985) { return wanted }
        let signs = String(repeating: "文", count: limit / 3)
        let full = signs + String(repeating: "x", count: limit - signs.utf8.count)
        return pick(["", full, full + "x", signs + "文"]) ?? ""
    }

    /// A name that was not used before.
    mutating func fresh(_ prefix: String) -> String {
        counter += 1
        return prefix + String(counter)
    }

    /// A name that may have been used before.
    mutating func stale(_ prefix: String) -> String {
        prefix + String(max(0, counter - Int(number(0...15))))
    }

    /// Sets the principal: mostly not whoever made the thing.
    mutating func decide(on maker: Principal?) {
        guard let maker else { return }
        let others = people.filter { $0 != maker }
        principal = (chance(850) ? pick(others) : maker) ?? maker
    }
}

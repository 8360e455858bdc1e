/// SplitMix64: a random generator that a seed in a failure message can replay.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// The seeds of a property test: the same hundred every time, and a few that nobody has tried yet.
package let propertySeeds: [UInt64] =
    Array(1...100) + (0..<4).map { _ in UInt64.random(in: 1_000...UInt64.max) }

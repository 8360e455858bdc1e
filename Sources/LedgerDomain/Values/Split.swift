/// Splits amounts over funds to the fen (DESIGN §3), so that shares always sum to the amount.
package enum Split {
    /// Splits `amount` over funds that put in `granted` and have given `given` already.
    ///
    /// Each fund's share follows t = granted·(Σgiven + amount)/Σgranted in full width. None is negative, none
    /// exceeds granted − given, and the drift from the exact proportion stays below one fen.
    /// - Precondition: 0 ≤ `amount` ≤ Σ(granted − given), and every slot has 0 ≤ given ≤ granted.
    package static func take(_ amount: Amount, granted: Shares, given: Shares, count: Int) -> Shares {
        let whole = granted.total.fen
        precondition(amount.fen >= 0 && amount.fen <= whole - given.total.fen, "more than is left")
        guard amount.fen > 0 else { return .zero }
        if count == 1 { return Shares(fen: [amount.fen]) }
        let reached = Int128(given.total.fen + amount.fen)
        var share = Shares.zero
        var left = amount.fen
        for index in 0..<count {
            let target = Int128(granted.slots[index]) * reached / Int128(whole)
            share.slots[index] = max(0, Int64(target) - given.slots[index])
            left -= share.slots[index]
        }
        // How far a fund stays behind its exact target, in fen times Σgranted.
        func behind(_ index: Int) -> Int128 {
            Int128(granted.slots[index]) * reached
                - Int128(given.slots[index] + share.slots[index]) * Int128(whole)
        }
        while left > 0 {
            var best = -1
            for index in 0..<count
            where share.slots[index] < granted.slots[index] - given.slots[index]
                && (best < 0 || behind(index) > behind(best))
            { best = index }
            share.slots[best] += 1
            left -= 1
        }
        while left < 0 {
            var best = -1
            for index in 0..<count
            where share.slots[index] > 0 && (best < 0 || behind(index) < behind(best)) { best = index }
            share.slots[best] -= 1
            left += 1
        }
        return share
    }

    /// Splits `total` by `weights` (each at most 10,000), largest remainder first.
    package static func apportion(_ total: Amount, weights: Shares, count: Int) -> Shares {
        // Weights scaled until together they could give the total: the rule above then only sees proportions.
        let scaled = Shares(weights.slots &* SIMD4(repeating: total.fen))
        return take(total, granted: scaled, given: .zero, count: count)
    }
}

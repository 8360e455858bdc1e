/// Splits `amount` over funds that put in `putIn` and have given `taken` of it already (DESIGN §3).
///
/// Every t is kept as t·Σf, so that nothing is rounded before the floor.
package func modelSplit(_ amount: Int64, over putIn: [Int64], taken: [Int64]) -> [Int64] {
    let whole = putIn.reduce(Int128(0)) { $0 + Int128($1) }
    guard whole > 0 else { return putIn.map { _ in 0 } }
    let reach = taken.reduce(Int128(amount)) { $0 + Int128($1) }
    let targets = putIn.map { Int128($0) * reach }
    var split = zip(targets, taken).map { max(0, Int64($0 / whole) - $1) }
    func behind(_ index: Int) -> Int128 { targets[index] - whole * Int128(taken[index] + split[index]) }
    while split.reduce(0, +) < amount {
        let open = split.indices.filter { split[$0] < putIn[$0] - taken[$0] }
        guard let most = open.map(behind).max(), let index = open.first(where: { behind($0) == most })
        else { return split }
        split[index] += 1
    }
    while split.reduce(0, +) > amount {
        let open = split.indices.filter { split[$0] > 0 }
        guard let least = open.map(behind).min(), let index = open.first(where: { behind($0) == least })
        else { return split }
        split[index] -= 1
    }
    return split
}

/// Splits `amount` by weights, to the fen: the same rule where nothing was given yet and nothing runs out.
package func modelApportion(_ amount: Int64, weights: [Int64]) -> [Int64] {
    let whole = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard whole > 0 else { return weights.map { _ in 0 } }
    var split = weights.map { Int64(Int128($0) * Int128(amount) / whole) }
    func behind(_ index: Int) -> Int128 {
        Int128(weights[index]) * Int128(amount) - whole * Int128(split[index])
    }
    while split.reduce(0, +) < amount {
        guard let most = split.indices.map(behind).max(),
            let index = split.indices.first(where: { behind($0) == most })
        else { return split }
        split[index] += 1
    }
    return split
}

extension Tile {
    /// Every tile of a tree of `size` leaves, for those who publish or copy a log: the bundles of entries first,
    /// then the hashes by level. None when there are no leaves.
    package static func all(size: UInt64) -> some Sequence<Tile> { added(from: 0, to: size) }

    /// The tiles that a tree has at `new` leaves and did not have at `old`, partial ones included; none when it
    /// did not grow.
    ///
    /// Made as they are asked for: they are as many as a hundred-and-twenty-eighth of the leaves.
    package static func added(from old: UInt64, to new: UInt64) -> some Sequence<Tile> {
        kinds.lazy.flatMap { kind in
            let before = kind.count(in: old)
            let after = kind.count(in: new)
            let end = after / 256 + (after % 256 == 0 ? 0 : 1)
            let start = before < after ? before / 256 : end
            return (start..<end).lazy.map { index in
                Tile(kind, index: index, width: Int(min(256, after - index * 256)))
            }
        }
    }

    /// The partial tiles of a tree of `size` leaves that hold hashes, the highest level first.
    ///
    /// Together they hold what the root follows from; every full tile is under one of them.
    package static func rightEdge(size: UInt64) -> [Tile] {
        (0..<levels).reversed().compactMap { level in
            let count = Kind.hashes(level: level).count(in: size)
            guard count % 256 > 0 else { return nil }
            return Tile(.hashes(level: level), index: count / 256, width: Int(count % 256))
        }
    }

    /// The levels that a tree of fewer than 2⁶⁴ leaves can have.
    static let levels = 8

    private static let kinds: [Kind] = [.entries] + (0..<levels).map { .hashes(level: $0) }
}

/// The name of one file of a published log: up to 256 hashes of one level, or the entries under them (C2SP
/// tlog-tiles).
package struct Tile: Hashable, Sendable {
    /// What the file holds.
    package enum Kind: Hashable, Sendable {
        /// Hashes of subtrees of 256^level leaves; the level is 0 to 63, as the format has it.
        case hashes(level: Int)
        /// Log entries: an ``EntryBundle``.
        case entries
    }

    /// The hashes or entries of a full tile.
    package static let fullWidth = 256

    /// What the file holds.
    package let kind: Kind
    /// The tile's place among those of its kind, counted from 0.
    package let index: UInt64
    /// The number of hashes or entries, 1 to 256; fewer than 256 is a partial tile.
    package let width: Int

    /// Names a tile. A width outside 1 to 256 or a level outside 0 to 63 is a bug and traps.
    package init(_ kind: Kind, index: UInt64, width: Int = Tile.fullWidth) {
        precondition((1...Tile.fullWidth).contains(width), "a tile is 1 to 256 wide")
        if case .hashes(let level) = kind { precondition((0...63).contains(level), "a level is 0 to 63") }
        self.kind = kind
        self.index = index
        self.width = width
    }

    /// Whether it has fewer than 256 hashes or entries, so that it stands only until the tree has grown.
    package var isPartial: Bool { width < Tile.fullWidth }

    /// The tile that takes this one's place once it is full: a longer file that begins with the same bytes.
    package var full: Tile { Tile(kind, index: index) }

    /// Whether a tree of `size` leaves has all of this tile's hashes or entries, so that it may be served.
    package func isPart(ofTreeOf size: UInt64) -> Bool {
        let (start, overflow) = index.multipliedReportingOverflow(by: UInt64(Tile.fullWidth))
        let count = kind.count(in: size)
        return !overflow && start < count && count - start >= UInt64(width)
    }
}

extension Tile.Kind {
    /// The number of hashes or entries of this kind that a tree of `size` leaves has.
    package func count(in size: UInt64) -> UInt64 {
        switch self {
        case .hashes(let level): size >> (8 * level)
        case .entries: size
        }
    }
}

/// Reads a tree's hashes from tiles that nobody vouches for, and returns none that is not chained to the root.
///
/// The partial tiles are fetched first and must together give the root: each of their hashes is part of it. Every
/// other tile is full and has its hash in a tile one level above, which is checked before it; so trust comes
/// down from the root, and a forged tile is refused whatever is asked of it (CVE-2026-56865). Where a partial tile
/// is gone and a full one is taken in its place, what goes beyond this tree is thrown away unread.
package struct TileReader<Source: TileSource>: TreeHashReader {
    /// Where the tiles come from.
    package let source: Source
    /// The number of leaves of the tree, from a checkpoint that is trusted.
    package let size: UInt64
    /// The tree's frontier, whose root is the trusted one.
    package let range: CompactRange

    private let edge: [Int: TileNodes]
    private var cache: [Tile: TileNodes] = [:]
    private var cached: [Tile] = []

    /// The full tiles that are remembered, of about 16 kB each.
    package static var cacheLimit: Int { 64 }

    /// Opens the tree of a checkpoint that is trusted, and checks the partial tiles against its root.
    package init(source: Source, size: UInt64, root: TreeHash) throws(TileFault<Source.Failure>) {
        let tiles = Tile.rightEdge(size: size)
        var edge: [Int: TileNodes] = [:]
        var frontier: [TreeHash] = []
        for tile in tiles {
            let nodes = TileNodes(try source.hashes(of: tile))
            if case .hashes(let level) = tile.kind { edge[level] = nodes }
            frontier += nodes.frontier
        }
        guard let range = CompactRange(size: size, hashes: frontier), range.root == root else {
            throw .rightEdgeNotAuthentic(tiles)
        }
        self.source = source
        self.size = size
        self.range = range
        self.edge = edge
    }

    /// The hash of the complete subtree of 2^`level` leaves from leaf `index` · 2^`level`, chained to the root.
    package mutating func hash(level: Int, index: UInt64) throws(TileFault<Source.Failure>) -> TreeHash {
        guard (0..<64).contains(level), index < size >> level else {
            throw .notInTree(level: level, index: index)
        }
        let height = level % 8
        let first = index << height
        let nodes = try nodes(level: level / 8, index: first / 256)
        return nodes[height: height, Int(first % 256) >> height]
    }

    /// The hashes of the tile at `index` of a level of tiles, as many as this tree has, chained to the root.
    package mutating func hashes(
        tileLevel level: Int, index: UInt64
    ) throws(TileFault<Source.Failure>) -> [TreeHash] {
        guard (0..<Tile.levels).contains(level),
            Tile(.hashes(level: level), index: index, width: 1).isPart(ofTreeOf: size)
        else { throw .notInTree(level: level &* 8, index: index) }
        return try nodes(level: level, index: index).hashes
    }

    /// The hashes of a level's partial tile, chained to the root; none where the level has no partial tile.
    func edgeHashes(tileLevel level: Int) -> [TreeHash] { edge[level]?.hashes ?? [] }

    /// A tile of this tree, chained to the root.
    private mutating func nodes(level: Int, index: UInt64) throws(TileFault<Source.Failure>) -> TileNodes {
        let tile = Tile(.hashes(level: level), index: index)
        guard tile.isPart(ofTreeOf: size) else {
            guard let nodes = edge[level] else {
                preconditionFailure("a tile that is not full is on the right edge")
            }
            return nodes
        }
        if let nodes = cache[tile] { return nodes }
        let above = try nodes(level: level + 1, index: index / 256)
        let nodes = TileNodes(try source.hashes(of: tile))
        guard nodes.frontier == [above[height: 0, Int(index % 256)]] else { throw .notAuthentic(tile) }
        remember(nodes, as: tile)
        return nodes
    }

    /// Keeps a checked tile, and forgets the one kept longest when there are too many.
    private mutating func remember(_ nodes: TileNodes, as tile: Tile) {
        if cached.count == Self.cacheLimit { cache[cached.removeFirst()] = nil }
        cached.append(tile)
        cache[tile] = nodes
    }
}

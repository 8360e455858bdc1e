/// The hashes of one tile with the nodes over them, as far as they are complete.
struct TileNodes: Sendable {
    /// By height: `rows[h][i]` is over the tile's 2^h hashes from i · 2^h. Row 0 is the tile.
    private let rows: [[TreeHash]]

    /// Computes the nodes over 1 to 256 hashes.
    init(_ hashes: [TreeHash]) {
        var rows = [hashes]
        var row = hashes
        while row.count > 1 {
            row = (0..<row.count / 2).map { .node(row[2 * $0], row[2 * $0 + 1]) }
            rows.append(row)
        }
        self.rows = rows
    }

    /// The tile's own hashes.
    var hashes: [TreeHash] { rows[0] }

    /// The node at a height, 0 for the tile's own hashes, that is complete in the tile.
    subscript(height height: Int, index: Int) -> TreeHash { rows[height][index] }

    /// The complete subtrees that the tile is made of, the largest first: one node when the tile is full.
    var frontier: [TreeHash] {
        rows.reversed().compactMap { row in row.count.isMultiple(of: 2) ? nil : row.last }
    }
}

import AuditLog

/// A published log in memory, which tests damage.
struct MemoryTiles: TileSource, Equatable {
    private(set) var files: [Tile: [UInt8]] = [:]
    /// A file that cannot be fetched.
    var unreachable: Tile?

    struct Unreachable: Error, Equatable {}

    subscript(tile: Tile) -> [UInt8]? {
        get { files[tile] }
        set { files[tile] = newValue }
    }

    func bytes(of tile: Tile) throws(Unreachable) -> [UInt8]? {
        guard tile != unreachable else { throw Unreachable() }
        return files[tile]
    }

    /// The same files with one bit of one file turned over.
    func flipping(_ tile: Tile, byte: Int, bit: Int = 0) -> MemoryTiles {
        var copy = self
        copy.files[tile]?[byte] ^= 1 << bit
        return copy
    }

    /// The same files with another file in the place of one.
    func replacing(_ tile: Tile, with bytes: [UInt8]?) -> MemoryTiles {
        var copy = self
        copy.files[tile] = bytes
        return copy
    }

    /// The files that hold hashes.
    var hashTiles: [Tile] { files.keys.filter { $0.kind != .entries } }
}

extension Tile {
    /// The level of a tile of hashes, -1 for entries.
    var level: Int {
        guard case .hashes(let level) = kind else { return -1 }
        return level
    }
}

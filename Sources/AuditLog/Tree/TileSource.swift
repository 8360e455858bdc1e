/// Where a log's published files come from, for readers and auditors: a folder, an address, memory.
///
/// Nothing that it says is believed before it is chained to a root (``TileReader``, ``LogVerifier``).
package protocol TileSource {
    /// Why a file cannot be fetched; that it does not exist is no failure.
    associatedtype Failure: Error

    /// All bytes of a file; `nil` when there is no such file.
    func bytes(of tile: Tile) throws(Failure) -> [UInt8]?
}

extension TileSource {
    /// The hashes of a tile as the source has them, believed by nobody yet.
    func hashes(of tile: Tile) throws(TileFault<Failure>) -> [TreeHash] {
        let (found, bytes) = try file(tile)
        guard bytes.count == found.width * TreeHash.length, let hashes = [TreeHash](concatenation: bytes)
        else {
            throw .malformed(found)
        }
        return Array(hashes.prefix(tile.width))
    }

    /// The entries of a bundle as the source has them, believed by nobody yet.
    func entries(of tile: Tile) throws(TileFault<Failure>) -> [[UInt8]] {
        let (found, bytes) = try file(tile)
        guard let bundle = try? EntryBundle(bytes: bytes, count: found.width) else { throw .malformed(found) }
        return Array(bundle.entries.prefix(tile.width))
    }

    /// A file, or the full one in its place: a log may delete a partial tile when the full one is there.
    private func file(_ tile: Tile) throws(TileFault<Failure>) -> (found: Tile, bytes: [UInt8]) {
        do throws(Failure) {
            if let bytes = try bytes(of: tile) { return (tile, bytes) }
            if tile.isPartial, let bytes = try bytes(of: tile.full) { return (tile.full, bytes) }
        } catch {
            throw .source(error)
        }
        throw .missing(tile)
    }
}

/// Makes a log's files from its entries, for those who publish a log, copy one or test readers.
///
/// It remembers the unfinished tile of each level and the unfinished bundle, never more: full files are handed
/// over as they are completed, partial ones when a checkpoint asks for them.
package struct TileBuilder: Sendable {
    /// The frontier of the tree so far.
    package private(set) var range = CompactRange()

    /// By level, the hashes of the tile that is not full yet.
    private var unfinished = [[TreeHash]](repeating: [], count: Tile.levels)
    /// The bytes of the bundle that is not full yet.
    private var bundle: [UInt8] = []

    /// Starts with a tree without leaves.
    package init() {}

    /// Goes on from the partial files of a tree that is already published.
    ///
    /// - Throws: ``LogFault`` when its last bundle is not there or not what the tree has.
    package init<Source: TileSource>(
        continuing reader: TileReader<Source>
    ) throws(LogFault<Source.Failure>) {
        range = reader.range
        for tile in Tile.rightEdge(size: reader.size) {
            guard case .hashes(let level) = tile.kind else { continue }
            unfinished[level] = reader.edgeHashes(tileLevel: level)
        }
        let width = unfinished[0].count
        guard width > 0 else { return }
        let tile = Tile(.entries, index: reader.size / 256, width: width)
        let entries: [[UInt8]]
        do throws(TileFault<Source.Failure>) {
            entries = try reader.source.entries(of: tile)
        } catch {
            throw .tile(error)
        }
        for (place, entry) in entries.enumerated() {
            guard TreeHash.leaf(entry) == unfinished[0][place] else {
                throw .entry(tile.index * 256 + UInt64(place))
            }
            EntryBundle.append(entry, to: &bundle)
        }
    }

    /// Adds an entry and hands over every file that it completes: the bundle and then tiles, the lowest first.
    ///
    /// - Throws: ``EntryBundleError/entryTooLong(entry:)`` with the place in the bundle; nothing is added then.
    package mutating func append(
        _ entry: [UInt8], completed: (Tile, [UInt8]) -> Void
    ) throws(EntryBundleError) {
        guard entry.count <= EntryBundle.maximumEntryLength else {
            throw .entryTooLong(entry: unfinished[0].count)
        }
        EntryBundle.append(entry, to: &bundle)
        if unfinished[0].count == Tile.fullWidth - 1 {
            completed(Tile(.entries, index: range.size / 256), bundle)
            bundle.removeAll(keepingCapacity: true)
        }
        // The rows move out of the builder and back, so that the range may change at the same time.
        var rows = unfinished
        unfinished = []
        range.append(.leaf(entry)) { level, index, hash in
            guard level.isMultiple(of: 8) else { return }
            rows[level / 8].append(hash)
            guard rows[level / 8].count == Tile.fullWidth else { return }
            completed(Tile(.hashes(level: level / 8), index: index / 256), rows[level / 8].concatenation)
            rows[level / 8].removeAll(keepingCapacity: true)
        }
        unfinished = rows
    }

    /// The partial files of the tree so far, which must be there before its checkpoint is.
    package var partialFiles: [(tile: Tile, bytes: [UInt8])] {
        var files: [(tile: Tile, bytes: [UInt8])] = []
        if !bundle.isEmpty {
            files.append((Tile(.entries, index: range.size / 256, width: unfinished[0].count), bundle))
        }
        for tile in Tile.rightEdge(size: range.size) {
            guard case .hashes(let level) = tile.kind else { continue }
            files.append((tile, unfinished[level].concatenation))
        }
        return files
    }
}

/// Verifies for an auditor that a log's files are what a checkpoint names: every entry and every hash tile.
///
/// It reads one bundle at a time and rebuilds the tree from the entries, so a log of any length takes the memory
/// of a few tiles. As each bundle comes, its subtree is compared with the hash in the tiles above, which are
/// chained to the root (``TileReader``); so the first wrong file is found where it is, and in it the wrong entry.
///
///     var verifier = try LogVerifier(source: folder, size: checkpoint.size, root: checkpoint.root)
///     while let entries = try verifier.next() { replay(entries) }
///
/// Entries are given out when they are proved, except where the partial tiles are damaged: then only the end,
/// where ``next()`` answers `nil`, proves them. So what is made of entries holds good after that `nil` alone.
package struct LogVerifier<Source: TileSource> {
    /// The frontier of the tree rebuilt so far; to be kept when the end is reached, and handed to the next
    /// verifier, which then reads only what was added.
    package private(set) var range: CompactRange

    /// Why the log is refused.
    package typealias Fault = LogFault<Source.Failure>
    private typealias FileFault = TileFault<Source.Failure>

    private let source: Source
    private let size: UInt64
    private let root: TreeHash
    /// Hashes that are chained to the root; `nil` when the partial tiles do not give the root.
    private var reader: TileReader<Source>?
    /// The first entry that differs from its tile, where there are no proved hashes to compare it with.
    private var disagreement: UInt64?

    /// Starts at the first leaf, or after a tree that was verified before.
    ///
    /// - Parameters:
    ///   - size: the number of leaves, from a checkpoint whose signatures are good.
    ///   - root: the root in the same checkpoint.
    ///   - verified: what ``range`` was at the end of an earlier verification.
    /// - Throws: ``LogFault/fork(verified:)``, or ``LogFault/tile(_:)`` when a file is not there.
    package init(
        source: Source, size: UInt64, root: TreeHash, after verified: CompactRange = CompactRange()
    ) throws(Fault) {
        guard verified.size <= size else { throw .fork(verified: verified.size) }
        self.source = source
        self.size = size
        self.root = root
        range = verified
        do throws(FileFault) {
            reader = try TileReader(source: source, size: size, root: root)
        } catch .rightEdgeNotAuthentic {
            reader = nil
        } catch {
            throw .tile(error)
        }
        let start = try proved { reader throws(FileFault) in try reader.compactRange(size: verified.size) }
        guard start == nil || start == verified else { throw .fork(verified: verified.size) }
    }

    /// The entries of the next bundle, those verified before left out; `nil` when all of the log is verified.
    ///
    /// The first of them has the number ``range``'s size had before. After a fault it reads the same files again.
    package mutating func next() throws(Fault) -> [[UInt8]]? {
        guard range.size < size else {
            try finish()
            return nil
        }
        let index = range.size / 256
        let width = Int(min(256, size - index * 256))
        let (entries, stored) = try files(index: index, width: width)
        let leaves = entries.map { TreeHash.leaf($0) }
        let known = Int(range.size % 256)
        var extended = range
        var subtree: TreeHash?
        for leaf in leaves[known...] {
            extended.append(leaf) { level, _, hash in if level == 8 { subtree = hash } }
        }
        try check(leaves, subtree: subtree, stored: stored, index: index)
        range = extended
        return Array(entries[known...])
    }

    /// A bundle's entries and the hashes of its tile, believed by nobody yet.
    private func files(
        index: UInt64, width: Int
    ) throws(Fault) -> (entries: [[UInt8]], stored: [TreeHash]) {
        do throws(FileFault) {
            let entries = try source.entries(of: Tile(.entries, index: index, width: width))
            return (entries, try source.hashes(of: Tile(.hashes(level: 0), index: index, width: width)))
        } catch {
            throw .tile(error)
        }
    }

    /// Compares a bundle's leaves with the tree and with the tile of their hashes.
    ///
    /// - Parameter subtree: the hash over all of them where the bundle is full.
    private mutating func check(
        _ leaves: [TreeHash], subtree: TreeHash?, stored: [TreeHash], index: UInt64
    ) throws(Fault) {
        let isProved = try proved { reader throws(FileFault) in
            if let subtree { return try reader.hash(level: 8, index: index) == subtree }
            return try reader.hashes(tileLevel: 0, index: index) == leaves
        }
        let tile = Tile(.hashes(level: 0), index: index, width: leaves.count)
        switch isProved {
        case true?:
            guard stored == leaves else { throw .tile(.notAuthentic(tile)) }
        case false?:
            throw try fault(in: leaves, tile: tile)
        case nil:
            if disagreement == nil { disagreement = difference(leaves, stored, in: tile) }
        }
    }

    /// What is wrong with a bundle that does not give the hash that the tree has.
    private mutating func fault(
        in leaves: [TreeHash], tile: Tile
    ) throws(Fault) -> Fault {
        do throws(Fault) {
            let hashes = try proved { reader throws(FileFault) in
                try reader.hashes(tileLevel: 0, index: tile.index)
            }
            if let hashes, let entry = difference(leaves, hashes, in: tile) { return .entry(entry) }
        } catch .tile(.notAuthentic(let forged)) where forged == tile {
            return .bundle(Tile(.entries, index: tile.index, width: tile.width))
        } catch {
            throw error
        }
        return .fork(verified: range.size)
    }

    /// The number of the first entry whose hash is another one in the tile.
    private func difference(_ leaves: [TreeHash], _ hashes: [TreeHash], in tile: Tile) -> UInt64? {
        zip(leaves, hashes).enumerated().first { $0.element.0 != $0.element.1 }
            .map { tile.index * 256 + UInt64($0.offset) }
    }

    /// What the hashes that are chained to the root say; `nil` when there are none.
    private mutating func proved<Answer>(
        _ read: (inout TileReader<Source>) throws(FileFault) -> Answer
    ) throws(Fault) -> Answer? {
        guard var reader = reader.take() else { return nil }
        defer { self.reader = reader }
        do throws(FileFault) {
            return try read(&reader)
        } catch {
            throw .tile(error)
        }
    }

    /// Compares the rebuilt root, and says which partial tile is wrong if one is.
    private func finish() throws(Fault) {
        guard range.root == root else {
            if let disagreement { throw .entryOrTile(entry: disagreement) }
            throw .root(rebuilt: range.root, edge: Tile.rightEdge(size: size))
        }
        guard reader == nil else { return }
        // All entries are proved now, and with them the frontier that the partial tiles should give.
        var frontier = range.hashes[...]
        let edge = Tile.rightEdge(size: size)
        do throws(FileFault) {
            for tile in edge {
                let nodes = TileNodes(try source.hashes(of: tile)).frontier
                guard frontier.starts(with: nodes) else { throw .notAuthentic(tile) }
                frontier = frontier.dropFirst(nodes.count)
            }
            throw .rightEdgeNotAuthentic(edge)
        } catch {
            throw .tile(error)
        }
    }
}

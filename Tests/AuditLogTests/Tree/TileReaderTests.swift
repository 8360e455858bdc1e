import AuditLog
import Testing

@Suite("Reading tiles that nobody vouches for")
struct TileReaderTests {
    private static let sizes = [1, 2, 7, 8, 255, 256, 257, 511, 512, 517, 600, 1000, 65_536, 66_000]

    @Test("Every hash of a good log is read as it is, and proofs come out of it", arguments: sizes)
    func goodLog(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let files = tree.files(size)
        var reader = try TileReader(source: files, size: UInt64(size), root: tree.root(size))
        #expect(reader.range.root == tree.root(size))
        for level in 0...17 {
            let count = UInt64(size) >> level
            for index in stride(from: 0, to: count, by: size > 2000 ? 97 : 1) {
                let hash = try reader.hash(level: level, index: index)
                #expect(hash == tree.hash(level: level, index: index), "level \(level), \(index)")
            }
            #expect(throws: TileFault<MemoryTiles.Unreachable>.notInTree(level: level, index: count)) {
                try reader.hash(level: level, index: count)
            }
        }
        for index in stride(from: 0, to: size, by: max(1, size / 13)) {
            let proof = try reader.inclusionProof(index: UInt64(index), size: UInt64(size))
            #expect(proof?.path == tree.path(index, in: 0..<size))
            let growth = try reader.consistencyProof(first: UInt64(index + 1), second: UInt64(size))
            #expect(growth?.path == tree.proof(index + 1, size))
        }
    }

    @Test("What lies outside the tree cannot be asked for")
    func outside() throws {
        let tree = ReferenceTree(size: 300)
        var reader = try TileReader(source: tree.files(300), size: 300, root: tree.root(300))
        for (level, index) in [(-1, 0), (0, 300), (0, .max), (8, 1), (9, 0), (63, 0), (64, 0), (.max, 0)]
            as [(Int, UInt64)]
        {
            #expect(throws: TileFault<MemoryTiles.Unreachable>.notInTree(level: level, index: index)) {
                try reader.hash(level: level, index: index)
            }
        }
        let wider = try? reader.inclusionProof(index: 0, size: 301)
        #expect(wider == nil)
        for (level, index) in [(-1, 0), (0, 2), (1, 1), (2, 0), (8, 0), (0, .max), (.max, 0)]
            as [(Int, UInt64)]
        {
            let hashes = try? reader.hashes(tileLevel: level, index: index)
            #expect(hashes == nil)
        }
    }

    @Test("The tree without leaves needs no tile and has nothing to read")
    func noLeaves() throws {
        var reader = try TileReader(source: MemoryTiles(), size: 0, root: .empty)
        #expect(reader.range == CompactRange())
        #expect(throws: TileFault<MemoryTiles.Unreachable>.notInTree(level: 0, index: 0)) {
            try reader.hash(level: 0, index: 0)
        }
        #expect(throws: TileFault<MemoryTiles.Unreachable>.rightEdgeNotAuthentic([])) {
            try TileReader(source: MemoryTiles(), size: 0, root: .leaf([]))
        }
    }

    @Test(
        "Where the log has grown and deleted partial tiles, the full ones serve", arguments: [517, 600, 1000])
    func grownLog(size: Int) throws {
        let tree = ReferenceTree(size: 1024)
        var files = tree.files(1024)
        files[Tile(.hashes(level: 1), index: 0, width: size / 256)] =
            tree.files(size)[
                Tile(.hashes(level: 1), index: 0, width: size / 256)]
        let last = Tile(.hashes(level: 0), index: UInt64(size / 256))
        var reader = try TileReader(source: files, size: UInt64(size), root: tree.root(size))
        #expect(try reader.compactRange(size: UInt64(size)).root == tree.root(size))
        // What a full tile holds beyond this tree is chained to nothing, and is not given out.
        let forged = files.flipping(last, byte: 255 * 32)
        reader = try TileReader(source: forged, size: UInt64(size), root: tree.root(size))
        let hashes = try reader.hashes(tileLevel: 0, index: last.index)
        #expect(hashes.count == size % 256)
        #expect(throws: TileFault<MemoryTiles.Unreachable>.notInTree(level: 0, index: UInt64(size))) {
            try reader.hash(level: 0, index: UInt64(size))
        }
        let within = files.flipping(last, byte: 0)
        #expect(throws: TileFault<MemoryTiles.Unreachable>.self) {
            try TileReader(source: within, size: UInt64(size), root: tree.root(size))
        }
    }

    @Test("A source that fails is told apart from a log that is wrong")
    func unreachable() throws {
        let tree = ReferenceTree(size: 600)
        var files = tree.files(600)
        files.unreachable = Tile(.hashes(level: 0), index: 1)
        var reader = try TileReader(source: files, size: 600, root: tree.root(600))
        #expect(throws: TileFault<MemoryTiles.Unreachable>.source(MemoryTiles.Unreachable())) {
            try reader.hash(level: 0, index: 256)
        }
        #expect(try reader.hash(level: 0, index: 0) == .leaf([]))
        files.unreachable = Tile(.hashes(level: 1), index: 0, width: 2)
        #expect(throws: TileFault<MemoryTiles.Unreachable>.source(MemoryTiles.Unreachable())) {
            try TileReader(source: files, size: 600, root: tree.root(600))
        }
    }
}

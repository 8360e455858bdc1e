import AuditLog
import Testing

@Suite("Making a log's files")
struct TileBuilderTests {
    @Test("At every size the files are those of the definition")
    func filesOfAllSizes() throws {
        let tree = ReferenceTree(size: 1030)
        var builder = TileBuilder()
        var full: [Tile: [UInt8]] = [:]
        for size in 0...tree.entries.count {
            var files = MemoryTiles()
            for (tile, bytes) in full { files[tile] = bytes }
            for file in builder.partialFiles { files[file.tile] = file.bytes }
            if size <= 300 || size % 128 < 2 { #expect(files == tree.files(size), "size \(size)") }
            #expect(builder.range.root == tree.root(size))
            guard size < tree.entries.count else { break }
            try builder.append(tree.entries[size]) { tile, bytes in
                #expect(!tile.isPartial)
                #expect(full.updateValue(bytes, forKey: tile) == nil, "\(tile) was made twice")
            }
        }
    }

    @Test("The files of three levels are those of the definition", arguments: [65_535, 65_536, 70_000])
    func threeLevels(size: Int) throws {
        let tree = ReferenceTree(size: size)
        var builder = TileBuilder()
        var files = MemoryTiles()
        for entry in tree.entries { try builder.append(entry) { files[$0] = $1 } }
        for file in builder.partialFiles { files[file.tile] = file.bytes }
        #expect(files == tree.files(size))
    }

    @Test(
        "Going on from the files of any size makes the same files",
        arguments: [0, 1, 255, 256, 257, 512, 600])
    func continuing(size: Int) throws {
        let tree = ReferenceTree(size: 1030)
        let reader = try TileReader(
            source: tree.files(size), size: UInt64(size), root: tree.root(size))
        var builder = try TileBuilder(continuing: reader)
        var files = MemoryTiles()
        for entry in tree.entries[size...] { try builder.append(entry) { files[$0] = $1 } }
        for file in builder.partialFiles { files[file.tile] = file.bytes }
        #expect(builder.range.root == tree.root(1030))
        let expected = tree.files(1030)
        #expect(Set(files.files.keys) == Set(Tile.added(from: UInt64(size), to: 1030)))
        for (tile, bytes) in files.files { #expect(expected[tile] == bytes, "\(tile)") }
    }

    @Test("Nothing goes on from a last bundle that is not the tree's")
    func damagedBundle() throws {
        let tree = ReferenceTree(size: 517)
        let last = Tile(.entries, index: 2, width: 5)
        let honest = tree.files(517)
        for (files, fault) in [
            (honest.flipping(last, byte: 4), .entry(512)),
            (honest.flipping(last, byte: (honest[last]?.count ?? 1) - 1), .entry(516)),
            (honest.replacing(last, with: nil), .tile(.missing(last))),
            (honest.replacing(last, with: []), .tile(.malformed(last))),
        ] as [(MemoryTiles, LogFault<MemoryTiles.Unreachable>)] {
            let reader = try TileReader(source: files, size: 517, root: tree.root(517))
            #expect(throws: fault) { try TileBuilder(continuing: reader) }
        }
    }

    @Test("An entry that is too long is refused, and leaves the tree as it was")
    func tooLong() throws {
        var builder = TileBuilder()
        try builder.append([1]) { _, _ in }
        let range = builder.range
        #expect(throws: EntryBundleError.entryTooLong(entry: 1)) {
            try builder.append([UInt8](repeating: 0, count: 65_536)) { _, _ in }
        }
        #expect(builder.range == range)
        try builder.append([UInt8](repeating: 0, count: 65_535)) { _, _ in }
        #expect(builder.range.size == 2)
    }
}

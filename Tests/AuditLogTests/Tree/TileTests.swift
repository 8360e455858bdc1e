import AuditLog
import LedgerTesting
import Testing

@Suite("Tiles have names")
struct TileTests {
    static let named: [(Tile, String)] = [
        (Tile(.hashes(level: 0), index: 0), "tile/0/000"),
        (Tile(.hashes(level: 0), index: 1_234_067), "tile/0/x001/x234/067"),
        (Tile(.hashes(level: 0), index: 999), "tile/0/999"),
        (Tile(.hashes(level: 0), index: 1000), "tile/0/x001/000"),
        (Tile(.hashes(level: 1), index: 0, width: 17), "tile/1/000.p/17"),
        (Tile(.hashes(level: 63), index: 5, width: 1), "tile/63/005.p/1"),
        (Tile(.entries, index: 273, width: 112), "tile/entries/273.p/112"),
        (Tile(.entries, index: 1_234_067, width: 8), "tile/entries/x001/x234/067.p/8"),
        (Tile(.entries, index: 1_234_067, width: 255), "tile/entries/x001/x234/067.p/255"),
        (Tile(.hashes(level: 7), index: .max), "tile/7/x018/x446/x744/x073/x709/x551/615"),
    ]

    @Test("A tile's path is that of the format and is read back", arguments: named)
    func paths(tile: Tile, path: String) {
        #expect(tile.path == path)
        #expect(Tile(path: path) == tile)
    }

    @Test(
        "A path that the format does not have is refused",
        arguments: [
            "", "/", "tile", "tile/", "tile/0", "tile/0/", "tile//000", "/tile/0/000", "tile/0/000/",
            "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/1", "tile/0/x000/000", "tile/0/x000/x001/000",
            "tile/0/000/001", "tile/0/x001/x002", "tile/0/x001", "tile/0/X001/000", "tile/0/x01/000",
            "tile/0/x0001/000", "tile/0/xx01/000", "tile/0/x001/00a", "tile/0/x001//000", "tile/00/000",
            "tile/01/000", "tile/64/000", "tile/256/000", "tile/-1/000", "tile/+1/000", "tile/ 0/000",
            "tile/0/000 ", "tile/0/-01", "tile/0/+01", "Tile/0/000", "tile/Entries/000", "tile/data/000",
            "tile/entries", "tile/entries/0", "tile/entries0/000", "tile/0/000.p", "tile/0/000.p/",
            "tile/0/000.p/0", "tile/0/000.p/00", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/257",
            "tile/0/000.p/-1", "tile/0/000.p/+1", "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/0/000.p/1/2",
            "tile/0/000.P/1", "tile/0/000p/1", "tile/0/.p/1", "tile/0/x001.p/000", "tile/0/x001.p/000.p/1",
            "tile/0/000.p/18446744073709551617", "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/\u{0660}\u{0660}\u{0660}",
            "tile/0/000\u{301}", "tile/0/000\u{0}", "../tile/0/000", "tile/../0/000", "tile/0/..",
            "tile\\0\\000",
            "checkpoint",
        ])
    func badPaths(path: String) {
        #expect(Tile(path: path) == nil)
    }

    @Test(
        "Whatever a path is made of, it is refused or written again as it was read", arguments: propertySeeds)
    func anyPath(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "tile", "entries", "/", "/", "/", "x", "0", "00", "000", "001", "x001", "63", "64", "255", ".p/",
            ".p",
            "é", "\u{0}", "-", " ",
        ]
        var read = 0
        for _ in 0..<300 {
            var path = TileTests.named.randomElement(using: &generator)?.1 ?? ""
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = path.utf8.isEmpty ? 0 : Int.random(in: 0...path.utf8.count, using: &generator)
                let piece = pieces.randomElement(using: &generator) ?? ""
                var bytes = Array(path.utf8)
                bytes.insert(contentsOf: piece.utf8, at: place)
                if Bool.random(using: &generator) {
                    bytes.remove(at: Int.random(in: 0..<bytes.count, using: &generator))
                }
                path = String(decoding: bytes, as: UTF8.self)
            }
            guard let tile = Tile(path: path) else { continue }
            read += 1
            #expect(tile.path.utf8.elementsEqual(path.utf8), "\(path), seed \(seed)")
            _ = tile.isPart(ofTreeOf: .max)
        }
        #expect(read > 0, "seed \(seed)")
    }

    @Test("A tree of seventy thousand leaves has the tiles that the format's example names")
    func example() {
        let tiles = Array(Tile.all(size: 70_000))
        func count(_ kind: Tile.Kind, partial: Bool) -> Int {
            tiles.filter { $0.kind == kind && $0.isPartial == partial }.count
        }
        #expect(count(.hashes(level: 0), partial: false) == 273)
        #expect(count(.hashes(level: 1), partial: false) == 1)
        #expect(count(.entries, partial: false) == 273)
        #expect(tiles.count == 273 + 1 + 1 + 1 + 1 + 273 + 1)
        #expect(tiles.contains(Tile(.hashes(level: 0), index: 273, width: 112)))
        #expect(tiles.contains(Tile(.hashes(level: 1), index: 1, width: 17)))
        #expect(tiles.contains(Tile(.hashes(level: 2), index: 0, width: 1)))
        #expect(tiles.contains(Tile(.entries, index: 273, width: 112)))
        let edge = ["tile/2/000.p/1", "tile/1/001.p/17", "tile/0/273.p/112"]
        #expect(Tile.rightEdge(size: 70_000).map(\.path) == edge)
    }

    static let sizes = Array(0...300) + [511, 512, 513, 517, 600, 1000, 65_535, 65_536, 65_537, 70_000]

    @Test("A tree has the tiles of the definition, whatever its size, and may serve those")
    func allTiles() {
        let tree = ReferenceTree(size: 70_000)
        for size in TileTests.sizes {
            let tiles = Array(Tile.all(size: UInt64(size)))
            let files = tree.files(size).files
            #expect(Set(tiles) == Set(files.keys), "size \(size)")
            #expect(tiles.count == files.count, "size \(size)")
            #expect(tiles.allSatisfy { $0.isPart(ofTreeOf: UInt64(size)) })
            let partial = tiles.filter { $0.isPartial && $0.kind != .entries }
            #expect(Set(partial) == Set(Tile.rightEdge(size: UInt64(size))))
        }
    }

    @Test("Between two sizes, the tiles added are those of the new size that the old one had not")
    func addedTiles() {
        for new in TileTests.sizes where new <= 1000 {
            let after = Set(Tile.all(size: UInt64(new)))
            for old in TileTests.sizes where old <= 1000 {
                let added = Array(Tile.added(from: UInt64(old), to: UInt64(new)))
                let expected = old < new ? after.subtracting(Tile.all(size: UInt64(old))) : []
                #expect(Set(added) == expected, "\(old) to \(new)")
                #expect(added.count == expected.count)
            }
        }
    }

    @Test("A tile beyond the tree, or wider than the tree is there, may not be served")
    func notServed() {
        #expect(!Tile(.hashes(level: 0), index: 0, width: 1).isPart(ofTreeOf: 0))
        #expect(!Tile(.hashes(level: 0), index: 2, width: 6).isPart(ofTreeOf: 517))
        #expect(Tile(.hashes(level: 0), index: 2, width: 5).isPart(ofTreeOf: 517))
        #expect(Tile(.entries, index: 2, width: 4).isPart(ofTreeOf: 517))
        #expect(!Tile(.hashes(level: 0), index: 2).isPart(ofTreeOf: 517))
        #expect(!Tile(.hashes(level: 1), index: 0, width: 3).isPart(ofTreeOf: 517))
        #expect(!Tile(.hashes(level: 8), index: 0, width: 1).isPart(ofTreeOf: .max))
        #expect(!Tile(.hashes(level: 63), index: .max).isPart(ofTreeOf: .max))
        #expect(!Tile(.entries, index: .max, width: 1).isPart(ofTreeOf: .max))
        #expect(Tile(.hashes(level: 7), index: 0, width: 255).isPart(ofTreeOf: .max))
    }
}

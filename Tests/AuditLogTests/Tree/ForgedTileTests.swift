import AuditLog
import Testing

/// What CVE-2026-56865 let through: at some tree sizes a forged tile was not checked against the one above it.
@Suite("A forged tile is refused")
struct ForgedTileTests {
    typealias Fault = TileFault<MemoryTiles.Unreachable>

    static let sizes = [517, 600, 1000]

    /// What reading a leaf's hash from a fresh reader comes to.
    private func read(_ files: MemoryTiles, _ tree: ReferenceTree, _ size: Int, leaf: Int) -> Result<
        TreeHash, Fault
    > {
        do throws(Fault) {
            var reader = try TileReader(source: files, size: UInt64(size), root: tree.root(size))
            return .success(try reader.hash(level: 0, index: UInt64(leaf)))
        } catch {
            return .failure(error)
        }
    }

    @Test("A forged tile/0/000 is refused for every leaf under it, and hurts no other", arguments: sizes)
    func firstTile(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let first = Tile(.hashes(level: 0), index: 0)
        let honest = tree.files(size)
        let forgeries = [
            honest.replacing(first, with: ReferenceTree(size: size, seed: 1).files(size)[first]),
            honest.flipping(first, byte: 0), honest.flipping(first, byte: 8191, bit: 7),
            honest.replacing(first, with: honest[Tile(.hashes(level: 0), index: 1)]),
            honest.replacing(first, with: [UInt8](repeating: 0, count: 8192)),
        ]
        for files in forgeries {
            for leaf in 0..<size {
                let answer = read(files, tree, size, leaf: leaf)
                #expect(
                    answer
                        == (leaf < 256
                            ? .failure(.notAuthentic(first)) : .success(tree.hash(leaf..<leaf + 1))),
                    "leaf \(leaf)")
            }
        }
    }

    @Test(
        "A bit turned over in any hash of any tile is refused for every leaf that hangs on it",
        arguments: sizes)
    func anyTile(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        for tile in honest.hashTiles {
            for place in Set([0, 1, tile.width / 2, tile.width - 1]) where place < tile.width {
                let files = honest.flipping(tile, byte: place * 32 + place % 32)
                for leaf in stride(from: 0, to: size, by: 5) {
                    let expected: Result<TreeHash, Fault>
                    if tile.isPartial {
                        expected = .failure(.rightEdgeNotAuthentic(Tile.rightEdge(size: UInt64(size))))
                    } else if leaf / 256 == Int(tile.index) {
                        expected = .failure(.notAuthentic(tile))
                    } else {
                        expected = .success(tree.hash(leaf..<leaf + 1))
                    }
                    #expect(
                        read(files, tree, size, leaf: leaf) == expected, "\(tile) at \(place), leaf \(leaf)")
                }
            }
        }
    }

    @Test("Every single hash of every tile counts", arguments: sizes)
    func everyHash(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        for tile in honest.hashTiles {
            for place in 0..<tile.width {
                let files = honest.flipping(tile, byte: place * 32 + 31, bit: 7)
                let leaf = tile.level == 0 ? Int(tile.index) * 256 + place : place * 256
                guard case .failure = read(files, tree, size, leaf: leaf) else {
                    Issue.record("\(tile) with hash \(place) forged was believed")
                    continue
                }
            }
        }
    }

    @Test("A whole tree forged upwards from one entry ends at the root, which it has not", arguments: sizes)
    func forgedUpwards(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        for changed in [0, 255, 256, 511, size - 1] {
            var entries = tree.entries
            entries[changed] = [0xde, 0xad]
            let forger = ReferenceTree(entries)
            let forged = forger.files(size)
            // All tiles forged, or only those up to some level.
            for top in 0...1 {
                var files = honest
                for tile in forged.hashTiles where tile.level <= top { files[tile] = forged[tile] }
                for leaf in [0, 255, 256, changed, size - 1] {
                    if case .success(let hash) = read(files, tree, size, leaf: leaf) {
                        #expect(hash == tree.hash(leaf..<leaf + 1), "\(changed) up to level \(top)")
                        #expect(leaf != changed)
                    }
                }
            }
            let whole = read(forged, tree, size, leaf: changed)
            #expect(whole == .failure(.rightEdgeNotAuthentic(Tile.rightEdge(size: UInt64(size)))))
        }
    }

    @Test("In a tree of three levels, a middle tile forged together with the one below it is refused")
    func middleTile() throws {
        let size = 66_000
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        var entries = tree.entries
        entries[300] = [0xde, 0xad]
        let forged = ReferenceTree(entries).files(size)
        let low = Tile(.hashes(level: 0), index: 1)
        let middle = Tile(.hashes(level: 1), index: 0)
        let top = Tile(.hashes(level: 2), index: 0, width: 1)
        let edge = Tile.rightEdge(size: UInt64(size))
        var files = honest.replacing(low, with: forged[low])
        #expect(read(files, tree, size, leaf: 300) == .failure(.notAuthentic(low)))
        #expect(read(files, tree, size, leaf: 600) == .success(tree.hash(600..<601)))
        files[middle] = forged[middle]
        #expect(read(files, tree, size, leaf: 300) == .failure(.notAuthentic(middle)))
        #expect(read(files, tree, size, leaf: 600) == .failure(.notAuthentic(middle)))
        files[top] = forged[top]
        #expect(read(files, tree, size, leaf: 300) == .failure(.rightEdgeNotAuthentic(edge)))
        files = honest.replacing(middle, with: forged[middle])
        #expect(read(files, tree, size, leaf: 0) == .failure(.notAuthentic(middle)))
        #expect(read(files, tree, size, leaf: size - 1) == .success(tree.hash(size - 1..<size)))
    }

    @Test("A reader that has read much still refuses a forged tile", arguments: sizes)
    func warmReader(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let forged = Tile(.hashes(level: 0), index: 0)
        let files = tree.files(size).flipping(forged, byte: 77)
        var reader = try TileReader(source: files, size: UInt64(size), root: tree.root(size))
        for leaf in (0..<size).reversed() {
            do throws(Fault) {
                let hash = try reader.hash(level: 0, index: UInt64(leaf))
                #expect(leaf >= 256 && hash == tree.hash(leaf..<leaf + 1), "leaf \(leaf)")
            } catch {
                #expect(leaf < 256 && error == .notAuthentic(forged), "leaf \(leaf)")
            }
        }
    }

    @Test("A tile of another length than its name says, or none at all, is refused", arguments: sizes)
    func wrongLength(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        for tile in honest.hashTiles {
            let bytes = try #require(honest[tile])
            let leaf = Int(tile.index) * 256
            let wrong =
                [[], bytes.dropLast(), bytes.dropLast(32), bytes + [0], bytes + bytes.prefix(32)] as [[UInt8]]
            for bytes in wrong {
                let files = honest.replacing(tile, with: bytes)
                #expect(
                    read(files, tree, size, leaf: leaf) == .failure(.malformed(tile)),
                    "\(tile), \(bytes.count)")
            }
            let files = honest.replacing(tile, with: nil)
            #expect(read(files, tree, size, leaf: leaf) == .failure(.missing(tile)))
        }
    }

    @Test("The files of a tree do not pass for those of another size or root", arguments: sizes)
    func wrongHead(size: Int) throws {
        let tree = ReferenceTree(size: size + 300)
        let files = tree.files(size)
        for other in [0, 1, size - 1, size + 1, size + 256, size + 300] {
            #expect(throws: Fault.self) {
                try TileReader(source: files, size: UInt64(other), root: tree.root(size))
            }
            #expect(throws: Fault.self) {
                try TileReader(source: files, size: UInt64(size), root: tree.root(other))
            }
        }
        for huge in [UInt64(1) << 32, 1 << 63, .max] {
            #expect(throws: Fault.self) { try TileReader(source: files, size: huge, root: tree.root(size)) }
        }
    }
}

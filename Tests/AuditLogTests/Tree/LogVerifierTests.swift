import AuditLog
import Testing

@Suite("Verifying a whole log")
struct LogVerifierTests {
    typealias Fault = LogFault<MemoryTiles.Unreachable>

    static let sizes = [1, 2, 255, 256, 257, 511, 512, 517, 600, 1000]

    /// The entries of a log that verifies.
    private func verify(
        _ files: MemoryTiles, _ size: Int, _ root: TreeHash, after range: CompactRange = CompactRange()
    ) throws(Fault) -> (entries: [[UInt8]], range: CompactRange) {
        var verifier = try LogVerifier(source: files, size: UInt64(size), root: root, after: range)
        var entries: [[UInt8]] = []
        while let bundle = try verifier.next() { entries += bundle }
        return (entries, verifier.range)
    }

    /// What is wrong with a log; `nil` when it verifies.
    private func fault(_ files: MemoryTiles, _ size: Int, _ root: TreeHash) -> Fault? {
        do throws(Fault) {
            _ = try verify(files, size, root)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A good log verifies, and gives out its entries in order", arguments: [0] + sizes + [65_536, 66_000])
    func goodLog(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let answer = try verify(tree.files(size), size, tree.root(size))
        #expect(answer.entries == tree.entries)
        #expect(answer.range.root == tree.root(size))
    }

    @Test("A log that has grown since its checkpoint verifies up to it", arguments: sizes)
    func grownLog(size: Int) throws {
        let tree = ReferenceTree(size: 1024)
        var files = tree.files(1024)
        for tile in Tile.rightEdge(size: UInt64(size)) where tile.level > 0 {
            files[tile] = tree.files(size)[tile]
        }
        #expect(try verify(files, size, tree.root(size)).entries == Array(tree.entries[..<size]))
    }

    @Test("A tile of hashes that is damaged is named, wherever in it and whichever it is", arguments: sizes)
    func damagedTiles(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        for tile in honest.hashTiles {
            for byte in [0, tile.width * 16, tile.width * 32 - 1] {
                let files = honest.flipping(tile, byte: byte)
                #expect(
                    fault(files, size, tree.root(size)) == .tile(.notAuthentic(tile)), "\(tile) at \(byte)")
            }
        }
    }

    @Test("An entry that is not the tree's is named by its number", arguments: sizes)
    func wrongEntry(size: Int) throws {
        let tree = ReferenceTree(size: size)
        for changed in Set([0, 1, 100, 254, 255, 256, 300, 511, 512, size - 1]) where changed < size {
            var entries = tree.entries
            entries[changed] = Array("another one".utf8)
            let forged = ReferenceTree(entries).files(size)
            var files = tree.files(size)
            for tile in forged.files.keys where tile.kind == .entries { files[tile] = forged[tile] }
            #expect(fault(files, size, tree.root(size)) == .entry(UInt64(changed)))
        }
    }

    @Test("Of two entries that changed places, the first is named")
    func swappedEntries() throws {
        let tree = ReferenceTree(size: 600)
        var entries = tree.entries
        entries.swapAt(40, 200)
        let bundle = Tile(.entries, index: 0)
        let files = tree.files(600).replacing(bundle, with: ReferenceTree(entries).files(600)[bundle])
        #expect(fault(files, 600, tree.root(600)) == .entry(40))
    }

    @Test("A file that is missing, cut short or too long is named", arguments: sizes)
    func malformed(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        for (tile, bytes) in honest.files {
            let root = tree.root(size)
            #expect(fault(honest.replacing(tile, with: nil), size, root) == .tile(.missing(tile)))
            for wrong in [bytes.dropLast(), bytes + [0]] as [[UInt8]] {
                #expect(fault(honest.replacing(tile, with: wrong), size, root) == .tile(.malformed(tile)))
            }
            var unreachable = honest
            unreachable.unreachable = tile
            #expect(fault(unreachable, size, root) == .tile(.source(MemoryTiles.Unreachable())))
        }
    }

    @Test("Entries and their tile forged together are named as a bundle, as soon as it is read")
    func forgedTogether() throws {
        let tree = ReferenceTree(size: 1000)
        var entries = tree.entries
        entries[300] = [1]
        let forged = ReferenceTree(entries).files(1000)
        let bundle = Tile(.entries, index: 1)
        let tile = Tile(.hashes(level: 0), index: 1)
        let files = tree.files(1000).replacing(bundle, with: forged[bundle]).replacing(
            tile, with: forged[tile])
        var verifier = try LogVerifier(source: files, size: 1000, root: tree.root(1000))
        #expect(try verifier.next()?.count == 256)
        for _ in 0..<2 { #expect(throws: Fault.bundle(bundle)) { try verifier.next() } }
        #expect(verifier.range.size == 256)
    }

    @Test("Where partial tiles are damaged as well, what can be told is told")
    func damagedEdge() throws {
        let tree = ReferenceTree(size: 1000)
        let honest = tree.files(1000)
        let root = tree.root(1000)
        var entries = tree.entries
        entries[300] = [1]
        let forger = ReferenceTree(entries)
        let forged = forger.files(1000)
        let bundle = Tile(.entries, index: 1)
        let edge = Tile(.hashes(level: 1), index: 0, width: 3)
        // The partial tile alone, together with a full tile, together with a bundle.
        let damaged = honest.flipping(edge, byte: 5)
        #expect(fault(damaged, 1000, root) == .tile(.notAuthentic(edge)))
        #expect(
            fault(damaged.flipping(Tile(.hashes(level: 0), index: 0), byte: 0), 1000, root)
                == .tile(.notAuthentic(edge)))
        #expect(
            fault(damaged.replacing(bundle, with: forged[bundle]), 1000, root) == .entryOrTile(entry: 300))
        // A log that is consistent in itself, but not the one that was signed.
        #expect(
            fault(forged, 1000, root) == .root(rebuilt: forger.root(1000), edge: Tile.rightEdge(size: 1000)))
        #expect(
            fault(honest, 1000, forger.root(1000)) == .root(rebuilt: root, edge: Tile.rightEdge(size: 1000)))
        #expect(fault(MemoryTiles(), 0, root) == .root(rebuilt: .empty, edge: []))
    }

    @Test("After a verified tree only what was added is read", arguments: [0, 1, 255, 256, 300, 600, 1000])
    func continuing(first: Int) throws {
        let tree = ReferenceTree(size: 1000)
        let verified = try verify(tree.files(first), first, tree.root(first)).range
        var files = tree.files(1000)
        for index in 0..<UInt64(first / 256) { files[Tile(.entries, index: index)] = nil }
        let answer = try verify(files, 1000, tree.root(1000), after: verified)
        #expect(answer.entries == Array(tree.entries[first...]))
        #expect(answer.range.root == tree.root(1000))
    }

    @Test(
        "A log that rewrote what was verified, or lost it, has forked",
        arguments: [1, 255, 256, 300, 600, 1000])
    func forked(first: Int) throws {
        let honest = ReferenceTree(size: first)
        let verified = try verify(honest.files(first), first, honest.root(first)).range
        for changed in Set([0, first / 2, first - 1]) {
            var entries = sampleEntries(1000)
            entries[changed] = [1]
            let forked = ReferenceTree(entries)
            #expect(throws: Fault.fork(verified: UInt64(first))) {
                try verify(forked.files(1000), 1000, forked.root(1000), after: verified)
            }
        }
        #expect(throws: Fault.fork(verified: UInt64(first))) {
            try verify(honest.files(first - 1), first - 1, honest.root(first - 1), after: verified)
        }
    }

    @Test("A tile forged in a log of three levels is named, and so is an entry", arguments: [65_536, 66_000])
    func threeLevels(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let honest = tree.files(size)
        for tile in honest.hashTiles where tile.level > 0 || tile.index % 50 == 0 {
            let files = honest.flipping(tile, byte: tile.width * 32 - 1)
            #expect(fault(files, size, tree.root(size)) == .tile(.notAuthentic(tile)), "\(tile)")
        }
        let files = honest.flipping(Tile(.entries, index: 200), byte: 2)
        #expect(fault(files, size, tree.root(size)) == .entry(51_200))
    }
}

import AuditLog

/// Bundles of entries. The first byte of an input is one less than how many there should be.
enum EntryBundleFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        let events = try Fixtures.events()
        let bundles: [[[UInt8]]] = [
            [[]], [[7, 8], [], [9]], Array(events.prefix(2)), HonestLog.shared.entries.dropLast(5),
        ]
        return try bundles.map { [UInt8($0.count - 1)] + (try EntryBundle($0).bytes) }
    }

    static func check(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        guard let bundle = try? EntryBundle(bytes: bytes, count: Int(first) + 1) else { return }
        expect(bundle.bytes == bytes, "a bundle is written as it was read")
        expect((try? EntryBundle(bundle.entries)) == bundle, "its entries make the bundle")
    }
}

/// The names of tiles.
enum TilePathFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        [
            Tile(.entries, index: 0), Tile(.entries, index: 1_234_067, width: 17),
            Tile(.hashes(level: 0), index: .max), Tile(.hashes(level: 63), index: 999, width: 255),
        ].map { Array($0.path.utf8) }
    }

    static func check(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self), let tile = Tile(path: text) else { return }
        expect(tile.path.utf8.elementsEqual(input), "a path is printed as it was read")
        expect(!tile.isPart(ofTreeOf: 0), "a tree without leaves has no tiles")
        expect(tile.full.isPartial == false, "a full tile is full")
    }
}

/// The files of a published log that lies: whatever they hold, only the tree that the root names is believed.
///
/// An input is the five files of ``HonestLog``, framed as an entry bundle is; an empty file is a missing one.
enum TilesFuzzer: ParserFuzzer {
    private static let log = HonestLog.shared
    private static let head = log.head(HonestLog.size)
    private static let files = Array(Tile.all(size: HonestLog.size))

    private struct Files: TileSource {
        let bytes: [[UInt8]]

        func bytes(of tile: Tile) throws(Never) -> [UInt8]? {
            guard let place = TilesFuzzer.files.firstIndex(of: tile), !bytes[place].isEmpty else {
                return nil
            }
            return bytes[place]
        }
    }

    static func seeds() throws -> [[UInt8]] {
        let files = try files.map { tile in
            switch tile.kind {
            case .entries:
                let start = Int(tile.index) * 256
                return try EntryBundle(Array(log.entries[start..<start + tile.width])).bytes
            case .hashes(let level):
                let start = tile.index * 256
                return (start..<start + UInt64(tile.width))
                    .map { log.hash(level: level * 8, index: $0) }.concatenation
            }
        }
        return try [EntryBundle(files).bytes]
    }

    static func check(_ input: [UInt8]) {
        if let hashes = [TreeHash](concatenation: input) {
            expect(hashes.concatenation == input, "hashes are written as they were read")
        }
        guard let bundle = try? EntryBundle(bytes: input, count: files.count) else { return }
        let source = Files(bytes: bundle.entries)
        checkReader(source)
        checkVerifier(source)
    }

    private static func checkReader(_ source: Files) {
        guard var reader = try? TileReader(source: source, size: head.size, root: head.root) else { return }
        for (level, index) in [(0, 0), (0, 255), (3, 31), (8, 0), (0, 256), (2, 64)] as [(Int, UInt64)] {
            guard let hash = try? reader.hash(level: level, index: index) else { continue }
            expect(hash == log.hash(level: level, index: index), "a hash that is not the tree's")
        }
    }

    private static func checkVerifier(_ source: Files) {
        guard var verifier = try? LogVerifier(source: source, size: head.size, root: head.root) else {
            return
        }
        var entries: [[UInt8]] = []
        do {
            while let more = try verifier.next() { entries += more }
        } catch {
            return
        }
        expect(entries == log.entries, "entries that are not the log's")
    }
}

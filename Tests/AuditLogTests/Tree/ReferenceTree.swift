import AuditLog

/// The tree of RFC 6962 §2.1 as its definitions have it, recursive and slow, to hold the module to.
///
/// It remembers the hashes of ranges, which is all that it does beyond the definitions.
final class ReferenceTree: TreeHashReader {
    let entries: [[UInt8]]
    private var known: [Range<Int>: TreeHash] = [:]

    init(_ entries: [[UInt8]]) { self.entries = entries }

    /// A tree of entries that all differ, the first one empty.
    convenience init(size: Int, seed: Int = 0) {
        self.init(sampleEntries(size, seed: seed))
    }

    /// MTH(D[n]) of §2.1 over some of the entries.
    func hash(_ range: Range<Int>) -> TreeHash {
        if let hash = known[range] { return hash }
        let hash: TreeHash
        switch range.count {
        case 0: hash = .empty
        case 1: hash = .leaf(entries[range.lowerBound])
        default:
            let middle = range.lowerBound + split(range.count)
            hash = .node(self.hash(range.lowerBound..<middle), self.hash(middle..<range.upperBound))
        }
        known[range] = hash
        return hash
    }

    func root(_ size: Int) -> TreeHash { hash(0..<size) }

    /// PATH(m, D[n]) of §2.1.1.
    func path(_ index: Int, in range: Range<Int>) -> [TreeHash] {
        guard range.count > 1 else { return [] }
        let middle = range.lowerBound + split(range.count)
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return index < middle
            ? path(index, in: left) + [hash(right)] : path(index, in: right) + [hash(left)]
    }

    /// PROOF(m, D[n]) of §2.1.2.
    func proof(_ first: Int, _ second: Int) -> [TreeHash] { subproof(first, in: 0..<second, isKnown: true) }

    /// SUBPROOF(m, D[n], b) of §2.1.2, `end` being counted from the first entry of all.
    private func subproof(_ end: Int, in range: Range<Int>, isKnown: Bool) -> [TreeHash] {
        if end == range.upperBound { return isKnown ? [] : [hash(range)] }
        let middle = range.lowerBound + split(range.count)
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return end <= middle
            ? subproof(end, in: left, isKnown: isKnown) + [hash(right)]
            : subproof(end, in: right, isKnown: false) + [hash(left)]
    }

    /// The largest power of two below `count`.
    private func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }

    func hash(level: Int, index: UInt64) throws(Never) -> TreeHash {
        let start = Int(index) << level
        return hash(start..<start + 1 << level)
    }

    /// The module's own proof, made from this tree's hashes.
    func inclusion(_ index: UInt64, _ size: UInt64) -> InclusionProof? {
        var reader = self
        return reader.inclusionProof(index: index, size: size)
    }

    /// The module's own proof, made from this tree's hashes.
    func consistency(_ first: UInt64, _ second: UInt64) -> ConsistencyProof? {
        var reader = self
        return reader.consistencyProof(first: first, second: second)
    }

    /// The files of the first `size` entries, by the definition in C2SP tlog-tiles.
    func files(_ size: Int) -> MemoryTiles {
        var files = MemoryTiles()
        for level in 0..<8 where size >> (8 * level) > 0 {
            let span = 1 << (8 * level)
            let hashes = (0..<size / span).map { hash($0 * span..<($0 + 1) * span) }
            for start in stride(from: 0, to: hashes.count, by: 256) {
                let width = min(256, hashes.count - start)
                let tile = Tile(.hashes(level: level), index: UInt64(start / 256), width: width)
                files[tile] = hashes[start..<start + width].flatMap(\.bytes)
            }
        }
        for start in stride(from: 0, to: size, by: 256) {
            let width = min(256, size - start)
            files[Tile(.entries, index: UInt64(start / 256), width: width)] =
                entries[start..<start + width].flatMap { entry in
                    [UInt8(entry.count / 256), UInt8(entry.count % 256)] + entry
                }
        }
        return files
    }
}

/// Entries that all differ, the first one empty unless there is a seed.
func sampleEntries(_ count: Int, seed: Int = 0) -> [[UInt8]] {
    (0..<count).map { $0 == 0 && seed == 0 ? [] : Array("entry \($0) of \(seed)".utf8) }
}

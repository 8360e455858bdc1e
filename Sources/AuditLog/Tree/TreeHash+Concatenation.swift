extension [TreeHash] {
    /// Reads hashes that stand one after another, as in tiles and stored frontiers; `nil` unless the number of
    /// bytes is a multiple of 32.
    package init?(concatenation bytes: [UInt8]) {
        guard bytes.count.isMultiple(of: TreeHash.length) else { return nil }
        self = []
        reserveCapacity(bytes.count / TreeHash.length)
        for start in stride(from: 0, to: bytes.count, by: TreeHash.length) {
            guard let hash = TreeHash(bytes[start..<start + TreeHash.length]) else { return nil }
            append(hash)
        }
    }

    /// The hashes one after another, 32 bytes each.
    package var concatenation: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * TreeHash.length)
        for hash in self { bytes.append(contentsOf: hash.bytes) }
        return bytes
    }
}

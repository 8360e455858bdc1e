/// The file of up to 256 log entries: each behind its length in two bytes, big-endian (C2SP tlog-tiles).
///
/// Reading is strict: the same entries have one encoding, and no other bytes are read.
package struct EntryBundle: Equatable, Sendable {
    /// The longest entry, in bytes.
    package static let maximumEntryLength = 65_535

    /// The entries in order, 1 to 256.
    package let entries: [[UInt8]]

    /// Takes entries to write them; fails unless they are 1 to 256 and none is too long.
    package init(_ entries: [[UInt8]]) throws(EntryBundleError) {
        guard (1...Tile.fullWidth).contains(entries.count) else { throw .wrongCount }
        for (place, entry) in entries.enumerated() where entry.count > EntryBundle.maximumEntryLength {
            throw .entryTooLong(entry: place)
        }
        self.entries = entries
    }

    /// Reads a file that must hold exactly `count` entries, the width of its tile, and nothing after them.
    package init(bytes: [UInt8], count: Int) throws(EntryBundleError) {
        guard (1...Tile.fullWidth).contains(count) else { throw .wrongCount }
        var entries: [[UInt8]] = []
        entries.reserveCapacity(count)
        var offset = 0
        for place in 0..<count {
            guard bytes.count - offset >= 2 else { throw .truncated(entry: place) }
            let length = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
            offset += 2
            guard bytes.count - offset >= length else { throw .truncated(entry: place) }
            entries.append(Array(bytes[offset..<offset + length]))
            offset += length
        }
        guard offset == bytes.count else { throw .trailingBytes(offset: offset) }
        self.entries = entries
    }

    /// The file's bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
        for entry in entries { EntryBundle.append(entry, to: &bytes) }
        return bytes
    }

    /// Adds an entry, not longer than it may be, to the bytes of a bundle.
    static func append(_ entry: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: entry.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: entry.count))
        bytes.append(contentsOf: entry)
    }
}

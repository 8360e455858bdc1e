/// Writes deterministic CBOR (RFC 8949 §4.2): shortest forms and definite lengths only.
///
/// Map keys are written in the order they are given; whoever writes a map gives them ascending.
@usableFromInline package struct CBOREncoder: Sendable {
    /// What has been written so far.
    @usableFromInline package internal(set) var bytes: [UInt8]

    @inlinable package init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Starts over and keeps the memory, for callers that encode many items.
    @inlinable package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Appends an unsigned integer (major type 0).
    @inlinable package mutating func write(unsigned value: UInt64) {
        writeHead(major: 0, value)
    }

    /// Appends an integer (major type 0 or 1).
    @inlinable package mutating func write(integer value: Int64) {
        if value >= 0 {
            writeHead(major: 0, UInt64(value))
        } else {
            writeHead(major: 1, UInt64(bitPattern: ~value))
        }
    }

    /// Appends a byte string (major type 2).
    @inlinable package mutating func write(bytes value: some Collection<UInt8>) {
        writeHead(major: 2, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// Appends a text string (major type 3).
    @inlinable package mutating func write(text value: String) {
        var value = value
        value.withUTF8 { utf8 in
            writeHead(major: 3, UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    /// Appends `true` or `false` (major type 7).
    @inlinable package mutating func write(bool value: Bool) {
        bytes.append(value ? 0xf5 : 0xf4)
    }

    /// Opens an array; the caller writes exactly `count` items after it.
    @inlinable package mutating func beginArray(count: Int) {
        writeHead(major: 4, UInt64(count))
    }

    /// Opens a map; the caller writes exactly `count` keys and values after it, keys ascending.
    @inlinable package mutating func beginMap(count: Int) {
        writeHead(major: 5, UInt64(count))
    }

    /// Opens a map whose number of entries is known only at its end.
    ///
    /// - Returns: the place to hand to ``endMap(at:count:)``.
    @inlinable package mutating func beginMap() -> Int {
        bytes.append(0xa0)
        return bytes.count - 1
    }

    /// Closes a map opened by ``beginMap()``, of at most 255 entries.
    @inlinable package mutating func endMap(at place: Int, count: Int) {
        precondition(count <= 255, "a map of fields holds at most 255 entries")
        if count < 24 {
            bytes[place] = 0xa0 | UInt8(count)
        } else {
            bytes[place] = 0xb8
            bytes.insert(UInt8(count), at: place + 1)
        }
    }

    @inlinable mutating func writeHead(major: UInt8, _ value: UInt64) {
        let type = major << 5
        switch value {
        case 0..<24:
            bytes.append(type | UInt8(truncatingIfNeeded: value))
        case 24...0xff:
            bytes.append(type | 24)
            bytes.append(UInt8(truncatingIfNeeded: value))
        case 0x100...0xffff:
            bytes.append(type | 25)
            appendBigEndian(UInt16(truncatingIfNeeded: value))
        case 0x1_0000...0xffff_ffff:
            bytes.append(type | 26)
            appendBigEndian(UInt32(truncatingIfNeeded: value))
        default:
            bytes.append(type | 27)
            appendBigEndian(value)
        }
    }

    @inlinable mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

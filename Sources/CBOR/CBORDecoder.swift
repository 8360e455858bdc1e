/// Reads deterministic CBOR strictly (RFC 8949 §4.2): anything that would encode differently is refused.
@usableFromInline package struct CBORDecoder: Sendable {
    /// Items may nest this deep; deeper input is refused before it can exhaust the stack.
    @usableFromInline package static let maximumDepth = 16

    @usableFromInline let bytes: [UInt8]
    @usableFromInline var offset: Int
    @usableFromInline var depth = 0

    @inlinable package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
    }

    /// Whether all bytes have been read.
    @inlinable package var isAtEnd: Bool { offset == bytes.count }

    /// Refuses bytes after the last item.
    @inlinable package func finish() throws(CBORError) {
        guard isAtEnd else { throw .trailingBytes(offset: offset) }
    }

    /// Reads an unsigned integer.
    @inlinable package mutating func readUnsigned() throws(CBORError) -> UInt64 {
        try readHead(major: 0)
    }

    /// Reads an integer of either sign that fits `Int64`.
    @inlinable package mutating func readInteger() throws(CBORError) -> Int64 {
        let start = offset
        let (major, value) = try readHead()
        guard major <= 1 else { throw .typeMismatch(offset: start) }
        guard value <= UInt64(Int64.max) else { throw .outOfRange(offset: start) }
        return major == 0 ? Int64(value) : ~Int64(value)
    }

    /// Reads an integer that fits `type`.
    @inlinable package mutating func readInteger<T: FixedWidthInteger>(as type: T.Type) throws(CBORError) -> T
    {
        let start = offset
        if T.isSigned {
            guard let value = T(exactly: try readInteger()) else { throw .outOfRange(offset: start) }
            return value
        }
        guard let value = T(exactly: try readUnsigned()) else { throw .outOfRange(offset: start) }
        return value
    }

    /// Reads a byte string.
    @inlinable package mutating func readBytes() throws(CBORError) -> [UInt8] {
        let count = try readCount(major: 2)
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// Reads a text string.
    @inlinable package mutating func readText() throws(CBORError) -> String {
        let start = offset
        let count = try readCount(major: 3)
        defer { offset += count }
        let text = bytes.withUnsafeBufferPointer { buffer in
            String(validating: UnsafeBufferPointer(rebasing: buffer[offset..<offset + count]), as: UTF8.self)
        }
        guard let text else { throw .invalidUTF8(offset: start) }
        return text
    }

    /// Reads `true` or `false`.
    @inlinable package mutating func readBool() throws(CBORError) -> Bool {
        guard offset < bytes.count else { throw .truncated(offset: offset) }
        defer { offset += 1 }
        switch bytes[offset] {
        case 0xf4: return false
        case 0xf5: return true
        default: throw .typeMismatch(offset: offset)
        }
    }

    /// Enters an array and returns its number of items; pair with ``leave()``.
    @inlinable package mutating func enterArray() throws(CBORError) -> Int {
        try enter(major: 4)
    }

    /// Enters a map and returns its number of entries; pair with ``leave()``.
    @inlinable package mutating func enterMap() throws(CBORError) -> Int {
        try enter(major: 5)
    }

    /// Leaves the array or map entered last.
    @inlinable package mutating func leave() {
        depth -= 1
    }

    /// The map key below 256 that comes next, without reading it; `nil` where something else or nothing comes.
    @inlinable package func peekKey() -> UInt64? {
        guard offset < bytes.count else { return nil }
        let initial = bytes[offset]
        if initial < 24 { return UInt64(initial) }
        guard initial == 24, offset + 1 < bytes.count else { return nil }
        return UInt64(bytes[offset + 1])
    }

    /// The error for a key that does not belong at this place.
    @inlinable package var unexpectedKey: CBORError { .unexpectedKey(offset: offset) }

    @inlinable mutating func enter(major: UInt8) throws(CBORError) -> Int {
        let start = offset
        let count = try readHead(major: major)
        // Every item takes at least a byte, so a larger count cannot be true.
        guard count <= UInt64(bytes.count - offset) else { throw .truncated(offset: start) }
        depth += 1
        guard depth <= Self.maximumDepth else { throw .tooDeep(offset: start) }
        return Int(count)
    }

    @inlinable mutating func readCount(major: UInt8) throws(CBORError) -> Int {
        let count = try readHead(major: major)
        guard count <= UInt64(bytes.count - offset) else { throw .truncated(offset: offset) }
        return Int(count)
    }

    @inlinable mutating func readHead(major: UInt8) throws(CBORError) -> UInt64 {
        let start = offset
        let (actual, value) = try readHead()
        guard actual == major else { throw .typeMismatch(offset: start) }
        return value
    }

    @inlinable mutating func readHead() throws(CBORError) -> (major: UInt8, value: UInt64) {
        let start = offset
        guard offset < bytes.count else { throw .truncated(offset: offset) }
        let initial = bytes[offset]
        offset += 1
        let major = initial >> 5
        guard major <= 5 else { throw .unsupported(offset: start) }
        let low = initial & 0x1f
        guard low >= 24 else { return (major, UInt64(low)) }
        guard low <= 27 else { throw .unsupported(offset: start) }
        let width = 1 << Int(low - 24)
        guard bytes.count - offset >= width else { throw .truncated(offset: start) }
        var value: UInt64 = 0
        for index in offset..<offset + width {
            value = value << 8 | UInt64(bytes[index])
        }
        offset += width
        let least: [UInt64] = [24, 0x100, 0x1_0000, 0x1_0000_0000]
        guard value >= least[Int(low - 24)] else { throw .notShortest(offset: start) }
        return (major, value)
    }
}

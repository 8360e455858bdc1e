package import CBOR

extension CBORDecoder {
    /// Enters a map that has exactly so many entries; pair with `leave()`.
    package mutating func enterMap(of count: Int) throws(CBORError) {
        let error = unexpectedKey
        guard try enterMap() == count else { throw error }
    }

    /// Enters an array that has exactly so many items; pair with `leave()`.
    package mutating func enterArray(of count: Int) throws(CBORError) {
        let error = unexpectedKey
        guard try enterArray() == count else { throw error }
    }

    /// Reads the label of the next claim, which must be this one.
    package mutating func read(label: Int64) throws(CBORError) {
        let error = unexpectedKey
        guard try readInteger() == label else { throw error }
    }

    /// Reads a byte string of exactly eight bytes, big-endian.
    mutating func readEightBytes() throws(CBORError) -> UInt64 {
        let place = place
        guard let value = UInt64(bigEndianBytes: try readBytes()) else { throw .outOfRange(offset: place) }
        return value
    }

    /// Reads a time in whole seconds since 1970, below 2⁴⁰, so that adding to it never overflows.
    package mutating func readSeconds() throws(CBORError) -> Int64 {
        let place = place
        let seconds = try readUnsigned()
        guard seconds < 1 << 40 else { throw .outOfRange(offset: place) }
        return Int64(seconds)
    }

    /// The byte that comes next, for errors.
    package var place: Int {
        guard case .unexpectedKey(let offset) = unexpectedKey else { return 0 }
        return offset
    }
}

extension FixedWidthInteger {
    /// The bytes, the most significant first.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

    /// Reads exactly as many bytes as the type has, the most significant first; `nil` for any other number.
    init?(bigEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count == Self.bitWidth / 8 else { return nil }
        self = bytes.reduce(0) { $0 << 8 | Self($1) }
    }
}

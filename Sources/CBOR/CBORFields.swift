/// One description of a map's fields that serves for writing and for reading, so the two cannot differ.
///
/// A type lists its fields once, by ascending key, in ``CBORFields/visit(_:)``.
@usableFromInline package protocol CBORFieldCoder {
    /// A field that is always there.
    mutating func field<T: CBORCodable>(_ key: UInt64, _ value: inout T) throws(CBORError)
    /// A field that is left out when it is `nil`.
    mutating func field<T: CBORCodable>(_ key: UInt64, _ value: inout T?) throws(CBORError)
}

/// A value that is written as a map with small integer keys.
@usableFromInline package protocol CBORFields: CBORCodable {
    /// A blank for the decoder to fill.
    init()
    /// Names every field to `coder`, keys ascending.
    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError)
}

/// Writes the fields it is shown.
@usableFromInline package struct CBORFieldEncoder: CBORFieldCoder {
    @usableFromInline package var encoder: CBOREncoder
    @usableFromInline package internal(set) var count = 0

    @inlinable package init(_ encoder: consuming CBOREncoder) {
        self.encoder = encoder
    }

    @inlinable package mutating func field<T: CBORCodable>(_ key: UInt64, _ value: inout T) throws(CBORError)
    {
        encoder.write(unsigned: key)
        value.encode(to: &encoder)
        count += 1
    }

    @inlinable package mutating func field<T: CBORCodable>(_ key: UInt64, _ value: inout T?) throws(CBORError)
    {
        if var present = value { try field(key, &present) }
    }
}

/// Fills the fields it is shown; a key that is not the next one asked for is refused.
@usableFromInline package struct CBORFieldDecoder: CBORFieldCoder {
    @usableFromInline package var decoder: CBORDecoder
    @usableFromInline var remaining: Int

    @inlinable package init(_ decoder: consuming CBORDecoder) throws(CBORError) {
        var decoder = decoder
        remaining = try decoder.enterMap()
        self.decoder = decoder
    }

    @inlinable package mutating func field<T: CBORCodable>(_ key: UInt64, _ value: inout T) throws(CBORError)
    {
        guard remaining > 0, decoder.peekKey() == key else { throw decoder.unexpectedKey }
        _ = try decoder.readUnsigned()
        value = try T(from: &decoder)
        remaining -= 1
    }

    @inlinable package mutating func field<T: CBORCodable>(_ key: UInt64, _ value: inout T?) throws(CBORError)
    {
        guard remaining > 0, decoder.peekKey() == key else {
            value = nil
            return
        }
        _ = try decoder.readUnsigned()
        value = try T(from: &decoder)
        remaining -= 1
    }

    /// Ends the map; a field nobody asked for is refused.
    @inlinable package mutating func finish() throws(CBORError) {
        guard remaining == 0 else { throw decoder.unexpectedKey }
        decoder.leave()
    }
}

extension CBORFields {
    @inlinable package func encode(to encoder: inout CBOREncoder) {
        let place = encoder.beginMap()
        var copy = self
        // The buffer moves into the coder and back; a shared buffer would be copied at the next write.
        let buffer = encoder
        encoder = CBOREncoder(capacity: 0)
        var coder = CBORFieldEncoder(buffer)
        // Writing never throws: only a decoder finds fault with what it is given.
        try? copy.visit(&coder)
        encoder = coder.encoder
        encoder.endMap(at: place, count: coder.count)
    }

    @inlinable package init(from decoder: inout CBORDecoder) throws(CBORError) {
        self.init()
        var coder = try CBORFieldDecoder(decoder)
        try visit(&coder)
        try coder.finish()
        decoder = coder.decoder
    }
}

extension CBORFields {
    /// A value with the fields that `fill` sets; the others stay blank.
    @inlinable package static func with(_ fill: (inout Self) throws -> Void) rethrows -> Self {
        var value = Self()
        try fill(&value)
        return value
    }
}

/// Nothing to say: an operation whose acceptance adds no field.
@usableFromInline package struct NoFields: CBORFields, Equatable, Sendable {
    @inlinable package init() {}
    @inlinable package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {}
}

/// A value with exactly one CBOR encoding.
@usableFromInline package protocol CBORCodable {
    /// Appends the value to `encoder`.
    func encode(to encoder: inout CBOREncoder)
    /// Reads a value, refusing any encoding that ``encode(to:)`` would not have written.
    init(from decoder: inout CBORDecoder) throws(CBORError)
}

extension CBORCodable {
    /// The value's encoding.
    @inlinable package var cborBytes: [UInt8] {
        var encoder = CBOREncoder()
        encode(to: &encoder)
        return encoder.bytes
    }

    /// The value that `bytes` encode, all of them.
    @inlinable package init(cborBytes bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try self.init(from: &decoder)
        try decoder.finish()
    }
}

extension CBORCodable where Self: FixedWidthInteger {
    @inlinable package func encode(to encoder: inout CBOREncoder) {
        if Self.isSigned {
            encoder.write(integer: Int64(self))
        } else {
            encoder.write(unsigned: UInt64(self))
        }
    }

    @inlinable package init(from decoder: inout CBORDecoder) throws(CBORError) {
        self = try decoder.readInteger(as: Self.self)
    }
}

extension Int64: CBORCodable {}
extension Int32: CBORCodable {}
extension UInt64: CBORCodable {}
extension UInt32: CBORCodable {}
extension UInt16: CBORCodable {}
extension UInt8: CBORCodable {}

extension Bool: CBORCodable {
    @inlinable package func encode(to encoder: inout CBOREncoder) { encoder.write(bool: self) }
    @inlinable package init(from decoder: inout CBORDecoder) throws(CBORError) {
        self = try decoder.readBool()
    }
}

extension String: CBORCodable {
    @inlinable package func encode(to encoder: inout CBOREncoder) { encoder.write(text: self) }
    @inlinable package init(from decoder: inout CBORDecoder) throws(CBORError) {
        self = try decoder.readText()
    }
}

extension Array: CBORCodable where Element: CBORCodable {
    @inlinable package func encode(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: count)
        for element in self { element.encode(to: &encoder) }
    }

    @inlinable package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let count = try decoder.enterArray()
        self = []
        reserveCapacity(count)
        for _ in 0..<count { append(try Element(from: &decoder)) }
        decoder.leave()
    }
}

/// An enumeration with raw values is written as its raw value; a raw value it does not know is refused.
extension CBORCodable where Self: RawRepresentable, RawValue: CBORCodable {
    @inlinable package func encode(to encoder: inout CBOREncoder) { rawValue.encode(to: &encoder) }

    @inlinable package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let mismatch = decoder.unexpectedKey
        let raw = try RawValue(from: &decoder)
        guard let value = Self(rawValue: raw) else { throw mismatch }
        self = value
    }
}

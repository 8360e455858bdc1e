package import CBOR

/// Eight bytes that name something of a token: a key (the beginning of its digest), a token, a credential.
package struct KeyID: Hashable, Sendable, BitwiseCopyable, Codable, Comparable {
    package var rawValue: UInt64

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Takes eight bytes, big-endian; `nil` for any other number.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 8 else { return nil }
        rawValue = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The eight bytes, big-endian.
    package var bytes: [UInt8] { withUnsafeBytes(of: rawValue.bigEndian) { Array($0) } }

    package static func < (left: KeyID, right: KeyID) -> Bool { left.rawValue < right.rawValue }
}

extension KeyID: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { encoder.write(bytes: bytes) }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let mismatch = decoder.unexpectedKey
        guard let id = KeyID(try decoder.readBytes()) else { throw mismatch }
        self = id
    }
}

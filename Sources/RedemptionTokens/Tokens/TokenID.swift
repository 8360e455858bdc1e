package import CBOR
import Cryptography

/// The eight random bytes that a token or a credential is told apart by (`cti`, RFC 8392 §3.1.7).
package struct TokenID: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
    /// The bytes as a big-endian number.
    package var rawValue: UInt64

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Sixteen hexadecimal digits.
    package var description: String { rawValue.bigEndianBytes.hexadecimal }

    package static func < (left: TokenID, right: TokenID) -> Bool { left.rawValue < right.rawValue }
}

extension TokenID: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { encoder.write(bytes: rawValue.bigEndianBytes) }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        rawValue = try decoder.readEightBytes()
    }
}

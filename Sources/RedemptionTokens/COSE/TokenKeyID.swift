package import CBOR
import Cryptography

/// The eight bytes of a COSE `kid` (RFC 9052 §3.1): of a key in a list, or of a credential.
///
/// It finds a key and proves nothing.
package struct TokenKeyID: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
    /// The bytes as a big-endian number.
    package var rawValue: UInt64

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// The name of a key: the first eight bytes of SHA-256 over the algorithm's number in CBOR and the key's
    /// bytes.
    package init(of key: TokenPublicKey) {
        rawValue = SHA256Digest(of: key.algorithm.rawValue.cborBytes + key.bytes).words.0
    }

    /// A device signs under the ID of the credential that its key is in.
    package init(of credential: TokenID) { rawValue = credential.rawValue }

    /// Sixteen hexadecimal digits.
    package var description: String { rawValue.bigEndianBytes.hexadecimal }

    package static func < (left: TokenKeyID, right: TokenKeyID) -> Bool { left.rawValue < right.rawValue }
}

extension TokenKeyID: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { encoder.write(bytes: rawValue.bigEndianBytes) }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        rawValue = try decoder.readEightBytes()
    }
}

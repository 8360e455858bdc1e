package import CBOR
import Cryptography

/// The first 128 bits of a digest or MAC made outside the core: of an idempotency key, a payload, a file.
package struct Digest128: Hashable, Sendable, BitwiseCopyable, Codable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static let zero = Digest128(high: 0, low: 0)

    /// Takes the first 16 bytes, big-endian; `nil` when there are fewer.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 16 else { return nil }
        (high, low) = bytes.withUnsafeBytes { buffer in
            (
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// The sixteen bytes, big-endian.
    package var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }

    /// Thirty-two lower-case hexadecimal digits.
    package var hex: String { bytes.hexadecimal }
}

extension Digest128: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { encoder.write(bytes: $0) }
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let mismatch = decoder.unexpectedKey
        let bytes = try decoder.readBytes()
        guard bytes.count == 16, let digest = Digest128(bytes) else { throw mismatch }
        self = digest
    }
}

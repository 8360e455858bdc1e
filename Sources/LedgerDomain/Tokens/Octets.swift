package import CBOR

/// Bytes that the ledger keeps without looking into them: a public key, a signed list.
package struct Octets: Hashable, Sendable, Codable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    /// Whether it can be a SHA-256 digest.
    package var isSHA256: Bool { bytes.count == 32 }
}

extension Octets: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { encoder.write(bytes: bytes) }

    package init(from decoder: inout CBORDecoder) throws(CBORError) { bytes = try decoder.readBytes() }
}

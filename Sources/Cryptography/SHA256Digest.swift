import Crypto

/// SHA-256 (FIPS 180-4), for seals, file digests and commitments.
package enum SHA256Digest {
    /// The 32 bytes of the digest.
    package static func of(_ bytes: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: bytes))
    }
}

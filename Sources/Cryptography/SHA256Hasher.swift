import Crypto

/// A SHA-256 digest (FIPS 180-4) of what comes piece by piece.
package struct SHA256Hasher: Sendable {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// The 32 bytes of the digest of everything so far.
    package var digest: [UInt8] { Array(hash.finalize()) }
}

import Crypto

/// SHA-1 (FIPS 180-4) piece by piece, for the checksums that payment providers tell of their files; it proves nothing to
/// anybody who could choose the file.
package struct SHA1Hasher: Sendable {
    private var hash = Insecure.SHA1()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// The 20 bytes of the digest of everything so far.
    package var digest: [UInt8] { Array(hash.finalize()) }
}

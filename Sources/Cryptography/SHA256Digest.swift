import Crypto

/// A SHA-256 digest (FIPS 180-4), for seals, file digests, commitments and the log's tree.
package struct SHA256Digest: Sendable, BitwiseCopyable {
    /// The digest as four big-endian words.
    package var words: (UInt64, UInt64, UInt64, UInt64)

    package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// Takes a digest that was made elsewhere; `nil` unless there are exactly 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = bytes.withUnsafeBytes { SHA256Digest.words(of: $0) }
    }

    /// The digest of `bytes`.
    package init(of bytes: [UInt8]) {
        words = SHA256.hash(data: bytes).withUnsafeBytes { SHA256Digest.words(of: $0) }
    }

    /// The digest of one byte and then `bytes`: what keeps a tree's leaves and nodes apart.
    package init(of bytes: [UInt8], prefix: UInt8) {
        var hash = SHA256()
        withUnsafeBytes(of: prefix) { hash.update(bufferPointer: $0) }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        words = hash.finalize().withUnsafeBytes { SHA256Digest.words(of: $0) }
    }

    /// The digest of one byte and then two digests.
    package init(ofPair left: SHA256Digest, _ right: SHA256Digest, prefix: UInt8) {
        // One contiguous piece: every update of its own costs as much as a third of the hash.
        words = withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
            buffer[0] = prefix
            left.withBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0) }
            right.withBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[33..<65]).copyMemory(from: $0) }
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return hash.finalize().withUnsafeBytes { SHA256Digest.words(of: $0) }
        }
    }

    /// The 32 bytes of the digest of `bytes`.
    package static func of(_ bytes: [UInt8]) -> [UInt8] { SHA256Digest(of: bytes).bytes }

    /// The 32 bytes.
    package var bytes: [UInt8] { withBytes { Array($0) } }

    private func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        withUnsafeBytes(
            of: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian), body)
    }

    private static func words(of bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64) {
        func word(_ index: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        return (word(0), word(1), word(2), word(3))
    }
}

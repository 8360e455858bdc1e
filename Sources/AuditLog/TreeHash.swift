package import Cryptography

/// A hash of the Merkle tree: 32 bytes of SHA-256 over a leaf or over two nodes (RFC 6962 §2.1).
package struct TreeHash: Hashable, Sendable, BitwiseCopyable {
    /// The bytes, in order, as four big-endian words.
    private var words: (UInt64, UInt64, UInt64, UInt64)

    /// The bytes of one hash.
    package static let length = 32

    package init(_ digest: SHA256Digest) { words = digest.words }

    /// Reads 32 bytes; `nil` for any other number of them.
    package init?(_ bytes: some Sequence<UInt8>) {
        guard let digest = SHA256Digest(bytes: Array(bytes)) else { return nil }
        self.init(digest)
    }

    /// The root of the empty tree: the hash of nothing.
    package static let empty = TreeHash(SHA256Digest(of: []))

    /// The hash of a leaf: SHA-256(0x00 ‖ entry).
    package static func leaf(_ entry: [UInt8]) -> TreeHash {
        TreeHash(SHA256Digest(of: entry, prefix: 0x00))
    }

    /// The hash of a node: SHA-256(0x01 ‖ left ‖ right).
    package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        TreeHash(SHA256Digest(ofPair: left.digest, right.digest, prefix: 0x01))
    }

    package var bytes: [UInt8] { digest.bytes }

    private var digest: SHA256Digest { SHA256Digest(words: words) }

    package static func == (left: TreeHash, right: TreeHash) -> Bool { left.words == right.words }

    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

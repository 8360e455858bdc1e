/// The frontier of a tree that grows by one leaf at a time: all that the log's writer must remember of it.
///
/// It holds one hash for every bit that is set in the number of leaves, at most 64 of them. Appending a leaf
/// costs one node on average and moves no other memory; it is on the path of every commit.
package struct CompactRange: Equatable, Sendable {
    /// The number of leaves.
    package private(set) var size: UInt64

    /// The hashes of the complete subtrees that the tree is made of, the largest and leftmost first.
    package private(set) var hashes: [TreeHash]

    /// The tree without leaves.
    package init() {
        size = 0
        hashes = []
    }

    /// Takes a frontier that was kept; `nil` unless there is one hash for every bit set in `size`.
    ///
    /// The hashes are believed: whoever keeps a frontier compares its ``root`` with a head that is signed.
    package init?(size: UInt64, hashes: [TreeHash]) {
        guard hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Takes a frontier from its ``bytes``; `nil` unless they are 32 for every bit set in `size`.
    package init?(size: UInt64, bytes: [UInt8]) {
        guard let hashes = [TreeHash](concatenation: bytes) else { return nil }
        self.init(size: size, hashes: hashes)
    }

    /// The hashes one after another, the largest subtree first, 32 bytes each; to be kept with ``size``.
    package var bytes: [UInt8] { hashes.concatenation }

    /// Adds the leaf whose hash is given. Traps when there are 2⁶⁴ − 1 leaves already.
    package mutating func append(_ leaf: TreeHash) {
        append(leaf) { _, _, _ in }
    }

    /// Adds a leaf and names every subtree that it completes, for those who store hashes.
    ///
    /// - Parameter completed: is given the level, the index and the hash of each, the leaf itself (level 0)
    ///   first: the subtree of 2^level leaves that begins at leaf index · 2^level.
    package mutating func append(
        _ leaf: TreeHash, completed: (_ level: Int, _ index: UInt64, _ hash: TreeHash) -> Void
    ) {
        var hash = leaf
        var index = size
        var level = 0
        completed(level, index, hash)
        while index & 1 == 1 {
            hash = .node(hashes.removeLast(), hash)
            index >>= 1
            level += 1
            completed(level, index, hash)
        }
        hashes.append(hash)
        size += 1
    }

    /// The tree's root: the Merkle Tree Hash of RFC 6962 §2.1; ``TreeHash/empty`` without leaves.
    package var root: TreeHash {
        guard var hash = hashes.last else { return .empty }
        for left in hashes.dropLast().reversed() { hash = .node(left, hash) }
        return hash
    }
}

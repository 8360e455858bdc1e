/// Shows an outsider that a leaf is in a tree (RFC 9162 §2.1.3), as in receipts.
///
/// It proves no more than its ``size`` and the root do: take both from one checkpoint whose signature is good,
/// and the leaf's hash from the entry itself. A node's hash handed in as a leaf's is indistinguishable.
package struct InclusionProof: Equatable, Sendable {
    /// The leaf's place, counted from 0.
    package let index: UInt64
    /// The number of leaves of the tree.
    package let size: UInt64
    /// The hashes beside the way from the leaf to the root, the leaf's neighbour first.
    package let path: [TreeHash]

    /// Takes a proof as it was received: nothing is checked before ``root(of:)``.
    package init(index: UInt64, size: UInt64, path: [TreeHash]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// The root of the tree that has `leaf` at this place, by the algorithm of RFC 9162 §2.1.3.2.
    ///
    /// `nil` when the index is not below the size, or the path is not exactly as long as it must be.
    package func root(of leaf: TreeHash) -> TreeHash? {
        guard index < size else { return nil }
        var node = index
        var last = size - 1
        var hash = leaf
        for sibling in path {
            guard last > 0 else { return nil }
            if node & 1 == 1 || node == last {
                hash = .node(sibling, hash)
                // Here the last node of a level has no sibling, so it rises until it has one.
                let risen = node.trailingZeroBitCount
                node >>= risen
                last >>= risen
            } else {
                hash = .node(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 ? hash : nil
    }

    /// Whether the tree with this root has `leaf` at this place.
    package func isValid(leaf: TreeHash, root: TreeHash) -> Bool { self.root(of: leaf) == root }
}

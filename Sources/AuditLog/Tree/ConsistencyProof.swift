/// Shows a witness or an auditor that a tree only grew between two heads (RFC 9162 §2.1.4).
package struct ConsistencyProof: Equatable, Sendable {
    /// The number of leaves of the older tree.
    package let first: UInt64
    /// The number of leaves of the newer tree.
    package let second: UInt64
    /// The hashes from which both roots follow, the deepest first.
    package let path: [TreeHash]

    /// Takes a proof as it was received: nothing is checked before ``isValid(firstRoot:secondRoot:)``.
    package init(first: UInt64, second: UInt64, path: [TreeHash]) {
        self.first = first
        self.second = second
        self.path = path
    }

    /// Whether the newer tree begins with the older one, by the algorithm of RFC 9162 §2.1.4.2.
    ///
    /// Between trees of one size the path is empty and the roots are equal. Nothing can be proved about a first
    /// tree without leaves, so a `first` of 0 is refused: every tree begins with that one. A path that is not
    /// exactly as long as it must be is refused as well.
    package func isValid(firstRoot: TreeHash, secondRoot: TreeHash) -> Bool {
        guard first > 0, first <= second else { return false }
        guard first < second else { return path.isEmpty && firstRoot == secondRoot }
        // The largest complete subtree at the old tree's right edge is a node of both trees.
        var node = first - 1
        var last = second - 1
        let shared = (~node).trailingZeroBitCount
        node >>= shared
        last >>= shared
        var rest = path[...]
        // Where that subtree is the whole old tree, its hash is known and the path leaves it out.
        guard let start = node == 0 ? firstRoot : rest.popFirst() else { return false }
        var older = start
        var newer = start
        for hash in rest {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                older = .node(hash, older)
                newer = .node(hash, newer)
                let risen = node.trailingZeroBitCount
                node >>= risen
                last >>= risen
            } else {
                newer = .node(newer, hash)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && older == firstRoot && newer == secondRoot
    }
}

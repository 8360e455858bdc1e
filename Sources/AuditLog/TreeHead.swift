/// How far a log goes and what it holds: its size and its root (RFC 9162 §4.10).
package struct TreeHead: Hashable, Sendable {
    package var size: UInt64
    package var root: TreeHash

    package init(size: UInt64, root: TreeHash) {
        self.size = size
        self.root = root
    }
}

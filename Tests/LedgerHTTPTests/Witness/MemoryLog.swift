import AuditLog
import Cryptography

/// A log in memory that signs whatever it is told to, with every hash of its tree.
struct MemoryLog: TreeHashReader, Sendable {
    let signer: NoteSigner
    private var range = CompactRange()
    private var heads = [TreeHead(size: 0, root: .empty)]
    private var nodes: [Place: TreeHash] = [:]

    private struct Place: Hashable {
        let level: Int
        let index: UInt64
    }

    /// - Parameter branch: the first leaf that is another one than in logs without a branch.
    init(_ signer: NoteSigner, leaves: Int, branch: Int? = nil) {
        self.signer = signer
        for leaf in 0..<leaves {
            let isOther = branch.map { leaf >= $0 } ?? false
            var completed: [(Place, TreeHash)] = []
            range.append(.leaf(Array("\(isOther ? "other" : "leaf") \(leaf)".utf8))) { level, index, hash in
                completed.append((Place(level: level, index: index), hash))
            }
            for (place, hash) in completed { nodes[place] = hash }
            heads.append(TreeHead(size: range.size, root: range.root))
        }
    }

    struct Missing: Error {}

    func hash(level: Int, index: UInt64) throws(Missing) -> TreeHash {
        guard let hash = nodes[Place(level: level, index: index)] else { throw Missing() }
        return hash
    }

    func head(_ size: Int) -> TreeHead { heads[size] }

    func checkpoint(_ size: Int) -> SignedCheckpoint { signer.checkpoint(heads[size]) }

    func proof(_ first: UInt64, _ second: UInt64) throws -> ConsistencyProof? {
        var log = self
        return try log.consistencyProof(first: first, second: second)
    }

    /// The body of a request to cosign the tree of `size`.
    func request(_ size: Int, from old: Int) throws -> [UInt8] {
        let path = try old > 0 && old < size ? proof(UInt64(old), UInt64(size))?.path ?? [] : []
        return AddCheckpointRequest(oldSize: UInt64(old), proof: path, note: checkpoint(size).note).bytes
    }
}

import AuditLog
import Testing

@Suite("Forged proofs are refused")
struct ForgedProofTests {
    private static let sizes = Array(1...33)

    /// Every way to damage a path a little: a bit, a length, an order.
    private func damaged(_ path: [TreeHash], root: TreeHash) -> [[TreeHash]] {
        var answer: [[TreeHash]] = [[.empty] + path, path + [.empty], [root] + path, path + [root]]
        if !path.isEmpty { answer += [Array(path.dropFirst()), path.dropLast(), path + path] }
        for place in path.indices {
            var copy = path
            var bytes = copy[place].bytes
            bytes[place % 32] ^= 4
            copy[place] = TreeHash(bytes) ?? .empty
            answer.append(copy)
            copy = path
            copy.insert(copy[place], at: place)
            answer.append(copy)
            if place > 0 {
                copy = path
                copy.swapAt(place - 1, place)
                answer.append(copy)
            }
        }
        return answer
    }

    @Test("An inclusion proof with a forged path, leaf, index, size or root", arguments: sizes)
    func inclusion(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let root = tree.root(size)
        for index in 0..<size {
            let leaf = tree.hash(index..<index + 1)
            let proof = try #require(tree.inclusion(UInt64(index), UInt64(size)))
            for path in damaged(proof.path, root: root) {
                let forged = InclusionProof(index: proof.index, size: proof.size, path: path)
                #expect(!forged.isValid(leaf: leaf, root: root), "\(index) of \(size)")
            }
            for other in 0...size + 2 where other != index {
                let forged = InclusionProof(index: UInt64(other), size: proof.size, path: proof.path)
                #expect(!forged.isValid(leaf: leaf, root: root), "\(index) as \(other) of \(size)")
            }
            #expect(!proof.isValid(leaf: leaf, root: .empty))
            #expect(!proof.isValid(leaf: .leaf([9]), root: root))
            for beyond in [UInt64(size), UInt64(size) + 1, .max] {
                #expect(
                    InclusionProof(index: beyond, size: proof.size, path: proof.path).root(of: leaf) == nil)
            }
        }
    }

    /// Some pairs of sizes have paths of one shape, and the path does not tell them apart: with its size changed,
    /// a proof still leads to the same root, but never to one that a tree of the other size has.
    @Test("An inclusion proof against the root of any other size", arguments: sizes)
    func foreignRoot(size: Int) throws {
        let tree = ReferenceTree(size: 34)
        for index in 0..<size {
            let leaf = tree.hash(index..<index + 1)
            let proof = try #require(tree.inclusion(UInt64(index), UInt64(size)))
            for other in 0...34 where other != size {
                #expect(!proof.isValid(leaf: leaf, root: tree.root(other)))
                let forged = InclusionProof(index: proof.index, size: UInt64(other), path: proof.path)
                #expect(!forged.isValid(leaf: leaf, root: tree.root(other)))
            }
        }
    }

    @Test("A consistency proof with a forged path, size or root", arguments: sizes)
    func consistency(second: Int) throws {
        let tree = ReferenceTree(size: second)
        let newer = tree.root(second)
        for first in 1...second {
            let older = tree.root(first)
            let proof = try #require(tree.consistency(UInt64(first), UInt64(second)))
            for path in damaged(proof.path, root: newer) {
                let forged = ConsistencyProof(first: proof.first, second: proof.second, path: path)
                #expect(!forged.isValid(firstRoot: older, secondRoot: newer), "\(first) to \(second)")
            }
            #expect(!proof.isValid(firstRoot: .empty, secondRoot: newer))
            #expect(!proof.isValid(firstRoot: older, secondRoot: .empty))
            if first < second { #expect(!proof.isValid(firstRoot: newer, secondRoot: older)) }
            for other in 0...second + 2 where other != first {
                let forged = ConsistencyProof(first: UInt64(other), second: proof.second, path: proof.path)
                #expect(!forged.isValid(firstRoot: older, secondRoot: newer), "\(first) as \(other)")
            }
        }
    }

    @Test(
        "A path of another length than it must have leads to no root, not even to one made for it",
        arguments: sizes)
    func wrongLength(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let root = tree.root(size)
        let more = TreeHash.leaf([7])
        for index in 0..<size {
            let leaf = tree.hash(index..<index + 1)
            let path = tree.path(index, in: 0..<size)
            let numbers = (UInt64(index), UInt64(size))
            for wrong in [path + [more], path.dropLast(), path + path + [more]]
            where wrong.count != path.count {
                let forged = InclusionProof(index: numbers.0, size: numbers.1, path: wrong)
                #expect(forged.root(of: leaf) == nil, "\(index) of \(size)")
            }
            let first = index + 1
            let longer = ConsistencyProof(
                first: UInt64(first), second: numbers.1, path: tree.proof(first, size) + [more])
            for (older, newer) in [
                (TreeHash.node(more, tree.root(first)), TreeHash.node(more, root)),
                (tree.root(first), TreeHash.node(root, more)),
                (tree.root(first), TreeHash.node(more, root)),
            ] {
                #expect(!longer.isValid(firstRoot: older, secondRoot: newer), "\(first) to \(size)")
            }
        }
    }

    @Test("A tree that rewrote an old entry is not consistent with the old one", arguments: 1...20)
    func rewritten(first: Int) throws {
        let second = 21
        let honest = ReferenceTree(size: first)
        for changed in 0..<first {
            var entries = sampleEntries(second)
            entries[changed] = [0xff]
            let forked = ReferenceTree(entries)
            let proof = try #require(forked.consistency(UInt64(first), UInt64(second)))
            #expect(!proof.isValid(firstRoot: honest.root(first), secondRoot: forked.root(second)))
        }
    }

    @Test("Nothing is consistent with, or included in, a tree without leaves")
    func noLeaves() {
        let proof = ConsistencyProof(first: 0, second: 0, path: [])
        #expect(!proof.isValid(firstRoot: .empty, secondRoot: .empty))
        let inclusion = InclusionProof(index: 0, size: 0, path: [])
        #expect(inclusion.root(of: .leaf([])) == nil)
        #expect(!inclusion.isValid(leaf: .empty, root: .empty))
    }

    @Test("A node's two hashes, served as an entry, are no leaf of a smaller tree")
    func nodeAsLeaf() throws {
        let tree = ReferenceTree(size: 8)
        let root = tree.root(8)
        let (left, right) = (tree.hash(0..<1), tree.hash(1..<2))
        let whole = try #require(tree.inclusion(0, 8))
        let shortened = Array(whole.path.dropFirst())
        for size: UInt64 in 1...8 {
            let proof = InclusionProof(index: 0, size: size, path: shortened)
            #expect(!proof.isValid(leaf: .leaf(left.bytes + right.bytes), root: root))
            #expect(!proof.isValid(leaf: .leaf([1] + left.bytes + right.bytes), root: root))
        }
        // With the checkpoint's own size, not even the node's true hash passes for a leaf's.
        #expect(
            !InclusionProof(index: 0, size: 8, path: shortened).isValid(leaf: tree.hash(0..<2), root: root))
        #expect(TreeHash.leaf(left.bytes + right.bytes) != TreeHash.node(left, right))
    }
}

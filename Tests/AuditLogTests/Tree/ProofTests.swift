import AuditLog
import LedgerTesting
import Testing

@Suite("Inclusion and consistency proofs")
struct ProofTests {
    private static let largest = 300

    @Test("At every size every leaf has the path of the definition, and it leads to the root")
    func allInclusions() throws {
        let tree = ReferenceTree(size: ProofTests.largest)
        for size in 0...ProofTests.largest {
            let root = tree.root(size)
            for index in 0..<size {
                let proof = try #require(tree.inclusion(UInt64(index), UInt64(size)))
                #expect(proof.path == tree.path(index, in: 0..<size), "\(index) of \(size)")
                #expect(proof.isValid(leaf: tree.hash(index..<index + 1), root: root), "\(index) of \(size)")
            }
            #expect(tree.inclusion(UInt64(size), UInt64(size)) == nil)
            #expect(tree.inclusion(.max, UInt64(size)) == nil)
        }
    }

    @Test("Between any two sizes the proof is that of the definition, and it holds")
    func allConsistencies() throws {
        let tree = ReferenceTree(size: ProofTests.largest)
        for second in 0...ProofTests.largest {
            for first in 0...second where first > 0 {
                let proof = try #require(tree.consistency(UInt64(first), UInt64(second)))
                #expect(proof.path == tree.proof(first, second), "\(first) to \(second)")
                #expect(
                    proof.isValid(firstRoot: tree.root(first), secondRoot: tree.root(second)),
                    "\(first) to \(second)")
            }
            #expect(tree.consistency(0, UInt64(second)) == nil)
            #expect(tree.consistency(UInt64(second) + 1, UInt64(second)) == nil)
        }
    }

    @Test("Proofs in a large tree of any size are those of the definition", arguments: [1, 2, 3] as [UInt64])
    func largeTrees(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let largest = Int.random(in: 60_000...80_000, using: &generator)
        var tree = ReferenceTree(size: largest)
        for _ in 0..<100 {
            let size = Int.random(in: 1...largest, using: &generator)
            let index = Int.random(in: 0..<size, using: &generator)
            let first = Int.random(in: 1...size, using: &generator)
            let inclusion = try #require(tree.inclusion(UInt64(index), UInt64(size)))
            let consistency = try #require(tree.consistency(UInt64(first), UInt64(size)))
            #expect(inclusion.path == tree.path(index, in: 0..<size), "\(index) of \(size), seed \(seed)")
            #expect(consistency.path == tree.proof(first, size), "\(first) to \(size), seed \(seed)")
            #expect(inclusion.isValid(leaf: tree.hash(index..<index + 1), root: tree.root(size)))
            #expect(consistency.isValid(firstRoot: tree.root(first), secondRoot: tree.root(size)))
            let root = tree.root(size: UInt64(size))
            #expect(root == tree.root(size), "\(size), seed \(seed)")
        }
    }

    /// Counts what is read.
    private struct CountingReader: TreeHashReader {
        var reads = 0
        mutating func hash(level: Int, index: UInt64) throws(Never) -> TreeHash {
            reads += 1
            return .leaf([UInt8(level)])
        }
    }

    @Test("A proof reads at most two hashes a level, however large the tree", arguments: 1...63)
    func readsAreLogarithmic(bits: Int) throws {
        for size in [UInt64(1) << bits - 1, 1 << bits, 1 << bits + 1, .max >> (64 - bits)] {
            for index in [0, size / 3, size / 2, size - 1] {
                var reader = CountingReader()
                let inclusion = reader.inclusionProof(index: index, size: size)
                #expect(inclusion != nil)
                #expect(reader.reads <= 2 * (bits + 1))
                reader.reads = 0
                let consistency = reader.consistencyProof(first: index + 1, second: size)
                #expect(consistency != nil)
                #expect(reader.reads <= 2 * (bits + 1))
            }
        }
    }

    @Test("A proof of any size that a number can name is judged without a trap")
    func extremeSizes() {
        let hash = TreeHash.leaf([1])
        let numbers: [UInt64] = [0, 1, 2, 3, 255, 256, 1 << 32, 1 << 63, .max - 1, .max]
        for first in numbers {
            for second in numbers {
                for length in [0, 1, 2, 62, 63, 64, 65, 130] {
                    let path = [TreeHash](repeating: hash, count: length)
                    let inclusion = InclusionProof(index: first, size: second, path: path)
                    #expect(!inclusion.isValid(leaf: hash, root: .empty))
                    if first >= second { #expect(inclusion.root(of: hash) == nil) }
                    let consistency = ConsistencyProof(first: first, second: second, path: path)
                    #expect(!consistency.isValid(firstRoot: hash, secondRoot: .empty))
                }
            }
        }
    }
}

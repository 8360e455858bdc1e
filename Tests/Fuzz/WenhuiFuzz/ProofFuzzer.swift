import AuditLog

/// Proofs of inclusion and of consistency: two numbers of eight bytes and the hashes of the path.
///
/// For trees that ``HonestLog`` has had, the proof that its hashes give is the only one that holds.
enum ProofFuzzer: ParserFuzzer {
    private static let log = HonestLog.shared
    private static let heads = (0...HonestLog.size).map { log.head($0) }
    /// The hash of what no log holds.
    private static let stranger = TreeHash.leaf([9, 9, 9])

    static func seeds() throws -> [[UInt8]] {
        let inclusions: [(UInt64, UInt64)] = [(0, 1), (0, 5), (4, 5), (77, 261), (260, 261), (255, 256)]
        let consistencies: [(UInt64, UInt64)] = [(1, 1), (4, 5), (5, 8), (77, 261), (256, 261), (260, 261)]
        return inclusions.map { bytes($0, $1, log.inclusion($0, $1)) }
            + consistencies.map { bytes($0, $1, log.consistency($0, $1)) }
            + [bytes(.max - 1, .max, [stranger]), bytes(1, .max, Array(repeating: stranger, count: 64))]
    }

    static func check(_ input: [UInt8]) {
        guard input.count >= 16, let path = [TreeHash](concatenation: Array(input.dropFirst(16))) else {
            return
        }
        let (first, second) = (number(input[..<8]), number(input[8..<16]))
        checkInclusion(InclusionProof(index: first, size: second, path: path))
        checkConsistency(ConsistencyProof(first: first, second: second, path: path))
        let bytes = path.concatenation
        if let range = CompactRange(size: first, bytes: bytes) {
            expect(range.bytes == bytes, "a frontier is written as it was read")
        }
    }

    private static func checkInclusion(_ proof: InclusionProof) {
        let root = proof.root(of: stranger)
        expect(heads.allSatisfy { root != $0.root }, "an entry that is nowhere")
        guard proof.size <= HonestLog.size, proof.index < proof.size else {
            expect(proof.index < proof.size || root == nil, "a place outside the tree")
            return
        }
        let leaf = TreeHash.leaf(log.entries[Int(proof.index)])
        expect(
            proof.isValid(leaf: leaf, root: heads[Int(proof.size)].root)
                == (proof.path == log.inclusion(proof.index, proof.size)), "one proof of inclusion")
    }

    private static func checkConsistency(_ proof: ConsistencyProof) {
        let last = heads[Int(HonestLog.size)].root
        expect(!proof.isValid(firstRoot: stranger, secondRoot: last), "a beginning that is nowhere")
        expect(!proof.isValid(firstRoot: last, secondRoot: stranger), "an end that is nowhere")
        guard (1...HonestLog.size).contains(proof.second), proof.first <= proof.second else { return }
        let (older, newer) = (heads[Int(proof.first)].root, heads[Int(proof.second)].root)
        expect(
            proof.isValid(firstRoot: older, secondRoot: newer)
                == (proof.first > 0 && proof.path == log.consistency(proof.first, proof.second)),
            "one proof of consistency")
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func bytes(_ first: UInt64, _ second: UInt64, _ path: [TreeHash]) -> [UInt8] {
        [first, second].flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
        }
            + path.concatenation
    }
}

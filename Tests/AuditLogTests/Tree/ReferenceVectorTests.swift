import AuditLog
import Foundation
import Testing

@Suite("Trees and proofs that others have published")
struct ReferenceVectorTests {
    private struct Reference: Decodable {
        var leaves: [String]
        var roots: [String]
    }

    @Test("The reference tree of RFC 6962 has its published root at every size")
    func publishedRoots() throws {
        let file = PackageFolder.logs.appending(path: "rfc6962-reference-tree.json")
        let reference = try JSONDecoder().decode(Reference.self, from: try Data(contentsOf: file))
        var range = CompactRange()
        #expect(reference.roots.count == 9)
        #expect(range.root.bytes == bytes(hexadecimal: reference.roots[0]))
        for (leaf, root) in zip(reference.leaves, reference.roots.dropFirst()) {
            range.append(.leaf(bytes(hexadecimal: leaf)))
            #expect(range.root.bytes == bytes(hexadecimal: root), "after \(range.size) leaves")
        }
        #expect(range.size == 8)
    }

    struct InclusionCase: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var leafIdx: UInt64
        var treeSize: UInt64
        var root: Data
        var leafHash: Data
        var proof: [Data]?
        var wantErr: Bool
        var testDescription: String { name }
    }

    struct ConsistencyCase: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var size1: UInt64
        var size2: UInt64
        var root1: Data
        var root2: Data
        var proof: [Data]?
        var wantErr: Bool
        var testDescription: String { name }
    }

    static let inclusions: [InclusionCase] = read("inclusion.json")
    static let consistencies: [ConsistencyCase] = read("consistency.json")

    private static func read<Case: Decodable>(_ name: String) -> [Case] {
        guard let file = try? Data(contentsOf: PackageFolder.vectors.appending(path: name)) else { return [] }
        return (try? JSONDecoder().decode([Case].self, from: file)) ?? []
    }

    @Test("All of the vectors are there and can be read", .enabled(if: PackageFolder.hasVectors))
    func counts() {
        #expect(ReferenceVectorTests.inclusions.count == 98)
        #expect(ReferenceVectorTests.consistencies.count == 98)
    }

    /// What is not a hash of 32 bytes cannot be handed in at all, so it is refused before.
    @Test(
        "An inclusion proof of the merkle vectors is taken or refused as they say",
        .enabled(if: PackageFolder.hasVectors), arguments: inclusions)
    func inclusion(vector: InclusionCase) {
        let path = (vector.proof ?? []).compactMap { TreeHash($0) }
        guard let leaf = TreeHash(vector.leafHash), let root = TreeHash(vector.root),
            path.count == vector.proof?.count ?? 0
        else {
            #expect(vector.wantErr)
            return
        }
        let proof = InclusionProof(index: vector.leafIdx, size: vector.treeSize, path: path)
        #expect(proof.isValid(leaf: leaf, root: root) == !vector.wantErr)
    }

    /// Some vectors have words in the place of hashes, good cases among them: the words are hashed.
    @Test(
        "A consistency proof of the merkle vectors is taken or refused as they say",
        .enabled(if: PackageFolder.hasVectors), arguments: consistencies)
    func consistency(vector: ConsistencyCase) {
        func hash(_ data: Data) -> TreeHash { TreeHash(data) ?? .leaf(Array(data)) }
        let path = (vector.proof ?? []).map(hash)
        let proof = ConsistencyProof(first: vector.size1, second: vector.size2, path: path)
        #expect(
            proof.isValid(firstRoot: hash(vector.root1), secondRoot: hash(vector.root2)) == !vector.wantErr)
    }
}

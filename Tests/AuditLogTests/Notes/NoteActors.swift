import AuditLog
import Cryptography
import Testing

/// A log of small entries with a key of its own, and witnesses: all made from fixed seeds.
struct SampleLog {
    let signer: NoteSigner
    var entries: [[UInt8]]

    init(_ name: String = "wenhui/370782", seed: UInt8 = 1, count: Int = 0) throws {
        signer = try #require(NoteSigner(name: name, key: try privateKey(seed)))
        entries = (0..<count).map { utf8("\(name) entry \($0)") }
    }

    var known: KnownLog { KnownLog(signer.verifierKey) }

    func head(_ size: Int) -> TreeHead { TreeHead(size: UInt64(size), root: root(0..<size)) }

    func checkpoint(_ size: Int) -> SignedCheckpoint { signer.checkpoint(head(size)) }

    func consistency(_ first: Int, _ second: Int) -> ConsistencyProof {
        ConsistencyProof(
            first: UInt64(first), second: UInt64(second),
            path: first == 0 ? [] : subproof(first, 0..<second, isComplete: true))
    }

    /// The receipt for an entry in the tree of the given checkpoint.
    func receipt(_ index: Int, in checkpoint: SignedCheckpoint, extra: [UInt8] = []) -> InclusionReceipt {
        InclusionReceipt(
            index: UInt64(index), path: path(index, 0..<Int(checkpoint.checkpoint.head.size)), extra: extra,
            note: checkpoint.note)
    }

    /// MTH(D[n]) of RFC 6962 §2.1.
    private func root(_ range: Range<Int>) -> TreeHash {
        guard range.count > 1 else { return range.isEmpty ? .empty : .leaf(entries[range.lowerBound]) }
        let middle = split(range)
        return .node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }

    /// PATH(m, D[n]) of RFC 6962 §2.1.1.
    private func path(_ index: Int, _ range: Range<Int>) -> [TreeHash] {
        guard range.count > 1 else { return [] }
        let (left, right) = (range.lowerBound..<split(range), split(range)..<range.upperBound)
        return left.contains(index)
            ? path(index, left) + [root(right)] : path(index, right) + [root(left)]
    }

    /// SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2; `first` is an end in the whole tree.
    private func subproof(_ first: Int, _ range: Range<Int>, isComplete: Bool) -> [TreeHash] {
        guard first < range.upperBound else { return isComplete ? [] : [root(range)] }
        let (left, right) = (range.lowerBound..<split(range), split(range)..<range.upperBound)
        return first <= left.upperBound
            ? subproof(first, left, isComplete: isComplete) + [root(right)]
            : subproof(first, right, isComplete: false) + [root(left)]
    }

    /// Where the largest power of two below the number of leaves ends.
    private func split(_ range: Range<Int>) -> Int {
        var width = 1
        while width * 2 < range.count { width *= 2 }
        return range.lowerBound + width
    }
}

func privateKey(_ seed: UInt8) throws -> Ed25519PrivateKey {
    try #require(Ed25519PrivateKey(seed: [UInt8](repeating: seed, count: 32)))
}

func witnessSigner(_ name: String, seed: UInt8) throws -> CosignatureSigner {
    try #require(CosignatureSigner(name: name, key: try privateKey(seed)))
}

extension SignedCheckpoint {
    /// The checkpoint with a cosignature of each witness.
    func cosigned(by signers: CosignatureSigner..., at time: UInt64 = 1_700_000_000) throws
        -> SignedCheckpoint
    {
        try signers.reduce(self) { result, signer in
            try result.cosigned(
                by: signer.cosignature(of: checkpoint, at: time).line, of: [signer.verifierKey])
        }
    }
}

/// A verified cosignature by the witness.
func cosignature(by signer: CosignatureSigner, at time: UInt64) throws -> Cosignature {
    try #require(try SampleLog().checkpoint(0).cosigned(by: signer, at: time).cosignatures.first)
}

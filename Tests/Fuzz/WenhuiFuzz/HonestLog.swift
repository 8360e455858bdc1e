import AuditLog
import Cryptography

/// A log of 261 entries under a key of its own: what forged notes, proofs and tiles are held to.
///
/// It has one full tile, one partial one beside it and one above.
struct HonestLog: TreeHashReader {
    static let size: UInt64 = 261
    /// The log with its hashes.
    static let shared = HonestLog()

    /// The entries, no two the same.
    let entries = (0..<HonestLog.size).map { [UInt8($0 % 251), UInt8($0 / 251)] }
    let signer: NoteSigner
    let witness: CosignatureSigner
    /// The key of the log's further line, as a 国密 ledger has one.
    let guomi: NoteSigner
    /// The hashes of complete subtrees by level.
    private var rows: [[TreeHash]] = []

    init() {
        guard let signer = NoteSigner(name: "example.com/log", key: HonestLog.key(1)),
            let witness = CosignatureSigner(name: "example.com/witness", key: HonestLog.key(2))
        else { preconditionFailure("names of keys") }
        self.signer = signer
        self.witness = witness
        guomi = NoteSigner(name: signer.verifierKey.name, key: HonestLog.guomiKey)
        var row = entries.map(TreeHash.leaf)
        while !row.isEmpty {
            rows.append(row)
            row = (0..<row.count / 2).map { [row] in .node(row[2 * $0], row[2 * $0 + 1]) }
        }
    }

    func hash(level: Int, index: UInt64) -> TreeHash { rows[level][Int(index)] }

    /// What the log commits to when it has this many entries.
    func head(_ size: UInt64) -> TreeHead {
        var reader = self
        return TreeHead(size: size, root: reader.root(size: size))
    }

    /// The checkpoint of this many entries, signed by both keys of the log and by the witness.
    func note(_ size: UInt64) throws -> SignedNote {
        let signed = signer.checkpoint(head(size))
        return try signed.note.adding([
            guomi.signature(of: signed.note.text),
            witness.cosignature(of: signed.checkpoint, at: 1_700_000_000),
        ])
    }

    func inclusion(_ index: UInt64, _ size: UInt64) -> [TreeHash] {
        var reader = self
        return reader.inclusionProof(index: index, size: size)?.path ?? []
    }

    func consistency(_ first: UInt64, _ second: UInt64) -> [TreeHash] {
        var reader = self
        return reader.consistencyProof(first: first, second: second)?.path ?? []
    }

    /// The log as verifiers know it.
    var known: KnownLog { KnownLog(signer.verifierKey) }

    /// A policy file that asks for this log and its witness.
    var policy: [UInt8] {
        Array(
            "log \(signer.verifierKey)\nwitness w \(witness.verifierKey)\nquorum w\n".utf8)
    }

    private static let guomiKey: SM2PrivateKey = {
        guard let key = SM2PrivateKey(scalar: [UInt8](repeating: 3, count: 32)) else {
            preconditionFailure("a number below the order is a key")
        }
        return key
    }()

    private static func key(_ seed: UInt8) -> Ed25519PrivateKey {
        guard let key = Ed25519PrivateKey(seed: [UInt8](repeating: seed, count: 32)) else {
            preconditionFailure("32 bytes are a seed")
        }
        return key
    }
}

package import AuditLog
package import Cryptography
package import LedgerDomain

/// Signs the checkpoints of one ledger's log: C2SP signed notes by an Ed25519 key (DESIGN §6).
package struct LogSigner: Sendable {
    package let ledger: LedgerCode
    /// The log's name, which its checkpoints begin with and its verifiers know it by.
    package let origin: LogOrigin
    private let key: SecretKey
    private let signer: NoteSigner

    /// The signer of a ledger's first log.
    ///
    /// - Parameter key: the data folder's key for logs; every origin signs with a key of its own, derived from it.
    package init(_ ledger: LedgerCode, key: SecretKey) {
        self.init(ledger, key: key, name: "wenhui/\(ledger)")
    }

    private init(_ ledger: LedgerCode, key: SecretKey, name: String) {
        guard let origin = LogOrigin(name),
            let derived = Ed25519PrivateKey(seed: key.derived(for: "log \(name)").bytes),
            let signer = NoteSigner(name: name, key: derived)
        else { preconditionFailure("32 bytes are a key, and an origin is a name") }
        self.ledger = ledger
        self.origin = origin
        self.key = key
        self.signer = signer
    }

    /// What a verifier must have to check the log.
    package var verifierKey: NoteVerifierKey { signer.verifierKey }

    /// The signed checkpoint for a tree.
    package func checkpoint(_ head: TreeHead) -> [UInt8] { signer.checkpoint(head).bytes }

    /// The signer of the log that `note` is a checkpoint of; `nil` where that is no log of this ledger.
    package func signer(of note: [UInt8]) -> LogSigner? {
        if note.starts(with: origin.bytes + [UInt8(ascii: "\n")]) { return self }
        let name = String(decoding: note.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let first = "wenhui/\(ledger)"
        guard name == first || name.hasPrefix(first + "/"), LogOrigin(name) != nil else { return nil }
        return LogSigner(ledger, key: key, name: name)
    }

    /// The signer of the log that follows this one after a loss: its origin names the head that was lost, by the
    /// number of events and the first sixteen bytes of the root.
    package func successor(after lost: TreeHead) -> LogSigner {
        let root = Array(lost.root.bytes.prefix(16)).hexadecimal
        return LogSigner(ledger, key: key, name: "wenhui/\(ledger)/after-\(lost.size)-\(root)")
    }
}

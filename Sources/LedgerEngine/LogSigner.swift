package import AuditLog
package import Cryptography
package import LedgerDomain

/// Signs the checkpoints of one ledger's log: C2SP signed notes by an Ed25519 key (DESIGN §6).
package struct LogSigner: Sendable {
    /// The log's name, which its checkpoints begin with and its verifiers know it by.
    package let origin: LogOrigin
    private let signer: NoteSigner

    /// - Parameters:
    ///   - key: the data folder's key for logs; every origin signs with a key of its own, derived from it.
    ///   - epoch: counts the logs that the ledger has had: a new one begins where an older one was lost.
    package init(_ ledger: LedgerCode, key: SecretKey, epoch: UInt32 = 1) {
        let name = epoch == 1 ? "wenhui/\(ledger)" : "wenhui/\(ledger)/\(epoch)"
        guard let origin = LogOrigin(name),
            let key = Ed25519PrivateKey(seed: key.derived(for: "log \(name)").bytes),
            let signer = NoteSigner(name: name, key: key)
        else { preconditionFailure("32 bytes are a key, and an origin is a name") }
        self.origin = origin
        self.signer = signer
    }

    /// What a verifier must have to check the log.
    package var verifierKey: NoteVerifierKey { signer.verifierKey }

    /// The signed checkpoint for a tree.
    package func checkpoint(_ head: TreeHead) -> [UInt8] {
        signer.checkpoint(head).bytes
    }
}

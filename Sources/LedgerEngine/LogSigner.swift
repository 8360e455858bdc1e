package import AuditLog
package import Cryptography
package import LedgerDomain

/// Signs the checkpoints of one ledger's log: C2SP signed notes by an Ed25519 key, and for whoever is shown them a
/// second line by SM2 where the ledger's profile is 国密 (DESIGN §6).
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

    /// What verifiers can check the published log with, by the ledger's profile: any one of the keys suffices them.
    package func verifierKeys(_ algorithms: CryptographicProfile) -> [NoteVerifierKey] {
        switch algorithms {
        case .international: [verifierKey]
        case .guomi: [verifierKey, guomiSigner.verifierKey]
        }
    }

    /// The signed checkpoint for a tree, as the log keeps it.
    package func checkpoint(_ head: TreeHead) -> [UInt8] { signer.checkpoint(head).bytes }

    /// A checkpoint of this log as it is published: with its line by SM2 where the profile is 国密.
    ///
    /// That line takes about 0.4 ms, many times as long as the one by Ed25519, so commits go without it.
    func published(_ checkpoint: [UInt8], _ algorithms: CryptographicProfile) throws(NoteError) -> [UInt8] {
        switch algorithms {
        case .international: return checkpoint
        case .guomi:
            let note = try SignedNote(checkpoint)
            return try note.adding([guomiSigner.signature(of: note.text)]).bytes
        }
    }

    /// Made when it is needed: only a ledger of the profile 国密 needs an OpenSSL that has SM2.
    private var guomiSigner: NoteSigner {
        let secret = key.derivedWithSM3(for: "log \(origin)")
        return NoteSigner(name: verifierKey.name, key: SM2PrivateKey(derivedFrom: secret))
    }

    /// The signers of what a city's platform is told each day, by the ledger's profile. Their keys sign nothing else, so
    /// that no statement can pass for a checkpoint.
    package func dailySigners(_ algorithms: CryptographicProfile) -> [NoteSigner] {
        let name = "wenhui-daily/\(ledger)"
        guard let seed = Ed25519PrivateKey(seed: key.derived(for: name).bytes),
            let signer = NoteSigner(name: name, key: seed)
        else { preconditionFailure("32 bytes are a key, and this is a name") }
        switch algorithms {
        case .international: return [signer]
        case .guomi:
            let secret = SM2PrivateKey(derivedFrom: key.derivedWithSM3(for: name))
            return [signer, NoteSigner(name: signer.verifierKey.name, key: secret)]
        }
    }

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

package import Cryptography

/// A log's private key with its name, which signs texts and checkpoints (C2SP signed-note): by Ed25519, type 0x01,
/// or as a further line by SM2, type 0xff.
package struct NoteSigner: Sendable {
    /// What a verifier must have to check what this key signs.
    package let verifierKey: NoteVerifierKey
    private let key: Key

    private enum Key: Sendable {
        case ed25519(Ed25519PrivateKey)
        case sm2(SM2PrivateKey)
    }

    /// Takes a key that was kept, under the name that verifiers know it by.
    package init(name: KeyName, key: Ed25519PrivateKey) {
        verifierKey = NoteVerifierKey(name: name, publicKey: .ed25519(key.publicKey))
        self.key = .ed25519(key)
    }

    /// Takes a key for the further line of a 国密 ledger, under the same name.
    package init(name: KeyName, key: SM2PrivateKey) {
        verifierKey = NoteVerifierKey(name: name, publicKey: .sm2(key.publicKey))
        self.key = .sm2(key)
    }

    /// `nil` when the text is not a proper name.
    package init?(name: String, key: Ed25519PrivateKey) {
        guard let name = KeyName(name) else { return nil }
        self.init(name: name, key: key)
    }

    /// The signature line for a text.
    package func signature(of text: [UInt8]) -> NoteSignature {
        let bytes =
            switch key {
            case .ed25519(let key): key.signature(for: text)
            case .sm2(let key): key.signature(for: text)
            }
        return NoteSignature(name: verifierKey.name, keyID: verifierKey.id, bytes: bytes)
    }

    /// Signs a text, which ends in a newline and has no other control characters.
    package func sign(_ text: [UInt8]) throws(NoteError) -> SignedNote {
        try SignedNote(text: text, signatures: [signature(of: text)])
    }

    /// The signed checkpoint of the log that is named after this key, for one of its trees.
    package func checkpoint(_ head: TreeHead) -> SignedCheckpoint {
        let checkpoint = Checkpoint(origin: LogOrigin(verifierKey.name), head: head)
        do throws(NoteError) {
            return SignedCheckpoint(
                note: try sign(checkpoint.text), checkpoint: checkpoint, signers: [verifierKey],
                cosignatures: [])
        } catch {
            preconditionFailure("an origin of \(checkpoint.origin.bytes.count) bytes is too long for a note")
        }
    }
}

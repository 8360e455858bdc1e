package import Cryptography

/// A witness's private key with its name, which cosigns checkpoints (C2SP tlog-cosignature, type 0x04).
package struct CosignatureSigner: Sendable {
    /// What a verifier must have to check what this key cosigns.
    package let verifierKey: NoteVerifierKey
    private let key: Ed25519PrivateKey

    /// Takes a key that was kept, under the name that verifiers know it by.
    package init(name: KeyName, key: Ed25519PrivateKey) {
        verifierKey = NoteVerifierKey(name: name, publicKey: .cosignature(key.publicKey))
        self.key = key
    }

    /// `nil` when the text is not a proper name.
    package init?(name: String, key: Ed25519PrivateKey) {
        guard let name = KeyName(name) else { return nil }
        self.init(name: name, key: key)
    }

    /// The signature line by which the witness states that it saw this checkpoint, and no larger one, by
    /// `time`.
    ///
    /// It checks nothing: ``Witness`` does. Traps when the time, in seconds since 1970, is above 2⁶³ − 1.
    package func cosignature(of checkpoint: Checkpoint, at time: UInt64) -> NoteSignature {
        precondition(time <= Cosignature.latestTime, "a time beyond what a cosignature can tell")
        let signature = key.signature(for: Cosignature.message(checkpoint.text, time: time))
        return NoteSignature(
            name: verifierKey.name, keyID: verifierKey.id, bytes: time.bigEndianBytes + signature)
    }
}

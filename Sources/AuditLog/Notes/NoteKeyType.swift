/// The signature algorithms of notes that we know, by their identifier byte (C2SP signed-note, "Signature
/// types").
///
/// Every other type is unknown: its keys cannot be read and its signature lines are ignored, as verifiers
/// must.
package enum NoteKeyType: UInt8, Hashable, Sendable {
    /// Ed25519 over the text: what a log signs its checkpoints with.
    case ed25519 = 0x01
    /// Ed25519 over a time and the text: what a witness cosigns with (C2SP tlog-cosignature, cosignature/v1).
    case cosignature = 0x04
    /// SM2 with SM3 over the text: what the log of a 国密 ledger signs with besides Ed25519.
    ///
    /// The byte is that of all types without one of their own; ``NotePublicKey/sm2Identifier`` says which it is.
    /// To a verifier that does not know it, it is a line of some unknown key.
    case sm2 = 0xff
}

/// The signature algorithms of notes that we know, by their identifier byte (C2SP signed-note, "Signature
/// types").
///
/// Every other type is unknown: its keys cannot be read and its signature lines are ignored, as verifiers
/// must. So a line of type 0xff, such as one by SM2 with SM3, disturbs nobody; when such keys are to be
/// verified, they get a case here, and the compiler asks for the length of their keys and for what their
/// signatures say.
package enum NoteKeyType: UInt8, Hashable, Sendable {
    /// Ed25519 over the text: what a log signs its checkpoints with.
    case ed25519 = 0x01
    /// Ed25519 over a time and the text: what a witness cosigns with (C2SP tlog-cosignature, cosignature/v1).
    case cosignature = 0x04
}

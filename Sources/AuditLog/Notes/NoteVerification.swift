/// Which known keys signed a note: the result of a verification, for whoever decides whether they suffice.
package struct NoteVerification: Hashable, Sendable {
    /// The keys that signed the text as it is, in the order of their lines.
    package internal(set) var signers: [NoteVerifierKey] = []
    /// The keys that cosigned it, each with its time, in the order of their lines.
    package internal(set) var cosignatures: [Cosignature] = []
}

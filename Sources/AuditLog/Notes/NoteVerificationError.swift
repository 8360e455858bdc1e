/// Why a well-formed note is not to be believed.
package enum NoteVerificationError: Error, Equatable, Sendable {
    /// None of the known keys signed.
    case noKnownSignature
    /// A line names a known key, whose signature it is not.
    case badSignature(KeyName, id: UInt32)
    /// Two different known keys have this name and ID: one of them was made to collide.
    case ambiguousKey(KeyName, id: UInt32)
}

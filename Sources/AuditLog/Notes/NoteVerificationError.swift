/// Why a well-formed note is not to be believed.
package enum NoteVerificationError: Error, Equatable, Sendable {
    /// None of the known keys signed.
    case noKnownSignature
    /// A line names a known key, whose signature it is not.
    case badSignature(KeyName, id: UInt32)
    /// Two different known keys have this name and ID: one of them was made to collide.
    case ambiguousKey(KeyName, id: UInt32)
}

extension NoteVerificationError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .noKnownSignature: "no known key has signed it"
        case .badSignature(let name, _): "the signature of \(name) is not right for its text"
        case .ambiguousKey(let name, _): "two known keys of \(name) have the same ID"
        }
    }
}

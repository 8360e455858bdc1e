/// Why bytes are not a request to a witness (C2SP tlog-witness, "add-checkpoint").
package enum AddCheckpointRequestError: Error, Equatable, Sendable {
    /// Longer than ``AddCheckpointRequest/maximumLength``.
    case tooLong
    /// The first line is not `old` and a decimal number below 2⁶³ without leading zeros.
    case oldSize
    /// The lines of the proof.
    case proof(HashListError)
    /// The checkpoint's note.
    case note(NoteError)
}

extension AddCheckpointRequestError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .tooLong: "it is longer than \(AddCheckpointRequest.maximumLength) bytes"
        case .oldSize: "its first line is not “old” and a number"
        case .proof(let error): "its proof: \(error)"
        case .note(let error): "its checkpoint: \(error)"
        }
    }
}

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

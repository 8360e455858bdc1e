/// Why a note is not a checkpoint of the log that was asked about.
package enum CheckpointOpeningError: Error, Equatable, Sendable {
    /// Not a signed note.
    case note(NoteError)
    /// A note, but its text is not a checkpoint.
    case text(CheckpointError)
    /// A checkpoint of another log.
    case foreignOrigin(LogOrigin)
    /// A known key's signature is bad, or no known key signed at all.
    case signatures(NoteVerificationError)
    /// Witnesses signed, but none of the log's keys did.
    case notSignedByLog
    /// A witness's reply has no cosignature of a key that was asked.
    case notCosigned
}

extension CheckpointOpeningError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .note(let error): "\(error)"
        case .text(let error): "\(error)"
        case .foreignOrigin(let origin): "it is one of another log, \(origin)"
        case .signatures(let error): "\(error)"
        case .notSignedByLog: "witnesses have signed it, and the log has not"
        case .notCosigned: "the witness has not cosigned it"
        }
    }
}

/// Why bytes are not a signed note (C2SP signed-note, "Format").
package enum NoteError: Error, Equatable, Sendable {
    /// Longer than ``SignedNote/maximumLength``.
    case tooLong
    /// The text or the last signature line does not end in a newline.
    case unterminated
    /// The text is not UTF-8.
    case notUTF8
    /// The text has a control character other than newline, such as a carriage return.
    case controlCharacter(offset: Int)
    /// No empty line with signatures below it.
    case noSignatures
    /// More than ``SignedNote/maximumSignatures``.
    case tooManySignatures
    /// This signature line, counted from 1, is refused.
    case signature(number: Int, SignatureLineError)
}

extension NoteError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .tooLong: "it is longer than \(SignedNote.maximumLength) bytes"
        case .unterminated: "it does not end with a newline; it may have been cut off"
        case .notUTF8: "it is not UTF-8"
        case .controlCharacter(let offset): "byte \(offset) is a control character"
        case .noSignatures: "it has no signatures"
        case .tooManySignatures: "it has more than \(SignedNote.maximumSignatures) signatures"
        case .signature(let number, let error): "signature line \(number): \(error)"
        }
    }
}

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

/// Why the text of a note is not a checkpoint of ours.
package enum CheckpointError: Error, Equatable, Sendable {
    /// Fewer than three lines that end in a newline.
    case missingLine
    /// The first line is empty, or has a control character.
    case origin
    /// The second line is not a decimal number below 2⁶³ without leading zeros.
    case size
    /// The third line is not canonical base64 of 32 bytes.
    case root
    /// Something follows the third line.
    case extensionLine
}

extension CheckpointError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .missingLine: "its text has fewer than three lines"
        case .origin: "its first line is not the name of a log"
        case .size: "its second line is not a number of events"
        case .root: "its third line is not a root hash"
        case .extensionLine: "something follows its third line"
        }
    }
}

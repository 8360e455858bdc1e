/// Why a line of a note's last part is not one more signature.
package enum SignatureLineError: Error, Equatable, Sendable {
    /// Not em dash, space, name, space and base64.
    case notASignature
    /// A name that is empty or has a space, a plus or a control character.
    case name
    /// Not canonical base64 with padding.
    case base64
    /// Shorter than a key's ID and one byte of signature.
    case tooShort
    /// An earlier line names the same key.
    case repeatedKey
}

extension SignatureLineError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .notASignature: "it is not a dash, a name and base64"
        case .name: "the name is empty or has a space, a plus or a control character"
        case .base64: "the signature is not base64"
        case .tooShort: "the signature is too short"
        case .repeatedKey: "an earlier line is of the same key"
        }
    }
}

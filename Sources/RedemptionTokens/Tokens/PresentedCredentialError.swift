package import CBOR

/// Why bytes are not a credential and a presentation.
package enum PresentedCredentialError: Error, Equatable, Sendable {
    /// They are not an array of two byte strings.
    case array(CBORError)
    case credential(TokenFormatError)
    case presentation(TokenFormatError)
}

extension PresentedCredentialError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .array(let error): "it is not a credential and a presentation: \(error)"
        case .credential(let error): "its credential: \(error)"
        case .presentation(let error): "its presentation: \(error)"
        }
    }
}

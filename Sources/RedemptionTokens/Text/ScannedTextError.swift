/// Why what was scanned or typed at a till is nothing that a till can take.
package enum ScannedTextError: Error, Equatable, Sendable {
    /// Nothing but blanks.
    case empty
    /// Longer than ``ScannedText/maximumLength``.
    case tooLong
    /// Ours, but in small letters: the scanner or the keyboard changes them.
    case smallLetters
    /// Something else altogether: a link, a payment code, a price tag.
    case foreign
    /// Of a kind that this version does not know.
    case unknownKind
    case base45(Base45Error)
    case online(TokenFormatError)
    case offline(PresentedCredentialError)
    case paper(PaperVoucherError)
    case typed(TypedCodeError)
}

extension ScannedTextError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .empty: "nothing was scanned"
        case .tooLong: "it is longer than any voucher code"
        case .smallLetters:
            "its capitals were changed to small letters; check caps lock and the scanner's settings"
        case .foreign: "it is no voucher code; perhaps it is a link, a payment code or a price tag"
        case .unknownKind:
            "it is a voucher code of a kind that is not known here; this till may need an update"
        case .base45(let error): error.description
        case .online(let error): error.description
        case .offline(let error): error.description
        case .paper(let error): error.description
        case .typed(let error): error.description
        }
    }
}

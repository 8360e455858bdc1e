/// Why the lines of a proof, in a receipt or in a request to a witness, are not a list of hashes.
package enum HashListError: Error, Equatable, Sendable {
    /// This line, counted from 1, is not canonical base64 of 32 bytes.
    case malformed(number: Int)
    /// More lines than ``maximumCount``.
    case tooMany
    /// No empty line ends the list.
    case unterminated

    /// The longest proof: no tree has more than 63 levels (C2SP tlog-witness, "add-checkpoint").
    package static let maximumCount = 63
}

extension HashListError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .malformed(let number): "hash \(number) is not 32 bytes in base64"
        case .tooMany: "there are more than \(Self.maximumCount) hashes"
        case .unterminated: "no empty line ends the hashes"
        }
    }
}

/// Why a text is not a verifier key of ours.
package enum VerifierKeyError: Error, Equatable, Sendable {
    /// Not `name+id+key` with a proper name and canonical base64.
    case malformed
    /// The ID is not the one that name, type and key give, or not in lower case.
    case id(expected: String)
    /// A key for an algorithm that we do not verify.
    case unknownType(UInt8)
    /// An Ed25519 key is 32 bytes long; this one is not.
    case keyLength(Int)
    /// An SM2 key is a compressed point of 33 bytes; this one is not.
    case noPoint
}

extension VerifierKeyError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .malformed: "it is not name+ID+key"
        case .id(let expected): "its ID does not fit its name and key, which give \(expected)"
        case .unknownType(let type): "it is for algorithm \(type), which is not known here"
        case .keyLength(let length): "an Ed25519 key has 32 bytes, not \(length)"
        case .noPoint: "an SM2 key is a compressed point of the curve in 33 bytes, which this one is not"
        }
    }
}

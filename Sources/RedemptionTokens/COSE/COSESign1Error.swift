package import CBOR

/// Why bytes are not a COSE_Sign1 in the one form that we take (see ``COSESign1``).
package enum COSESign1Error: Error, Equatable, Sendable {
    /// Tag 18 does not come first.
    case untagged
    /// The four parts are not as they should be; bytes are counted after the tag.
    case message(CBORError)
    /// The protected header has something else than algorithm and key ID; bytes are counted inside it.
    case header(CBORError)
    /// An algorithm that we do not verify.
    case unknownAlgorithm(Int64)
    /// The signature is not as long as the algorithm's are.
    case signatureLength(Int)
    /// Written again, it would have other bytes.
    case notCanonical
}

extension COSESign1Error: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .untagged: "it is not tagged as a COSE_Sign1"
        case .message(let error): "its parts: \(error)"
        case .header(let error): "its protected header: \(error)"
        case .unknownAlgorithm(let number): "it is signed by algorithm \(number), which is not known here"
        case .signatureLength(let length):
            "its signature has \(length) bytes, which is not the algorithm's length"
        case .notCanonical: "it is not in its one canonical form"
        }
    }
}

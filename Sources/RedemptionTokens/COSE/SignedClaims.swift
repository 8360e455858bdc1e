package import CBOR

/// What can be the payload of a signed message: a map of integer labels, ascending in deterministic order.
///
/// No two kinds have the same set of labels, so one never passes for another.
package protocol TokenClaims: CBORCodable, Hashable, Sendable {}

/// A signed message whose payload has been read; nothing is verified yet.
package struct SignedClaims<Claims: TokenClaims>: Hashable, Sendable {
    /// What the payload says.
    package let claims: Claims
    /// The message that it came in.
    package let message: COSESign1

    /// Signs claims, under the key's own ID where no other is given.
    package init(signing claims: Claims, by signer: TokenSigner, keyID: TokenKeyID? = nil) {
        self.claims = claims
        message = COSESign1(signing: claims.cborBytes, by: signer, keyID: keyID)
    }

    /// Reads a message, all of `bytes`.
    package init(_ bytes: [UInt8]) throws(TokenFormatError) {
        do throws(COSESign1Error) {
            message = try COSESign1(bytes)
        } catch {
            throw .message(error)
        }
        do throws(CBORError) {
            claims = try Claims(cborBytes: message.payload)
        } catch {
            throw .claims(error)
        }
        // The decoders are strict; this holds even where one of them should err.
        guard claims.cborBytes == message.payload else { throw .message(.notCanonical) }
    }

    /// The message.
    package var bytes: [UInt8] { message.bytes }
}

/// Why bytes are not a signed message of the wanted kind.
package enum TokenFormatError: Error, Equatable, Sendable {
    /// It is no COSE_Sign1 of ours.
    case message(COSESign1Error)
    /// The payload has other claims, or a value that is out of its range; bytes are counted inside it.
    case claims(CBORError)
}

extension TokenFormatError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .message(let error): error.description
        case .claims(let error): "its claims: \(error)"
        }
    }
}

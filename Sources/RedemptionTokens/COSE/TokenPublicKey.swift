package import Cryptography

/// A public key together with the one algorithm that it is for.
package enum TokenPublicKey: Equatable, Sendable {
    case ed25519(Ed25519PublicKey)
    case es256(P256PublicKey)
    case sm2(SM2PublicKey)

    /// Reads a key as lists hold it: 32 bytes for Ed25519, a compressed point of 33 for P-256 and
    /// SM2; `nil` for anything that is no key of the algorithm.
    package init?(_ algorithm: TokenAlgorithm, bytes: [UInt8]) {
        switch algorithm {
        case .ed25519:
            guard let key = Ed25519PublicKey(bytes: bytes) else { return nil }
            self = .ed25519(key)
        case .es256:
            guard let key = P256PublicKey(compressed: bytes) else { return nil }
            self = .es256(key)
        case .sm2:
            guard let key = SM2PublicKey(compressed: bytes) else { return nil }
            self = .sm2(key)
        }
    }

    /// The algorithm that the key is for.
    package var algorithm: TokenAlgorithm {
        switch self {
        case .ed25519: .ed25519
        case .es256: .es256
        case .sm2: .sm2
        }
    }

    /// The key as lists hold it.
    package var bytes: [UInt8] {
        switch self {
        case .ed25519(let key): key.bytes
        case .es256(let key): key.compressed
        case .sm2(let key): key.compressed
        }
    }

    /// What `signature` is to `message`.
    package func verify(_ signature: [UInt8], for message: [UInt8]) -> SignatureVerdict {
        switch self {
        case .ed25519(let key):
            return key.isValid(signature, for: message) ? .valid : .invalid
        case .es256(let key):
            guard key.isValid(signature, for: message) else { return .invalid }
            return P256PublicKey.isLowS(signature) ? .valid : .highS
        case .sm2(let key):
            // One form only: the other s that goes with an r is −(s + 2rd/(1 + d)), which takes the private key d,
            // and whoever knows both can compute d.
            return key.isValid(signature, for: message) ? .valid : .invalid
        }
    }
}

/// What a signature is to a message.
package enum SignatureVerdict: Equatable, Sendable {
    case valid
    /// By this key, but in the form of the two that is refused (see `P256PublicKey.isLowS`).
    case highS
    case invalid
}

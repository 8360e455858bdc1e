package import Cryptography

/// A private key together with the one algorithm that it is for: the issuer's, a device's, or a list's.
package enum TokenSigner: Sendable {
    case ed25519(Ed25519PrivateKey)
    case es256(P256PrivateKey)
    case sm2(SM2PrivateKey)

    /// The key that verifies what this one signs.
    package var publicKey: TokenPublicKey {
        switch self {
        case .ed25519(let key): .ed25519(key.publicKey)
        case .es256(let key): .es256(key.publicKey)
        case .sm2(let key): .sm2(key.publicKey)
        }
    }

    /// The 64 bytes of the signature of `message`.
    package func signature(for message: [UInt8]) -> [UInt8] {
        switch self {
        case .ed25519(let key): key.signature(for: message)
        case .es256(let key): key.signature(for: message)
        case .sm2(let key): key.signature(for: message)
        }
    }
}

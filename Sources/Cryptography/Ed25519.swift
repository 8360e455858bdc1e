import Crypto
import Foundation

/// An Ed25519 private key (RFC 8032), for signing checkpoints and cosignatures.
package struct Ed25519PrivateKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// Reads the 32 bytes of the seed; `nil` for any other number.
    package init?(seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
        self.key = key
    }

    private init(_ key: Curve25519.Signing.PrivateKey) { self.key = key }

    /// A new key from the system's random generator.
    package static func random() -> Ed25519PrivateKey { Ed25519PrivateKey(Curve25519.Signing.PrivateKey()) }

    /// The 32 secret bytes that a key file holds.
    package var seed: [UInt8] { Array(key.rawRepresentation) }

    package var publicKey: Ed25519PublicKey { Ed25519PublicKey(key.publicKey) }

    /// The 64 bytes of the signature of `message`.
    package func signature(for message: [UInt8]) -> [UInt8] {
        // Signing with a valid key cannot fail; the library's interface throws for other kinds of key.
        guard let signature = try? key.signature(for: message) else {
            preconditionFailure("an Ed25519 key could not sign")
        }
        return Array(signature)
    }
}

/// An Ed25519 public key (RFC 8032).
package struct Ed25519PublicKey: Sendable, Equatable {
    private let key: Curve25519.Signing.PublicKey

    /// Reads the 32 bytes of an encoded point; `nil` for any other number.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return nil
        }
        self.key = key
    }

    init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

    package var bytes: [UInt8] { Array(key.rawRepresentation) }

    /// Whether `signature` is this key's signature of `message`.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        key.isValidSignature(signature, for: message)
    }

    package static func == (left: Ed25519PublicKey, right: Ed25519PublicKey) -> Bool {
        left.bytes == right.bytes
    }
}

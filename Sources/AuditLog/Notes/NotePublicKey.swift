package import Cryptography

/// A public key together with the one type of signature that it is for.
package enum NotePublicKey: Equatable, Sendable {
    case ed25519(Ed25519PublicKey)
    case cosignature(Ed25519PublicKey)
    case sm2(SM2PublicKey)

    /// What follows the byte 0xff of an SM2 key, as C2SP recommends for types without a byte of their own, and
    /// tells it from every other such type.
    package static let sm2Identifier = Array("wenhui/sm2-with-sm3/v1".utf8)

    /// The type of the signatures that it verifies.
    package var type: NoteKeyType {
        switch self {
        case .ed25519: .ed25519
        case .cosignature: .cosignature
        case .sm2: .sm2
        }
    }

    /// The key alone: 32 bytes of Ed25519, 33 of a compressed point of SM2.
    package var bytes: [UInt8] {
        switch self {
        case .ed25519(let key), .cosignature(let key): key.bytes
        case .sm2(let key): key.compressed
        }
    }

    /// What key IDs are computed over and text forms hold: the type's byte, its identifier if it has one, the key.
    var encoded: [UInt8] { [type.rawValue] + (type == .sm2 ? NotePublicKey.sm2Identifier : []) + bytes }

    /// Reads ``encoded``.
    init(encoded: [UInt8]) throws(VerifierKeyError) {
        guard let first = encoded.first else { throw .malformed }
        let rest = Array(encoded.dropFirst())
        switch NoteKeyType(rawValue: first) {
        case .ed25519, .cosignature:
            guard let key = Ed25519PublicKey(bytes: rest) else { throw .keyLength(rest.count) }
            self = first == NoteKeyType.ed25519.rawValue ? .ed25519(key) : .cosignature(key)
        case .sm2:
            guard rest.starts(with: NotePublicKey.sm2Identifier) else { throw .unknownType(first) }
            let point = Array(rest.dropFirst(NotePublicKey.sm2Identifier.count))
            guard let key = SM2PublicKey(compressed: point) else { throw .noPoint }
            self = .sm2(key)
        case nil: throw .unknownType(first)
        }
    }

    /// Whether `signature` is this key's signature of `message`.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        switch self {
        case .ed25519(let key), .cosignature(let key):
            signature.count == 64 && key.isValid(signature, for: message)
        case .sm2(let key): key.isValid(signature, for: message)
        }
    }
}

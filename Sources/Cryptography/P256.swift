import Crypto
import Foundation

/// An ECDSA private key on the curve P-256 (FIPS 186-5), such as a resident's phone signs with.
package struct P256PrivateKey: Sendable {
    private let key: P256.Signing.PrivateKey

    /// Reads the 32 bytes of the scalar; `nil` for another number of bytes, zero, or the group's order and
    /// above.
    package init?(scalar: [UInt8]) {
        guard scalar.count == 32, let key = try? P256.Signing.PrivateKey(rawRepresentation: scalar) else {
            return nil
        }
        self.key = key
    }

    private init(_ key: P256.Signing.PrivateKey) { self.key = key }

    /// A new key from the system's random generator.
    package static func random() -> P256PrivateKey { P256PrivateKey(P256.Signing.PrivateKey()) }

    /// The 32 secret bytes that a key file holds.
    package var scalar: [UInt8] { Array(key.rawRepresentation) }

    package var publicKey: P256PublicKey { P256PublicKey(key.publicKey) }

    /// The 64 bytes r‖s (IEEE P1363) of a signature of `message`'s SHA-256 digest, with the lower of the two
    /// possible s.
    package func signature(for message: [UInt8]) -> [UInt8] {
        // Signing with a valid key cannot fail; the library's interface throws for other kinds of key.
        guard let signature = try? key.signature(for: message) else {
            preconditionFailure("a P-256 key could not sign")
        }
        let bytes = Array(signature.rawRepresentation)
        return P256PublicKey.isLowS(bytes) ? bytes : bytes[..<32] + negated(bytes[32...])
    }
}

/// An ECDSA public key on the curve P-256 (FIPS 186-5).
package struct P256PublicKey: Sendable, Equatable {
    private let key: P256.Signing.PublicKey

    /// Reads the 33 bytes of a compressed point (SEC 1 §2.3.3); `nil` for anything that is no point of the
    /// curve.
    package init?(compressed bytes: [UInt8]) {
        guard bytes.count == 33, bytes[0] == 2 || bytes[0] == 3,
            let key = try? P256.Signing.PublicKey(compressedRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    /// Reads the 65 bytes of an uncompressed point (ANSI X9.63); `nil` for anything that is no point of the
    /// curve.
    package init?(x963 bytes: [UInt8]) {
        guard bytes.count == 65, bytes[0] == 4,
            let key = try? P256.Signing.PublicKey(x963Representation: bytes)
        else { return nil }
        self.key = key
    }

    /// Finds the point with this abscissa of 32 bytes whose ordinate is odd or even, as COSE keys name it
    /// (RFC 9053 §7.1.1).
    package init?(x: [UInt8], isYOdd: Bool) { self.init(compressed: [isYOdd ? 3 : 2] + x) }

    init(_ key: P256.Signing.PublicKey) { self.key = key }

    /// The 33 bytes of the compressed point: 2 or 3, and the abscissa.
    package var compressed: [UInt8] { Array(key.compressedRepresentation) }

    /// The 65 bytes of the uncompressed point: 4, the abscissa and the ordinate.
    package var x963: [UInt8] { Array(key.x963Representation) }

    /// Whether `signature`, r‖s of 64 bytes, is this key's signature of `message`; of s and n − s either is
    /// accepted.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
            return false
        }
        return key.isValidSignature(signature, for: message)
    }

    /// Whether the s of a signature, r‖s of 64 bytes, is at most half of the group's order.
    ///
    /// Anybody can turn a signature into another valid one with n − s; who needs a signature's bytes to be
    /// unique refuses the upper half.
    package static func isLowS(_ signature: [UInt8]) -> Bool {
        signature.count == 64 && !halfOrder.lexicographicallyPrecedes(signature[32...])
    }

    package static func == (left: P256PublicKey, right: P256PublicKey) -> Bool {
        left.compressed == right.compressed
    }
}

/// The order of P-256's group, n, big-endian (SEC 2 §2.4.2).
private let order: [UInt8] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
]

/// (n − 1) / 2, big-endian.
private let halfOrder: [UInt8] = [
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
]

/// n − `value`, both big-endian and `value` below n.
private func negated(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var borrow = 0
    var result: [UInt8] = []
    for (minuend, subtrahend) in zip(order, value).reversed() {
        let difference = Int(minuend) - Int(subtrahend) - borrow
        borrow = difference < 0 ? 1 : 0
        result.append(UInt8(truncatingIfNeeded: difference))
    }
    return result.reversed()
}

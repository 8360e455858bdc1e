import CBOR
import Cryptography

extension TokenPublicKey {
    /// The key as other programs read it: a SubjectPublicKeyInfo in DER (RFC 5280 §4.1.2.7).
    ///
    /// Of Ed25519 as RFC 8410 §4 has it, of the curves as RFC 5480 §2.1.1 and GM/T 0010-2012 §7.1 do. What comes
    /// before the key is always the same.
    package var subjectPublicKeyInfo: [UInt8] {
        let curve: [UInt8] = [0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]
        return switch self {
        case .ed25519(let key): [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0] + key.bytes
        case .es256(let key):
            curve + [6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7, 3, 0x42, 0] + key.x963
        // The curve is 1.2.156.10197.1.301.
        case .sm2(let key):
            curve + [6, 8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x82, 0x2d, 3, 0x42, 0] + key.bytes
        }
    }

    /// ``subjectPublicKeyInfo`` as text (RFC 7468 §13), with lines of 64 characters.
    package var pem: String {
        let digits = Array(subjectPublicKeyInfo.base64.utf8)
        let lines = stride(from: 0, to: digits.count, by: 64).map {
            String(decoding: digits[$0..<min($0 + 64, digits.count)], as: UTF8.self) + "\n"
        }
        return "-----BEGIN PUBLIC KEY-----\n\(lines.joined())-----END PUBLIC KEY-----\n"
    }

    /// The key as a COSE_Key (RFC 9052 §7): key type, ID, algorithm, curve, and the key or both coordinates of the
    /// point (RFC 9053 §7).
    ///
    /// - Parameter id: what headers name it by.
    package func coseKey(id: TokenKeyID) -> [UInt8] {
        var encoder = CBOREncoder(capacity: 128)
        encoder.beginMap(count: point == nil ? 5 : 6)
        encoder.write(integer: 1)
        encoder.write(integer: point == nil ? 1 : 2)
        encoder.write(integer: 2)
        id.encode(to: &encoder)
        encoder.write(integer: 3)
        encoder.write(integer: algorithm.rawValue)
        encoder.write(integer: -1)
        encoder.write(integer: curve)
        encoder.write(integer: -2)
        encoder.write(bytes: point?[1...32] ?? bytes[...])
        if let point {
            encoder.write(integer: -3)
            encoder.write(bytes: point[33...])
        }
        return encoder.bytes
    }

    /// The uncompressed point of a key on a curve of two coordinates.
    private var point: [UInt8]? {
        switch self {
        case .ed25519: nil
        case .es256(let key): key.x963
        case .sm2(let key): key.bytes
        }
    }

    /// The number of the curve; SM2's is as unregistered as its algorithm, and has the same number.
    private var curve: Int64 {
        switch self {
        case .ed25519: 6
        case .es256: 1
        case .sm2: TokenAlgorithm.sm2.rawValue
        }
    }
}

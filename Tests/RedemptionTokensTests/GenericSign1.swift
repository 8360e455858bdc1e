import CBOR
import Cryptography

/// A reader of any COSE_Sign1 (RFC 9052 §4.2), for messages that others made: any header, tag or none, the
/// algorithm in either bucket.
///
/// It builds the Sig_structure on its own, so what it accepts of ours, others accept too.
struct GenericSign1 {
    let algorithm: Int64
    let protected: [UInt8]
    let payload: [UInt8]
    let signature: [UInt8]

    /// `nil` for anything that is no COSE_Sign1.
    init?(_ bytes: [UInt8]) {
        var decoder = CBORDecoder(bytes.first == 0xd2 ? Array(bytes.dropFirst()) : bytes)
        guard (try? decoder.enterArray()) == 4, let protected = try? decoder.readBytes(),
            let unprotected = GenericSign1.algorithm(in: &decoder), let payload = try? decoder.readBytes(),
            let signature = try? decoder.readBytes(), decoder.isAtEnd
        else { return nil }
        var header = CBORDecoder(protected)
        guard let named = protected.isEmpty ? .some(nil) : GenericSign1.algorithm(in: &header),
            let algorithm = named ?? unprotected
        else { return nil }
        self.algorithm = algorithm
        self.protected = protected
        self.payload = payload
        self.signature = signature
    }

    /// The Sig_structure (RFC 9052 §4.4).
    func signedBytes(external: [UInt8] = []) -> [UInt8] {
        func string(_ major: UInt8, _ bytes: [UInt8]) -> [UInt8] {
            bytes.count < 24
                ? [major | UInt8(bytes.count)] + bytes
                : bytes.count < 256
                    ? [major | 24, UInt8(bytes.count)] + bytes
                    : [major | 25, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
        }
        // An empty map counts as no header at all (RFC 9052 §3).
        let header = protected == [0xa0] ? [] : protected
        return [0x84] + string(0x60, Array("Signature1".utf8)) + string(0x40, header)
            + string(0x40, external) + string(0x40, payload)
    }

    func isValid(ed25519 key: Ed25519PublicKey, external: [UInt8] = []) -> Bool {
        [-8, -19].contains(algorithm) && key.isValid(signature, for: signedBytes(external: external))
    }

    func isValid(p256 key: P256PublicKey, external: [UInt8] = []) -> Bool {
        algorithm == -7 && key.isValid(signature, for: signedBytes(external: external))
    }

    /// The algorithm in a header map, none where it has none; `nil` for what is no such map.
    private static func algorithm(in decoder: inout CBORDecoder) -> Int64?? {
        guard let count = try? decoder.enterMap() else { return nil }
        var algorithm: Int64?
        for _ in 0..<count {
            guard let label = try? decoder.readInteger() else { return nil }
            if label == 1 {
                guard let number = try? decoder.readInteger() else { return nil }
                algorithm = number
                continue
            }
            let copy = decoder
            if (try? decoder.readInteger()) != nil { continue }
            decoder = copy
            guard (try? decoder.readBytes()) != nil else { return nil }
        }
        decoder.leave()
        return .some(algorithm)
    }
}

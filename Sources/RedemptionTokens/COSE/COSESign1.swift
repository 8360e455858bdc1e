import CBOR

/// One payload and one signature: COSE_Sign1 (RFC 9052 §4.2) in the one form that our tokens and lists have.
///
/// Tag 18, a protected header of exactly algorithm and key ID, an empty unprotected one, deterministic CBOR.
/// Nothing is verified by reading; reading and ``bytes`` are inverse.
package struct COSESign1: Hashable, Sendable {
    /// The algorithm that the header claims.
    package let algorithm: TokenAlgorithm
    /// The key that the header claims.
    package let keyID: TokenKeyID
    /// What was signed.
    package let payload: [UInt8]
    /// The signature, as long as the algorithm wants.
    package let signature: [UInt8]

    /// Signs a payload, under the key's own ID where no other is given.
    package init(signing payload: [UInt8], by signer: TokenSigner, keyID: TokenKeyID? = nil) {
        let key = signer.publicKey
        algorithm = key.algorithm
        self.keyID = keyID ?? TokenKeyID(of: key)
        self.payload = payload
        let header = COSESign1.header(algorithm, self.keyID)
        signature = signer.signature(for: COSESign1.signedBytes(header: header, payload: payload))
    }

    /// Puts a message together from what was kept of it; nothing is verified.
    init(_ payload: [UInt8], _ algorithm: TokenAlgorithm, _ keyID: TokenKeyID, signature: [UInt8]) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.payload = payload
        self.signature = signature
    }

    /// Reads a message, all of `bytes`.
    package init(_ bytes: [UInt8]) throws(COSESign1Error) {
        let parts = try COSESign1.parts(of: bytes)
        let (number, keyID) = try COSESign1.claims(ofHeader: parts.header)
        guard let algorithm = TokenAlgorithm(rawValue: number) else { throw .unknownAlgorithm(number) }
        guard parts.signature.count == algorithm.signatureLength else {
            throw .signatureLength(parts.signature.count)
        }
        self.algorithm = algorithm
        self.keyID = keyID
        payload = parts.payload
        signature = parts.signature
        // The decoders above are strict; this holds even where one of them should err.
        guard self.bytes == bytes else { throw .notCanonical }
    }

    /// The message.
    package var bytes: [UInt8] {
        var encoder = CBOREncoder(capacity: payload.count + 96)
        encoder.beginArray(count: 4)
        encoder.write(bytes: COSESign1.header(algorithm, keyID))
        encoder.beginMap(count: 0)
        encoder.write(bytes: payload)
        encoder.write(bytes: signature)
        return [COSESign1.tag] + encoder.bytes
    }

    /// What the signature is to the message, under this key; ``SignatureVerdict/invalid`` also where the
    /// header claims another algorithm than the key is for.
    package func verify(with key: TokenPublicKey) -> SignatureVerdict {
        guard key.algorithm == algorithm else { return .invalid }
        let header = COSESign1.header(algorithm, keyID)
        return key.verify(signature, for: COSESign1.signedBytes(header: header, payload: payload))
    }

    /// Tag 18 (RFC 9052 §4.2).
    private static let tag: UInt8 = 0xd2
    /// The label of the algorithm in a header (RFC 9052 §3.1).
    private static let algorithmLabel: Int64 = 1
    /// The label of the key ID in a header (RFC 9052 §3.1).
    private static let keyIDLabel: Int64 = 4

    /// The Sig_structure, without external data (RFC 9052 §4.4).
    private static func signedBytes(header: [UInt8], payload: [UInt8]) -> [UInt8] {
        var encoder = CBOREncoder(capacity: payload.count + 48)
        encoder.beginArray(count: 4)
        encoder.write(text: "Signature1")
        encoder.write(bytes: header)
        encoder.write(bytes: [])
        encoder.write(bytes: payload)
        return encoder.bytes
    }

    private static func header(_ algorithm: TokenAlgorithm, _ keyID: TokenKeyID) -> [UInt8] {
        var encoder = CBOREncoder(capacity: 16)
        encoder.beginMap(count: 2)
        encoder.write(integer: algorithmLabel)
        encoder.write(integer: algorithm.rawValue)
        encoder.write(integer: keyIDLabel)
        keyID.encode(to: &encoder)
        return encoder.bytes
    }

    private struct Parts {
        var header: [UInt8]
        var payload: [UInt8]
        var signature: [UInt8]
    }

    private static func parts(of bytes: [UInt8]) throws(COSESign1Error) -> Parts {
        guard bytes.first == tag else { throw .untagged }
        do throws(CBORError) {
            var decoder = CBORDecoder(Array(bytes.dropFirst()))
            try decoder.enterArray(of: 4)
            let header = try decoder.readBytes()
            try decoder.enterMap(of: 0)
            decoder.leave()
            let parts = Parts(
                header: header, payload: try decoder.readBytes(), signature: try decoder.readBytes())
            decoder.leave()
            try decoder.finish()
            return parts
        } catch {
            throw .message(error)
        }
    }

    private static func claims(ofHeader bytes: [UInt8]) throws(COSESign1Error) -> (Int64, TokenKeyID) {
        do throws(CBORError) {
            var decoder = CBORDecoder(bytes)
            try decoder.enterMap(of: 2)
            try decoder.read(label: algorithmLabel)
            let number = try decoder.readInteger()
            try decoder.read(label: keyIDLabel)
            let keyID = try TokenKeyID(from: &decoder)
            decoder.leave()
            try decoder.finish()
            return (number, keyID)
        } catch {
            throw .header(error)
        }
    }
}

import COpenSSL

/// An SM2 private key (GB/T 32918), for signing in the 国密 profile.
package struct SM2PrivateKey: Sendable {
    private let secret: SecretKey
    private let key: SM2KeyHandle
    package let publicKey: SM2PublicKey

    /// Reads the 32 bytes of the scalar, big-endian; `nil` unless it is from 1 to n − 2 (GB/T 32918.1 §6.1).
    package init?(scalar: [UInt8]) {
        guard let secret = SecretKey(bytes: scalar), SM2Curve.isPrivateKey(scalar) else { return nil }
        let point = SM2Curve.publicPoint(of: scalar)
        guard let publicKey = SM2PublicKey(bytes: point) else {
            preconditionFailure("a scalar leads to a point of the curve")
        }
        self.secret = secret
        self.publicKey = publicKey
        key = SM2KeyHandle(point: point, scalar: scalar)
    }

    /// A new key from the system's random generator.
    package static func random() -> SM2PrivateKey {
        // All but one in four thousand million numbers of 32 bytes are keys.
        while true {
            if let key = SM2PrivateKey(scalar: SecureRandom.bytes(32)) { return key }
        }
    }

    /// The key that follows from a secret, always the same: the first number derived from it that is a key (the
    /// method of FIPS 186-5 §A.2.2).
    package init(derivedFrom secret: SecretKey) {
        var attempt = 0
        while true {
            if let key = SM2PrivateKey(scalar: secret.derivedWithSM3(for: "SM2 \(attempt)").bytes) {
                self = key
                return
            }
            attempt += 1
        }
    }

    /// The 32 secret bytes that a key file holds.
    package var scalar: [UInt8] { secret.bytes }

    /// The 64 bytes r ‖ s of a signature of `message` with SM3, different every time.
    package func signature(for message: [UInt8]) -> [UInt8] {
        let encoded = key.withContext(EVP_DigestSignInit) { context in
            var count = SM2Signature.encodedLimit
            return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
                let status = EVP_DigestSign(context, buffer.baseAddress, &count, message, message.count)
                OpenSSL.require(status == 1, "signing with SM2")
                written = count
            }
        }
        guard let signature = SM2Signature(encoded: encoded) else {
            preconditionFailure("OpenSSL encoded a signature of its own otherwise than in DER")
        }
        return signature.bytes
    }
}

/// An SM2 public key (GB/T 32918): a point of the curve.
package struct SM2PublicKey: Sendable, Equatable {
    /// The point uncompressed, in 65 bytes: 4, x and y (GB/T 32918.1 §4.2).
    package let bytes: [UInt8]
    private let key: SM2KeyHandle

    /// Reads a point in its 65 bytes or, compressed, in 33; `nil` for anything that is no point of the curve.
    package init?(bytes: [UInt8]) {
        guard let point = SM2Curve.uncompressed(bytes) else { return nil }
        self.bytes = point
        key = SM2KeyHandle(point: point, scalar: nil)
    }

    /// Reads a point in its 33 bytes and in no other form, for whatever must have one spelling.
    package init?(compressed bytes: [UInt8]) {
        guard bytes.count == 33 else { return nil }
        self.init(bytes: bytes)
    }

    /// The point compressed, in 33 bytes: 2 or 3, and x.
    package var compressed: [UInt8] { [2 + bytes[64] % 2] + bytes[1...32] }

    /// Whether `signature`, the 64 bytes r ‖ s, is this key's signature of `message` with SM3.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let signature = SM2Signature(bytes: signature) else { return false }
        let encoded = signature.encoded
        return OpenSSL.forgettingErrors {
            key.withContext(EVP_DigestVerifyInit) { context in
                EVP_DigestVerify(context, encoded, encoded.count, message, message.count) == 1
            }
        }
    }

    package static func == (left: SM2PublicKey, right: SM2PublicKey) -> Bool { left.bytes == right.bytes }
}

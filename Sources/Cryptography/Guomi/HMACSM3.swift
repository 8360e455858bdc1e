import COpenSSL

/// HMAC (RFC 2104) with SM3 under one key, for sealing and deriving keys in the 国密 profile.
package struct HMACSM3: Sendable {
    private let prepared: PreparedMAC

    /// Takes a key of any length; one shorter than 32 bytes is weaker than the MAC.
    package init(key: [UInt8]) { prepared = PreparedMAC(key: key) }

    /// The 32 bytes of the MAC of `message`.
    package func code(_ message: [UInt8]) -> [UInt8] { prepared.code(message) }

    /// Whether `code` is the whole MAC of `message`, compared in constant time.
    package func isValid(_ code: [UInt8], for message: [UInt8]) -> Bool {
        OpenSSL.isEqual(self.code(message), code)
    }
}

/// A MAC that has taken in its key already, copied for every message and itself never changed.
private final class PreparedMAC: @unchecked Sendable {
    private let context: OpaquePointer

    init(key: [UInt8]) {
        context = OpenSSL.present(EVP_MAC_CTX_new(OpenSSL.hmac), "HMAC")
        let parameters: [OSSL_PARAM] = [.text("digest", "SM3"), OSSL_PARAM_construct_end()]
        // Without a pointer OpenSSL takes an empty key for none at all.
        let status = EVP_MAC_init(context, key.isEmpty ? [0] : key, key.count, parameters)
        OpenSSL.require(status == 1, "HMAC-SM3")
    }

    deinit { EVP_MAC_CTX_free(context) }

    func code(_ message: [UInt8]) -> [UInt8] {
        let copy = OpenSSL.present(EVP_MAC_CTX_dup(context), "HMAC-SM3")
        defer { EVP_MAC_CTX_free(copy) }
        return [UInt8](unsafeUninitializedCapacity: SM3Digest.byteCount) { code, count in
            let isDone =
                EVP_MAC_update(copy, message, message.count) == 1
                && EVP_MAC_final(copy, code.baseAddress, &count, SM3Digest.byteCount) == 1
            OpenSSL.require(isDone && count == SM3Digest.byteCount, "HMAC-SM3")
        }
    }
}

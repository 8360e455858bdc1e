import Crypto
import Foundation

/// HMAC-SHA-256 (RFC 2104) under one key, for the international profile and for signed requests (RFC 9421 §3.3.3).
package struct HMACSHA256: Sendable {
    private let key: SymmetricKey
    /// The MAC with the key taken in already, to be copied for every message.
    private let prepared: HMAC<SHA256>

    package init(key: SecretKey) { self.init(key: key.bytes) }

    /// Takes a key of any length; one shorter than 32 bytes is weaker than the MAC.
    package init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
        prepared = HMAC<SHA256>(key: self.key)
    }

    /// The 32 bytes of the MAC of `message`.
    package func code(_ message: [UInt8]) -> [UInt8] {
        var mac = prepared
        mac.update(data: message)
        return mac.finalize().withUnsafeBytes { Array($0) }
    }

    /// Whether `code` is the whole MAC of `message`, compared in constant time.
    package func isValid(_ code: [UInt8], for message: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key)
    }
}

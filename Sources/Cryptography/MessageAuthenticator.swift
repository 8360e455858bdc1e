import Crypto
import Foundation

/// HMAC-SHA-256 (RFC 2104) under one key, for idempotency keys, payloads, identities and snapshots.
///
/// Every use names a domain that is authenticated with the message, so that a MAC made for one use never
/// serves another.
package struct MessageAuthenticator: Sendable {
    private let key: SymmetricKey
    /// The MAC with the key taken in already, to be copied for every message.
    private let prepared: HMAC<SHA256>

    package init(key: SecretKey) {
        self.key = SymmetricKey(data: key.bytes)
        prepared = HMAC<SHA256>(key: self.key)
    }

    /// The 32 bytes of the MAC of `message` in `domain`.
    package func code(_ message: [UInt8], domain: Domain) -> [UInt8] {
        var mac = prepared
        // One contiguous piece: the library walks anything else region by region.
        mac.update(data: [domain.rawValue] + message)
        return mac.finalize().withUnsafeBytes { Array($0) }
    }

    /// Whether `code` is the MAC of `message` in `domain`, compared in constant time.
    package func isValid(_ code: [UInt8], for message: [UInt8], domain: Domain) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: [domain.rawValue] + message, using: key)
    }

    /// What a MAC is for.
    package enum Domain: UInt8, Sendable {
        case idempotencyKey = 1
        case payload
        case identity
        case pseudonym
        case file
        case snapshot
        case typedCode
        case paperSerial
        case paperCommitment
    }
}

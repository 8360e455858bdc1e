/// HMAC (RFC 2104) under one key with the hash of a profile, for idempotency keys, payloads, identities and snapshots.
///
/// Every use names a domain that is authenticated with the message, so that a MAC made for one use never
/// serves another.
package struct MessageAuthenticator: Sendable {
    private let mac: Algorithm

    package init(key: SecretKey, profile: CryptographicProfile = .international) {
        mac =
            switch profile {
            case .international: .sha256(HMACSHA256(key: key))
            case .guomi: .sm3(HMACSM3(key: key.bytes))
            }
    }

    /// The 32 bytes of the MAC of `message` in `domain`.
    package func code(_ message: [UInt8], domain: Domain) -> [UInt8] {
        // One contiguous piece: the libraries walk anything else region by region.
        let bytes = [domain.rawValue] + message
        return switch mac {
        case .sha256(let mac): mac.code(bytes)
        case .sm3(let mac): mac.code(bytes)
        }
    }

    /// Whether `code` is the MAC of `message` in `domain`, compared in constant time.
    package func isValid(_ code: [UInt8], for message: [UInt8], domain: Domain) -> Bool {
        let bytes = [domain.rawValue] + message
        return switch mac {
        case .sha256(let mac): mac.isValid(code, for: bytes)
        case .sm3(let mac): mac.isValid(code, for: bytes)
        }
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
        case attestation
        case daySession
        case phoneCode
        case invitation
        case webhook
        case accessKey
        case platformAccount
        case voucherCode
    }

    private enum Algorithm: Sendable {
        case sha256(HMACSHA256)
        case sm3(HMACSM3)
    }
}

package import CBOR

/// The token that a resident showed at a till, after its signature was verified; it is good once (DESIGN §7).
package struct TokenUse: CBORFields, Equatable, Sendable {
    /// The key that signed it; `nil` for a code that was typed, which the ledger's own MAC proves.
    package var key: KeyID?
    package var id = KeyID(0)
    package var expiry = Instant(microseconds: 0)

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &key)
        try coder.field(2, &id)
        try coder.field(3, &expiry)
    }

    /// How long a token is good, in microseconds.
    package static let lifetime = 60 * Instant.second
    /// How far two clocks may be apart, in microseconds.
    package static let skew = 5 * Instant.second
}

/// The tokens that have been used and could still be shown again.
package struct UsedTokens: Codable, Equatable, Sendable {
    /// What makes two uses the same: the voucher and the token's ID, never the token's text.
    private struct Use: Hashable, Codable {
        var voucher: UInt32
        var token: KeyID
    }

    /// When each expires, by the minute in which it does.
    private var minutes: [Int64: [Use: Instant]] = [:]

    /// Whether a token was used that could still be shown at `instant`.
    func contains(_ token: KeyID, of voucher: VoucherID, at instant: Instant) -> Bool {
        let use = Use(voucher: voucher.rawValue, token: token)
        return minutes.values.contains { uses in
            uses[use].map { instant < $0.adding(TokenUse.skew) } ?? false
        }
    }

    /// Remembers a use, and forgets those that no clock takes for good any more.
    mutating func insert(_ token: TokenUse, of voucher: VoucherID, at instant: Instant) {
        let last = instant.adding(-TokenUse.skew).microseconds / Instant.minute
        for minute in minutes.keys where minute < last { minutes[minute] = nil }
        let use = Use(voucher: voucher.rawValue, token: token.id)
        minutes[token.expiry.microseconds / Instant.minute, default: [:]][use] = token.expiry
    }
}

import Cryptography
package import LedgerDomain

/// What somebody's browser shows after they have signed in: 32 bytes that nobody can guess, of which the office keeps
/// the digest.
package struct SignIn: Sendable {
    /// `whs_370782_` and 64 digits; in a cookie that no script reads, or, for a resident's app, in a header.
    package let text: String
    package let ledger: LedgerCode
    /// From then on it opens nothing.
    package var expiry = Instant(microseconds: 0)

    init(_ ledger: LedgerCode, until expiry: Instant) {
        text = "whs_\(ledger)_\(SecureRandom.bytes(32).hexadecimal)"
        self.ledger = ledger
        self.expiry = expiry
    }

    /// Reads it strictly; `nil` for every text that could not have been made.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("whs".utf8),
            let ledger = LedgerCode(text: String(parts[1]) ?? ""), parts[2].count == 64
        else { return nil }
        self.text = text
        self.ledger = ledger
    }

    /// What the office finds it by.
    var digest: [UInt8] { SHA256Digest.of(Array(text.utf8)) }

    /// What a page sends with every change, and no other site's page knows (OWASP ASVS 5, 3.5.1).
    package var forgeryToken: String { SHA256Digest.of(Array("csrf \(text)".utf8)).hexadecimal }

    /// Whether this is its forgery token, compared in constant time.
    func isForgeryToken(_ shown: String) -> Bool {
        OpenSSL.isEqual(Array(forgeryToken.utf8), Array(shown.utf8))
    }
}

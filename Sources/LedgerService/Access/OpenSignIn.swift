import Cryptography
package import LedgerDomain

/// Somewhere where an account is signed in, as its owner sees it.
package struct OpenSignIn: Equatable, Sendable {
    /// What the office finds it by.
    package let digest: [UInt8]
    package let since: Instant
    /// When it was used last, to a minute.
    package let seenAt: Instant
    /// Until when at the latest.
    package let expiry: Instant
    /// Whether it is the one that asks.
    package let isAsking: Bool

    init(digest: [UInt8], _ record: SignInRecord, since: Instant, isAsking: Bool) {
        self.digest = digest
        self.since = since
        seenAt = record.seenAt
        expiry = record.expiry
        self.isAsking = isAsking
    }

    /// Sixteen digits to tell it by, with which nothing is opened.
    package var name: String { Array(digest.prefix(8)).hexadecimal }
}

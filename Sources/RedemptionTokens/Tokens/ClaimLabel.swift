/// The labels of claims: those of CWT (RFC 8392 §4), and ours, which are for private use (below −65536).
package enum ClaimLabel {
    /// When it expires, in seconds since 1970.
    package static let expiry: Int64 = 4
    /// When it was issued, in seconds since 1970.
    package static let issuedAt: Int64 = 6
    /// Its ID.
    package static let id: Int64 = 7
    /// The key that whoever shows it must have (RFC 8747 §3.1).
    package static let confirmation: Int64 = 8

    package static let voucher: Int64 = -65537
    package static let cap: Int64 = -65538
    package static let counter: Int64 = -65539
    package static let slot: Int64 = -65540
    package static let amount: Int64 = -65541
    package static let outlet: Int64 = -65542
    package static let programme: Int64 = -65543

    package static let ledger: Int64 = -65551
    package static let sequence: Int64 = -65552
    package static let keys: Int64 = -65553
    package static let revokedCredentials: Int64 = -65554
    package static let revokedVouchers: Int64 = -65555

    package static let signedKeys: Int64 = -65561
    package static let signedRevocations: Int64 = -65562
    package static let till: Int64 = -65563
    package static let programmes: Int64 = -65564
    package static let policy: Int64 = -65565
    package static let practice: Int64 = -65566
}

/// The labels of claims: those of CWT (RFC 8392 §4), and ours, which are for private use (below −65536).
enum ClaimLabel {
    /// When it expires, in seconds since 1970.
    static let expiry: Int64 = 4
    /// When it was issued, in seconds since 1970.
    static let issuedAt: Int64 = 6
    /// Its ID.
    static let id: Int64 = 7
    /// The key that whoever shows it must have (RFC 8747 §3.1).
    static let confirmation: Int64 = 8

    static let voucher: Int64 = -65537
    static let cap: Int64 = -65538
    static let counter: Int64 = -65539
    static let slot: Int64 = -65540
    static let amount: Int64 = -65541
    static let outlet: Int64 = -65542
    static let programme: Int64 = -65543

    static let ledger: Int64 = -65551
    static let sequence: Int64 = -65552
    static let keys: Int64 = -65553
    static let revokedCredentials: Int64 = -65554
    static let revokedVouchers: Int64 = -65555
}

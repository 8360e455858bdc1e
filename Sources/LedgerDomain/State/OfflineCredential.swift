/// A phone's permission to spend a voucher at tills that are offline, as the ledger knows it (DESIGN §7).
package struct OfflineCredential: Equatable, Sendable, Codable {
    package let voucher: VoucherID
    /// The beginning of the SHA-256 of the signed credential: one that was not issued here has another.
    package let digest: Digest128
    /// The most that each merchant is paid on it.
    package let cap: Amount
    package let issuedAt: Instant
    package let expiry: Instant
    /// Until when tills may upload what it paid; silently the end of its hold.
    package internal(set) var holdUntil: Instant
    package internal(set) var revokedAt: Instant?
    /// What was presented, by its counter: the same counter with other contents is proof of fraud.
    var presented: [UInt32: [Presented]] = [:]
    /// What it has paid for, while tills may still upload.
    var redemptions: [RedemptionID] = []
    /// What each merchant was paid on it and has not given back.
    var paid: [MerchantID: Amount] = [:]

    init(
        voucher: VoucherID, digest: Digest128, cap: Amount, issuedAt: Instant, expiry: Instant,
        holdUntil: Instant
    ) {
        self.voucher = voucher
        self.digest = digest
        self.cap = cap
        self.issuedAt = issuedAt
        self.expiry = expiry
        self.holdUntil = holdUntil
    }

    /// What a phone signed under one counter, and the event that first took it.
    struct Presented: Equatable, Sendable, Codable {
        var slot: UInt32
        var amount: Amount
        var outlet: OutletID
        var event: UInt64
    }

    /// What it holds at `instant` of a voucher with this balance: what it may still pay of it.
    func held(of balance: Amount, at instant: Instant) -> Amount {
        guard instant < holdUntil else { return .zero }
        return max(.zero, min(cap - paid.values.reduce(.zero, +), balance))
    }
}

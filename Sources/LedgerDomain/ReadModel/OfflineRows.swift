/// A redemption that a till made offline.
package struct OfflineRow: Equatable, Sendable {
    package var redemption: RedemptionID
    package var credential: KeyID
    package var counter: UInt32
    /// When the till says that it sold.
    package var occurredAt: Instant
    /// Whether the programme paid, for the voucher had been used elsewhere.
    package var isAbsorbed: Bool
    /// The event of the redemption that was signed under the same counter.
    package var twin: UInt64?

    package init(
        redemption: RedemptionID, credential: KeyID, counter: UInt32, occurredAt: Instant, isAbsorbed: Bool,
        twin: UInt64?
    ) {
        self.redemption = redemption
        self.credential = credential
        self.counter = counter
        self.occurredAt = occurredAt
        self.isAbsorbed = isAbsorbed
        self.twin = twin
    }
}

/// An offline credential.
package struct CredentialRow: Equatable, Sendable {
    package var id: KeyID
    package var event: UInt64
    package var voucher: VoucherID
    package var cap: Amount
    package var issuedAt: Instant
    package var expiry: Instant
    package var holdUntil: Instant

    package init(
        id: KeyID, event: UInt64, voucher: VoucherID, cap: Amount, issuedAt: Instant, expiry: Instant,
        holdUntil: Instant
    ) {
        self.id = id
        self.event = event
        self.voucher = voucher
        self.cap = cap
        self.issuedAt = issuedAt
        self.expiry = expiry
        self.holdUntil = holdUntil
    }
}

/// What a till said of a redemption beyond its bill.
package struct SaleDetailsRow: Equatable, Sendable {
    package var redemption: RedemptionID
    package var details: SaleDetails

    package init(redemption: RedemptionID, details: SaleDetails) {
        self.redemption = redemption
        self.details = details
    }
}

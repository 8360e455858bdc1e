/// A token after every check that can be made without the ledger; only ``TokenVerifier`` makes one.
package struct VerifiedToken: Hashable, Sendable {
    package let voucher: VoucherReference
    /// The issuer's key that signed it.
    package let keyID: TokenKeyID
    /// What can happen only once; whoever takes the token remembers it.
    package let replayKey: ReplayKey
    /// Up to when the replay key must be remembered, in seconds since 1970.
    package let rememberedUntil: Int64
    /// What is to be sold offline; `nil` for an online token, for which the ledger decides.
    package let sale: OfflineSale?

    init(_ token: OnlineToken, keyID: TokenKeyID, skew: Int64) {
        voucher = token.voucher
        self.keyID = keyID
        replayKey = .online(token.voucher, token.id)
        rememberedUntil = token.expiry + skew
        sale = nil
    }

    init(_ credential: VoucherCredential, _ presentation: Presentation, keyID: TokenKeyID, skew: Int64) {
        voucher = credential.voucher
        self.keyID = keyID
        replayKey = .offline(credential: credential.id, counter: presentation.counter)
        rememberedUntil = credential.expiry + skew
        sale = OfflineSale(
            amount: presentation.amount, outlet: presentation.outlet, slot: presentation.slot,
            cap: credential.cap)
    }
}

/// What makes two tokens the same use; taken from signed contents, never from a token's text.
package enum ReplayKey: Hashable, Sendable {
    case online(VoucherReference, TokenID)
    case offline(credential: TokenID, counter: UInt32)
}

/// What a presentation pays, verified.
package struct OfflineSale: Hashable, Sendable {
    /// In fen.
    package let amount: UInt32
    package let outlet: UInt32
    package let slot: TimeSlot
    /// What the credential may spend offline altogether, in fen; the till adds up what it has seen.
    package let cap: UInt32

    init(amount: UInt32, outlet: UInt32, slot: TimeSlot, cap: UInt32) {
        self.amount = amount
        self.outlet = outlet
        self.slot = slot
        self.cap = cap
    }
}

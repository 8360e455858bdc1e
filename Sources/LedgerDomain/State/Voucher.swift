/// 消费券: one resident's entitlement, an account with a balance. Laid out small: a county has millions.
package struct Voucher: Hashable, Sendable, BitwiseCopyable {
    package enum Status: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case usable = 1
        /// Redeemed; its remainder has lapsed.
        case used
        case lapsed
        case handedBack
        /// All of it made good what an offline conflict had cost.
        case setOff
    }

    package var batch: BatchID
    package var person: PersonID
    package var expiry: Instant
    private var grantedSlots: SIMD4<Int32>
    private var balanceSlots: SIMD4<Int32>
    /// What has been redeemed and not given back, in fen.
    private var redeemedFen: Int32 = 0
    /// The authorisation opened last; `none` when there was none.
    package var authorisation = AuthorisationID.none
    package var status = Status.usable
    /// Whether an offline credential was ever issued for it.
    var hasCredential = false

    package init(batch: BatchID, person: PersonID, expiry: Instant, granted: Shares) {
        self.batch = batch
        self.person = person
        self.expiry = expiry
        grantedSlots = SIMD4(clamping: granted.slots)
        balanceSlots = .zero
    }

    /// What each fund of the batch put in at issue.
    package var granted: Shares { Shares(SIMD4(clamping: grantedSlots)) }
    /// What each fund still has in the voucher.
    package var balance: Shares { Shares(SIMD4(clamping: balanceSlots)) }

    /// What has been redeemed and not given back.
    package var redeemed: Amount {
        get { Amount(fen: Int64(redeemedFen)) }
        set { redeemedFen = Int32(newValue.fen) }
    }

    mutating func change(_ slot: Int, by delta: Amount) {
        // A face is at most a million yuan (the rule's check), so a slot fits 32 bits.
        balanceSlots[slot] += Int32(delta.fen)
    }
}

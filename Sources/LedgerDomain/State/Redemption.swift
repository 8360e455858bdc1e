/// 核销: one captured use of a voucher, kept for its refunds.
package struct Redemption: Hashable, Sendable, BitwiseCopyable {
    package var voucher: VoucherID
    package var outlet: OutletID
    package var bill: Amount
    private var subsidySlots: SIMD4<Int32>
    /// Whether the programme paid it, for the voucher had been used: an offline conflict.
    package var isAbsorbed: Bool

    package init(
        voucher: VoucherID, outlet: OutletID, bill: Amount, subsidy: Shares, isAbsorbed: Bool = false
    ) {
        self.voucher = voucher
        self.outlet = outlet
        self.bill = bill
        subsidySlots = SIMD4(clamping: subsidy.slots)
        self.isAbsorbed = isAbsorbed
    }

    /// What each fund of the voucher's batch gave.
    package var subsidy: Shares { Shares(SIMD4(clamping: subsidySlots)) }
}

/// What has been refunded of one redemption.
package struct Refunded: Equatable, Sendable, Codable {
    package var bill = Amount.zero
    package var subsidy = Shares.zero
}

package import LedgerDomain

/// What is counted of a period, of one town, one programme, one day: sums that add up. Amounts are fen.
package struct Figures: Codable, Equatable, Sendable {
    /// Vouchers put up for release (投放), and what they are worth.
    package var vouchersReleased = 0
    package var released = Amount.zero
    /// Vouchers that people took (领取): claimed, won, given.
    package var vouchersClaimed = 0
    package var claimed = Amount.zero
    /// Vouchers that expired or were handed back, and what lapsed of those and of used ones (失效).
    package var vouchersLapsed = 0
    package var lapsed = Amount.zero
    /// 核销: sales, the whole bills, what of them is subsidy.
    package var sales = 0
    package var gross = Amount.zero
    package var subsidy = Amount.zero
    /// 退款: bills given back, and their subsidy.
    package var refunds = 0
    package var refundedGross = Amount.zero
    package var refundedSubsidy = Amount.zero
    /// 更正: subsidy taken back by corrections.
    package var corrections = 0
    package var corrected = Amount.zero
    /// 补贴供: awards and session subsidies, less what was clawed back.
    package var awarded = Amount.zero
    /// Attested admissions, free ones included (人次).
    package var attendance = 0

    package init() {}

    /// What customers paid themselves, less what they got back.
    package var ownPaid: Amount { gross - refundedGross - netOfRefunds }
    /// Subsidy less what was given back and taken back.
    package var netSubsidy: Amount { netOfRefunds - corrected }
    /// Bills less what was given back.
    package var netGross: Amount { gross - refundedGross }
    /// Bills for each yuan of subsidy, in hundredths, rounded down; `nil` where there was no subsidy.
    package var leverage: Int? { netGross.parts(of: netSubsidy, 100) }

    private var netOfRefunds: Amount { subsidy - refundedSubsidy }

    package static func += (left: inout Figures, right: Figures) {
        left.vouchersReleased += right.vouchersReleased
        left.released += right.released
        left.vouchersClaimed += right.vouchersClaimed
        left.claimed += right.claimed
        left.vouchersLapsed += right.vouchersLapsed
        left.lapsed += right.lapsed
        left.sales += right.sales
        left.gross += right.gross
        left.subsidy += right.subsidy
        left.refunds += right.refunds
        left.refundedGross += right.refundedGross
        left.refundedSubsidy += right.refundedSubsidy
        left.corrections += right.corrections
        left.corrected += right.corrected
        left.awarded += right.awarded
        left.attendance += right.attendance
    }
}

extension Amount {
    /// This as a part of a whole, in so many parts, rounded half away from zero; `nil` where the whole is nothing.
    package func parts(of whole: Amount, _ parts: Int64) -> Int? {
        guard whole > .zero else { return nil }
        let (part, whole) = (Int128(fen) * Int128(parts), Int128(whole.fen))
        return Int(clamping: (part + (part < 0 ? -whole : whole) / 2) / whole)
    }
}

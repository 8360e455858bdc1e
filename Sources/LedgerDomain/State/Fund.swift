internal import CBOR

/// Whose money a fund is.
package enum FundLevel: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    case central = 1
    case province, city, county
}

/// 资金来源: earmarked money of one treasury and fiscal year.
package struct Fund: Equatable, Sendable, Codable {
    package var level: FundLevel
    package var fiscalYear: Int32
    /// Whether it is a matching fund, remitted by an approved plan only.
    package var matching: Bool
    package var treasury = Amount.zero
    package var balance = Amount.zero
    package var remitted: [LedgerCode: Amount] = [:]
    package var totals = FundTotals()

    /// Claw-backs outstanding, U in DESIGN §3: what must stay in the fund and its programmes.
    package var free: Amount { balance + totals.programme - totals.clawBack }
}

/// The running sums of a fund's accounts by kind.
package struct FundTotals: Equatable, Sendable, Codable {
    package var programme = Amount.zero
    package var batch = Amount.zero
    package var voucher = Amount.zero
    package var payable = Amount.zero
    package var clearing = Amount.zero
    package var remitted = Amount.zero
    /// Σ of the negative payables, as a positive amount.
    package var clawBack = Amount.zero

    /// All credit-normal accounts but the fund's own.
    package var sum: Amount { programme + batch + voucher + payable + clearing + remitted }
}

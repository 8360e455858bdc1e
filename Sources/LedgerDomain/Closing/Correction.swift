internal import CBOR

/// 更正: subsidy of a redemption that should not have been given, taken back by a new entry that says what it corrects.
package struct Correction: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case proposed = 1
        case posted, rejected
    }

    package var redemption: RedemptionID
    package var amount: Amount
    package var maker: Principal
    package var status = Status.proposed
}

package typealias CorrectionID = Identifier<Correction>

extension LedgerState {
    /// What of a redemption's subsidy has not been given back.
    package func outstanding(_ redemption: RedemptionID) -> Amount {
        redemptions[redemption].subsidy.total - (refunds[redemption]?.subsidy.total ?? .zero)
    }
}

internal import CBOR

/// 活动: a campaign with rules, a policy document and a budget.
package struct Programme: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case submitted = 1
        case approved, paused, closed
    }

    package var rule: ProgrammeRule
    package var status = Status.submitted
    package var maker: Principal
    package var balances = FundBalances()
    /// What of them is kept for sessions.
    package var promised = FundBalances()
}

internal import CBOR
import Cryptography

/// 活动: a campaign with rules, a policy document and a budget.
package struct Programme: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case submitted = 1
        case approved, paused, closed
    }

    /// A version of the rule that waits for a second person.
    package struct PendingRule: Equatable, Sendable, Codable {
        package var document: String
        package var rule: ProgrammeRule
        package var maker: Principal

        /// What tells one proposal from another: the beginning of a SHA-256 over all of it.
        package var digest: Digest128 {
            Digest128(SHA256Digest.of(rule.cborBytes + document.cborBytes + maker.cborBytes)) ?? .zero
        }
    }

    /// Every version of the rule, the first one first; a batch keeps the one that it was proposed under.
    package internal(set) var rules: [ProgrammeRule]
    package internal(set) var pending: PendingRule?
    package var status = Status.submitted
    package var maker: Principal
    package var balances = FundBalances()
    /// What of them is kept for sessions.
    package var promised = FundBalances()

    init(rule: ProgrammeRule, maker: Principal) {
        rules = [rule]
        self.maker = maker
    }

    /// The rule that new batches follow.
    package var rule: ProgrammeRule { rules[rules.count - 1] }
}

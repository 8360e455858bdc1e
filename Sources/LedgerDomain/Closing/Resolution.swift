internal import CBOR

/// How two persons put a difference of a reconciliation to rest.
package struct Resolution: Equatable, Sendable, Codable {
    /// What kind of difference it was; the names of DESIGN §8.
    package enum Class: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        /// 长款: the other side has it and the ledger lacks it.
        case long = 1
        /// 短款: the ledger has it and the other side lacks it.
        case short
        /// 金额不符.
        case amount
        /// 状态不符.
        case status
        /// 跨日.
        case day
        /// 重复.
        case duplicate
        /// 单边账: of three sides, one alone has it.
        case single
        /// 争议: a merchant does not agree with its statement.
        case dispute
    }

    /// What ends it.
    package enum Manner: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        /// A new entry in the ledger.
        case posting = 1
        /// The other side sent a corrected statement.
        case statement
        /// It is right as it is, for the reason given.
        case reason
    }

    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case proposed = 1
        case approved, rejected
        /// Later evidence opened the difference again.
        case reopened
    }

    /// What the difference is known by: SHA-256 of its content.
    package var difference: Octets
    package var maker: Principal
    package var status = Status.proposed
}

package typealias ResolutionID = Identifier<Resolution>

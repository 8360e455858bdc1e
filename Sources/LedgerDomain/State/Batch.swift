internal import CBOR

/// How a batch's vouchers reach people.
package enum Release: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    /// 抢券: whoever asks first.
    case firstCome = 1
    /// 定向: an officer issues to people on a list.
    case directed
    /// 配套: to whoever topped up a card of their own; each payment is matched once.
    case matched
    /// 摇号: to those whose entries win.
    case lottery
}

/// 批次: one release of vouchers of a programme.
package struct Batch: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case proposed = 1
        case open, closed
    }

    package var programme: ProgrammeID
    package var face: Amount
    package var quota: UInt32
    package var release: Release
    package var funds: FundList
    /// Funding weights, slot by slot.
    package var weights: Shares
    /// What approval put in, slot by slot; zero until then.
    package var opened = Shares.zero
    /// What is left, slot by slot; the quota that remains is this balance.
    package var balance = Shares.zero
    /// Claims are taken from here …
    package var from: Instant
    /// … until before here.
    package var until: Instant
    package var status = Status.proposed
    package var maker: Principal

    package func balance(of fund: FundID) -> Amount {
        funds.index(of: fund).map { balance[$0] } ?? .zero
    }

    mutating func change(_ fund: FundID, by delta: Amount) {
        guard let slot = funds.index(of: fund) else {
            preconditionFailure("a batch's posting names a fund that it does not have")
        }
        balance[slot] += delta
    }

    /// `shares` with the funds' names.
    package func named(_ shares: Shares) -> FundShares { FundShares(funds, shares) }
}

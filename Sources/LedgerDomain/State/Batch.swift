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
    /// 积分兑换: for points, at the published rate.
    case points
}

/// 批次: one release of vouchers of a programme.
package struct Batch: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case proposed = 1
        case open, closed
    }

    package var programme: ProgrammeID
    /// The version of the programme's rule that it and its vouchers follow.
    package var version: UInt32
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
    /// Who may take its vouchers and when; `nil` for everybody, and all at once.
    package var access: BatchAccess?
    /// How many vouchers were taken from each reserve of ``access``.
    package var reservedIssued: [UInt32]
    package var status = Status.proposed
    package var maker: Principal

    init(
        programme: ProgrammeID, version: UInt32, face: Amount, quota: UInt32, release: Release,
        funds: FundList,
        weights: Shares, from: Instant, until: Instant, access: BatchAccess? = nil, maker: Principal
    ) {
        self.programme = programme
        self.version = version
        self.face = face
        self.quota = quota
        self.release = release
        self.funds = funds
        self.weights = weights
        self.from = from
        self.until = until
        self.access = access
        reservedIssued = Array(repeating: 0, count: access?.reserves.count ?? 0)
        self.maker = maker
    }

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

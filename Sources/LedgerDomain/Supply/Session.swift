internal import CBOR

/// 场次: a performance with cheap tickets, which the programme pays for by attested admission (补贴供).
package struct Session: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case proposed = 1
        case open, settled, cancelled
        /// Its attestor has closed the count.
        case counted
    }

    package var programme: ProgrammeID
    package var outlet: OutletID
    package var startsAt: Instant
    package var endsAt: Instant
    /// The most that an admission may cost at the low price.
    package var ticketPrice: Amount
    /// What the programme pays for an admission that was paid for.
    package var subsidy: Amount
    /// How many admissions are paid for at most.
    package var seats: UInt32
    package var funds: FundList
    package var weights: Shares
    /// What the programme keeps for it, slot by slot; zero unless it is open.
    package var promised = Shares.zero
    /// Who counts admissions: neither who proposed the session nor who is paid for it.
    package var attestor: Principal
    package var maker: Principal
    package var status = Status.proposed
    /// Admissions, free ones included.
    package var admitted: UInt32 = 0
    /// Admissions that the programme pays for.
    package var subsidised: UInt32 = 0

    package init(_ proposal: ProposeSession, by maker: Principal) {
        programme = proposal.programme
        outlet = proposal.outlet
        startsAt = proposal.startsAt
        endsAt = proposal.endsAt
        ticketPrice = proposal.ticketPrice
        subsidy = proposal.subsidy
        seats = proposal.seats
        funds = proposal.weights.funds
        weights = proposal.weights.shares
        attestor = proposal.attestor
        self.maker = maker
    }

    /// When it may be settled although its attestor has not closed the count: thirty days after its end.
    var settlesAnyhow: Instant { endsAt.adding(30 * Instant.day) }

    /// What all seats cost the programme, by its weights.
    var whole: FundShares {
        FundShares(
            funds,
            Split.apportion(
                Amount(fen: subsidy.fen * Int64(seats)), weights: weights, count: funds.count))
    }

    /// What the attested admissions cost, out of what was promised.
    var due: FundShares {
        FundShares(
            funds,
            Split.take(
                Amount(fen: subsidy.fen * Int64(subsidised)), granted: promised, given: .zero,
                count: funds.count))
    }
}

package typealias SessionID = Identifier<Session>

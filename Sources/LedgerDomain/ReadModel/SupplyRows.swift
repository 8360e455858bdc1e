/// 场次 as the read model keeps it.
package struct SessionRow: Equatable, Sendable {
    package var id: SessionID
    package var programme: ProgrammeID
    package var outlet: OutletID
    package var title: String
    package var startsAt: Instant
    package var endsAt: Instant
    package var price: Amount
    package var ticketPrice: Amount
    package var subsidy: Amount
    package var seats: UInt32
    package var attestor: Principal
    package var maker: Principal

    package init(
        id: SessionID, programme: ProgrammeID, outlet: OutletID, title: String, startsAt: Instant,
        endsAt: Instant, price: Amount, ticketPrice: Amount, subsidy: Amount, seats: UInt32,
        attestor: Principal, maker: Principal
    ) {
        self.id = id
        self.programme = programme
        self.outlet = outlet
        self.title = title
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.price = price
        self.ticketPrice = ticketPrice
        self.subsidy = subsidy
        self.seats = seats
        self.attestor = attestor
        self.maker = maker
    }

    init(id: SessionID, proposal: ProposeSession, maker: Principal) {
        self.init(
            id: id, programme: proposal.programme, outlet: proposal.outlet, title: proposal.title,
            startsAt: proposal.startsAt, endsAt: proposal.endsAt, price: proposal.price,
            ticketPrice: proposal.ticketPrice, subsidy: proposal.subsidy, seats: proposal.seats,
            attestor: proposal.attestor, maker: maker)
    }
}

/// 票: one attested admission.
package struct AdmissionRow: Equatable, Sendable {
    package var session: SessionID
    package var number: UInt32
    package var ticket: String
    package var paid: Amount
    package var event: UInt64

    package init(session: SessionID, number: UInt32, ticket: String, paid: Amount, event: UInt64) {
        self.session = session
        self.number = number
        self.ticket = ticket
        self.paid = paid
        self.event = event
    }
}

/// Money for a merchant beside redemptions, as the read model keeps it.
package struct AwardRow: Equatable, Sendable {
    package var id: AwardID
    package var programme: ProgrammeID
    package var merchant: MerchantID
    package var kind: Award.Kind
    package var amount: Amount
    package var title: String
    package var evidence: Octets
    package var maker: Principal

    package init(
        id: AwardID, programme: ProgrammeID, merchant: MerchantID, kind: Award.Kind, amount: Amount,
        title: String, evidence: Octets, maker: Principal
    ) {
        self.id = id
        self.programme = programme
        self.merchant = merchant
        self.kind = kind
        self.amount = amount
        self.title = title
        self.evidence = evidence
        self.maker = maker
    }

    init(id: AwardID, proposal: ProposeAward, maker: Principal) {
        self.init(
            id: id, programme: proposal.programme, merchant: proposal.merchant, kind: proposal.kind,
            amount: proposal.amount, title: proposal.title, evidence: proposal.evidence, maker: maker)
    }
}

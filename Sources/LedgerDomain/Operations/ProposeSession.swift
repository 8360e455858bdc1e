package import CBOR

/// Proposes a session with cheap tickets: prices, seats, what each admission costs the programme, and who counts.
package struct ProposeSession: Operation {
    package static let type = OperationType.proposeSession

    package var programme: ProgrammeID = .none
    package var outlet: OutletID = .none
    /// 1 to 200 bytes.
    package var title = ""
    package var startsAt = Instant(microseconds: 0)
    package var endsAt = Instant(microseconds: 0)
    /// The listed price of the seats (明码标价).
    package var price = Amount.zero
    /// The most that an admission costs instead.
    package var ticketPrice = Amount.zero
    /// What the programme pays for each, at most what was taken off.
    package var subsidy = Amount.zero
    package var seats: UInt32 = 0
    package var weights = FundShares()
    /// Who will count admissions.
    package var attestor = Principal.system

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &outlet)
        try coder.field(18, &title)
        try coder.field(19, &startsAt)
        try coder.field(20, &endsAt)
        try coder.field(21, &price)
        try coder.field(22, &ticketPrice)
        try coder.field(23, &subsidy)
        try coder.field(24, &seats)
        try coder.field(25, &weights)
        try coder.field(26, &attestor)
    }

    /// The session's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var session: SessionID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &session)
        }
    }
}

extension ProposeSession {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard title.isShortText else { return .failure(.textOutOfRange) }
        guard (0..<weights.count).allSatisfy({ state.funds.contains(weights[$0].fund) }) else {
            return .failure(.unknownFund)
        }
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        guard state.outlets.contains(outlet) else { return .failure(.unknownOutlet) }
        guard attestor != context.principal else { return .failure(.makerIsChecker) }
        if let refusal = state.programmes[programme].refusal { return .failure(refusal) }
        guard isSound(at: context.instant) else { return .failure(.sessionInvalid) }
        if let refusal = state.fundingRefusal(weights) { return .failure(refusal) }
        return .success(.with { $0.session = state.sessions.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.sessions.append(Session(self, by: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.session(SessionRow(id: accepted.session, proposal: self, maker: context.principal)))
    }
}

extension ProposeSession {
    /// Whether times and prices can be meant.
    private func isSound(at instant: Instant) -> Bool {
        let most = Amount(fen: 100_000_000)
        return startsAt < endsAt && endsAt <= startsAt.adding(31 * Instant.day) && endsAt > instant
            && startsAt <= instant.adding(366 * Instant.day) && (1...1_000_000).contains(seats)
            && price <= most && ticketPrice >= .zero
            && ticketPrice < price && subsidy > .zero && subsidy <= price - ticketPrice
    }
}

package import CBOR

/// Attests one admission to a session by its ticket; free ones are counted and cost nothing.
package struct Admit: Operation {
    package static let type = OperationType.admit

    package var session: SessionID = .none
    /// The merchant's own reference of the ticket's sale, 1 to 64 bytes.
    package var ticket = ""
    /// What was paid for it; zero for a free admission.
    package var paid = Amount.zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &session)
        try coder.field(17, &ticket)
        try coder.field(18, &paid)
    }

    /// How many were admitted with it.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var number: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &number)
        }
    }
}

extension Admit {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard paid >= .zero, paid <= .limit else { return .failure(.amountOutOfRange) }
        guard ticket.isOrderReference else { return .failure(.textOutOfRange) }
        guard state.sessions.contains(session) else { return .failure(.unknownSession) }
        let show = state.sessions[session]
        guard show.status == .open else { return .failure(.sessionNotOpen) }
        guard show.attestor == context.principal else { return .failure(.notAttestor) }
        let day = state.businessDay(of: show.startsAt)
        guard state.businessDay(of: context.instant) >= day else { return .failure(.sessionNotBegun) }
        guard paid == .zero || show.subsidised < show.seats else { return .failure(.sessionFull) }
        guard paid <= show.ticketPrice else { return .failure(.ticketAboveLowPrice) }
        let merchant = state.outlets[show.outlet].merchant
        let sale = ticket.stableHash
        guard state.tickets.first(sale, where: { $0 == merchant.rawValue }) == nil else {
            return .failure(.ticketUsed)
        }
        if paid > .zero, state.programmes[show.programme].rule.bothSides != true,
            state.sales.first(sale, where: { $0 == merchant.rawValue }) != nil
        {
            return .failure(.saleAlreadySubsidised)
        }
        return .success(.with { $0.number = show.admitted + 1 })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let show = state.sessions[session]
        let merchant = state.outlets[show.outlet].merchant
        state.sessions[session].admitted += 1
        state.tickets.insert(ticket.stableHash, merchant.rawValue)
        guard paid > .zero else { return }
        state.sessions[session].subsidised += 1
        if state.programmes[show.programme].rule.bothSides != true {
            state.sales.insert(ticket.stableHash, merchant.rawValue)
        }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .admission(
                AdmissionRow(
                    session: session, number: accepted.number, ticket: ticket, paid: paid,
                    event: context.number)))
    }
}

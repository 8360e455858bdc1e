package import CBOR

/// Holds a voucher for a sale until it is captured, voided or out of time; posts nothing.
package struct Authorise: Operation {
    package static let type = OperationType.authorise

    package var voucher: VoucherID = .none
    package var outlet: OutletID = .none
    package var terminal: TerminalID = .none
    package var bill: Amount = .zero
    package var channel: String = ""
    package var order: String = ""
    /// What the resident showed; `nil` where somebody vouches for the voucher otherwise.
    package var token: TokenUse?
    /// The paper that was shown, as the ledger knows it.
    package var paper: Digest128?
    package var details: SaleDetails?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &voucher)
        try coder.field(17, &outlet)
        try coder.field(18, &terminal)
        try coder.field(19, &bill)
        try coder.field(20, &channel)
        try coder.field(21, &order)
        try coder.field(22, &token)
        try coder.field(23, &paper)
        try coder.field(24, &details)
    }

    /// The authorisation, what it holds and until when.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var authorisation: AuthorisationID = .none
        package var held: Amount = .zero
        package var expiry: Instant = Instant(microseconds: 0)

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &authorisation)
            try coder.field(33, &held)
            try coder.field(34, &expiry)
        }
    }
}

extension Authorise {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        let sale = Sale(
            outlet: outlet, terminal: terminal, bill: bill, channel: channel, order: order, token: token,
            paper: paper,
            details: details)
        // A hold keeps its channel by its place in a list that must stay short.
        guard state.channels.count < 1000 || state.channels.contains(channel) else {
            return .failure(.textOutOfRange)
        }
        switch state.terms(of: voucher, for: sale, at: context.instant, capturing: nil) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let terms):
            return .success(
                .with {
                    $0.authorisation = state.authorisations.nextID
                    $0.held = terms.subsidy.total
                    $0.expiry = expiry(in: state, at: context.instant)
                })
        }
    }

    /// A booking for a session holds until the session is over (文化有约); any other sale for the setting's time.
    private func expiry(in state: LedgerState, at instant: Instant) -> Instant {
        let usual = instant.adding(state.settings[.authorisationLifetime])
        return details?.session.map { max(usual, state.sessions[$0].endsAt) } ?? usual
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        if let token { state.usedTokens.insert(token, of: voucher, at: context.instant) }
        state.vouchers[voucher].authorisation = accepted.authorisation
        if let session = details?.session { state.sessionHolds[accepted.authorisation] = session }
        state.authorisations.append(
            Authorisation(
                voucher: voucher, outlet: outlet, terminal: terminal, sale: order.stableHash,
                channel: state.channelPlace(channel), bill: bill, held: accepted.held,
                authorisedAt: context.instant, expiry: accepted.expiry))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .authorisation(
                AuthorisationRow(
                    id: accepted.authorisation, voucher: voucher, outlet: outlet, bill: bill,
                    held: accepted.held,
                    order: order, expiry: accepted.expiry)))
    }
}

package import CBOR

/// Captures an authorised sale at its final bill, which is at most the authorised one.
package struct Capture: Operation {
    package static let type = OperationType.capture

    package var authorisation: AuthorisationID = .none
    package var bill: Amount = .zero
    package var order: String = ""
    package var details: SaleDetails?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &authorisation)
        try coder.field(17, &bill)
        try coder.field(18, &order)
        try coder.field(19, &details)
    }

    /// What is redeemed, and what the authorisation had fixed.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var terms = RedemptionTerms()
        package var voucher: VoucherID = .none
        package var outlet: OutletID = .none
        package var terminal: TerminalID = .none
        package var channel: String = ""

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try terms.visit(&coder)
            try coder.field(48, &voucher)
            try coder.field(49, &outlet)
            try coder.field(50, &terminal)
            try coder.field(51, &channel)
        }
    }
}

extension Capture {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard bill.isMovable else { return .failure(.amountOutOfRange) }
        guard order.isOrderReference else { return .failure(.textOutOfRange) }
        guard state.authorisations.contains(authorisation) else { return .failure(.unknownAuthorisation) }
        let hold = state.authorisations[authorisation]
        guard hold.status == .open else { return .failure(.authorisationClosed) }
        guard hold.isLive(at: context.instant) else { return .failure(.authorisationExpired) }
        guard bill <= hold.bill else { return .failure(.captureExceedsAuthorisation) }
        let channel = state.channels[Int(hold.channel)]
        let sale = Sale(
            outlet: hold.outlet, terminal: hold.terminal, bill: bill, channel: channel, order: order,
            details: details, booked: state.sessionHolds[authorisation])
        return state.terms(of: hold.voucher, for: sale, at: context.instant, capturing: hold).map { terms in
            .with {
                $0.terms = terms
                $0.voucher = hold.voucher
                $0.outlet = hold.outlet
                $0.terminal = hold.terminal
                $0.channel = channel
            }
        }
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        accepted.terms.appendPostings(voucher: accepted.voucher, to: &postings)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let booked = state.sessionHolds.removeValue(forKey: authorisation)
        state.authorisations[authorisation].status = .captured
        state.capture(
            accepted.terms, voucher: accepted.voucher, outlet: accepted.outlet, bill: bill,
            sale: order.stableHash, session: details?.session ?? booked, details: details)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        let sale = Sale(
            outlet: accepted.outlet, terminal: accepted.terminal, bill: bill, channel: accepted.channel,
            order: order, details: details)
        rows.append(.authorisationStatus(authorisation, .captured))
        accepted.terms.project(voucher: accepted.voucher, sale, context, into: &rows)
    }
}

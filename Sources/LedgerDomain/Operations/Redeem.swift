package import CBOR

/// 核销: uses a voucher for a sale at once, without a hold before it.
package struct Redeem: Operation {
    package static let type = OperationType.redeem

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

    package typealias Accepted = RedemptionTerms
}

extension Redeem {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        let sale = Sale(
            outlet: outlet, terminal: terminal, bill: bill, channel: channel, order: order, token: token,
            paper: paper,
            details: details)
        return state.terms(of: voucher, for: sale, at: context.instant, capturing: nil)
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        accepted.appendPostings(voucher: voucher, to: &postings)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        if let token { state.usedTokens.insert(token, of: voucher, at: context.instant) }
        state.capture(
            accepted, voucher: voucher, outlet: outlet, bill: bill, sale: order.stableHash,
            session: details?.session, details: details)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        let sale = Sale(
            outlet: outlet, terminal: terminal, bill: bill, channel: channel, order: order, details: details)
        accepted.project(voucher: voucher, sale, context, into: &rows)
    }
}

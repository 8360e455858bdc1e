package import CBOR

/// What a till sold while it was offline, uploaded: the voucher pays, or the programme where it was spent twice
/// (DESIGN §7).
///
/// The presentation that the phone signed follows from ``id``, ``counter``, ``slot``, ``amount`` and ``outlet``; with
/// ``signature`` it is in the log for good, so that two of them under one counter convict whoever signed both.
package struct RedeemOffline: Operation {
    package static let type = OperationType.redeemOffline

    package var voucher: VoucherID = .none
    package var outlet: OutletID = .none
    package var terminal: TerminalID = .none
    package var bill: Amount = .zero
    package var channel: String = ""
    package var order: String = ""
    package var details: SaleDetails?
    /// The credential that was shown, and the beginning of its SHA-256.
    package var id = KeyID(0)
    package var digest = Digest128.zero
    package var counter: UInt32 = 0
    /// The half minute that the phone signed, counted from 1970.
    package var slot: UInt32 = 0
    /// The most that the phone agreed to spend.
    package var amount: Amount = .zero
    /// When the till says that it sold.
    package var occurredAt = Instant(microseconds: 0)
    /// The phone's ES256 signature, verified before.
    package var signature = Octets()
    /// What the till took off the bill: more than that no merchant is paid.
    package var given: Amount = .zero
    /// Whether the till asked before it said yes; then nothing is forgiven that a till alone could not know.
    package var isOnline = false

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &voucher)
        try coder.field(17, &outlet)
        try coder.field(18, &terminal)
        try coder.field(19, &bill)
        try coder.field(20, &channel)
        try coder.field(21, &order)
        try coder.field(22, &details)
        try coder.field(23, &id)
        try coder.field(24, &digest)
        try coder.field(25, &counter)
        try coder.field(26, &slot)
        try coder.field(27, &amount)
        try coder.field(28, &occurredAt)
        try coder.field(29, &signature)
        try coder.field(30, &given)
        try coder.field(31, &isOnline)
    }

    /// What the merchant is owed, who pays it, and what it proves.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var terms = RedemptionTerms()
        /// The programme that pays instead of the voucher, which was used elsewhere.
        package var absorbedBy: ProgrammeID?
        /// The event that took another presentation under the same counter: together they prove a double spend.
        package var twin: UInt64?

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try terms.visit(&coder)
            try coder.field(48, &absorbedBy)
            try coder.field(49, &twin)
        }
    }
}

extension RedeemOffline {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        state.terms(of: self, at: context.instant)
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        if let programme = accepted.absorbedBy {
            let terms = accepted.terms
            postings.append(
                .absorb, debit: .programme(programme), credit: .payable(terms.payee), terms.subsidy)
        } else {
            accepted.terms.appendPostings(voucher: voucher, to: &postings)
        }
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let terms = accepted.terms
        if accepted.absorbedBy == nil {
            state.capture(
                terms, voucher: voucher, outlet: outlet, bill: bill, sale: order.stableHash,
                session: isOnline ? details?.session : nil, details: details)
        } else {
            state.redemptions.append(
                Redemption(
                    voucher: voucher, outlet: outlet, bill: bill, subsidy: terms.subsidy.shares,
                    isAbsorbed: true))
            state.people[state.vouchers[voucher].person].debt += terms.subsidy.total
            state.owe(terms, sale: order.stableHash)
        }
        state.sales.insert(saleAtOutlet, terms.merchant.rawValue)
        state.credentials[id]?.paid[terms.merchant, default: .zero] += terms.subsidy.total
        state.credentials[id]?.redemptions.append(terms.redemption)
        state.credentials[id]?.presented[counter, default: []].append(
            OfflineCredential.Presented(slot: slot, amount: amount, outlet: outlet, event: context.number))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        let isAbsorbed = accepted.absorbedBy != nil
        accepted.terms.project(
            voucher: voucher, sale, context, isAbsorbed: isAbsorbed, into: &rows)
        rows.append(
            .offline(
                OfflineRow(
                    redemption: accepted.terms.redemption, credential: id, counter: counter,
                    occurredAt: occurredAt, isAbsorbed: isAbsorbed, twin: accepted.twin)))
    }

    /// The sale by its outlet: tills of one merchant's outlets cannot know each other's order numbers.
    ///
    /// A control character parts the two, which no order number has: what a till online calls its order is never this.
    var saleAtOutlet: UInt64 { "\(outlet.rawValue)\0\(order)".stableHash }

    var sale: Sale {
        Sale(
            outlet: outlet, terminal: terminal, bill: bill, channel: channel, order: order, details: details)
    }
}

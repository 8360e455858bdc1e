package import CBOR

/// Takes an award back that should not have been paid: the mirror of its postings.
///
/// What it counted, sale by sale or redemption by redemption, may be claimed again.
package struct ClawBackAward: Operation {
    package static let type = OperationType.clawBackAward

    package var award: AwardID = .none
    /// 1 to 200 bytes.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &award)
        try coder.field(17, &reason)
    }

    /// What goes back to the programme.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var programme: ProgrammeID = .none
        package var payee: PayeeID = .none
        package var subsidy = FundShares()

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
            try coder.field(33, &payee)
            try coder.field(34, &subsidy)
        }
    }
}

extension ClawBackAward {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard state.awards.contains(award) else { return .failure(.unknownAward) }
        let paid = state.awards[award]
        guard paid.status == .paid else { return .failure(.awardNotPaid) }
        return .success(
            .with {
                $0.programme = paid.programme
                $0.payee = state.merchants[paid.merchant].payee
                $0.subsidy = paid.shares
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            .award, debit: .programme(accepted.programme), credit: .payable(accepted.payee), accepted.subsidy,
            undoes: true)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let paid = state.awards[award]
        let merchant = paid.merchant
        state.awards[award].status = .clawedBack
        for sale in paid.sales {
            state.tickets.remove(sale, merchant.rawValue)
            if paid.excludesVouchers { state.sales.remove(sale, merchant.rawValue) }
        }
        if paid.base > .zero {
            let key = ProgrammeMerchant(programme: paid.programme, merchant: merchant)
            state.rewarded[key, default: .zero] -= paid.base
        }
        for (fund, amount) in accepted.subsidy.nonZero {
            state.unsettled[MerchantFund(merchant, fund), default: Unsettled()].adjustment -= amount
        }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.awardStatus(award, .clawedBack, by: context.principal))
    }
}

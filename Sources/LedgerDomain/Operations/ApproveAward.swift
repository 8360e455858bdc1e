package import CBOR

/// Pays an award as a second person.
package struct ApproveAward: Operation {
    package static let type = OperationType.approveAward

    package var award: AwardID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &award)
    }

    /// What is owed for it, to whom.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var programme: ProgrammeID = .none
        package var merchant: MerchantID = .none
        package var payee: PayeeID = .none
        package var subsidy = FundShares()
        package var day = BusinessDay(days: 0)
        /// What a reward is a share of; for a reward alone.
        package var base: Amount?

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
            try coder.field(33, &merchant)
            try coder.field(34, &payee)
            try coder.field(35, &subsidy)
            try coder.field(36, &day)
            try coder.field(37, &base)
        }
    }
}

extension ApproveAward {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.awards.contains(award) else { return .failure(.unknownAward) }
        let proposed = state.awards[award]
        guard proposed.maker != context.principal else { return .failure(.makerIsChecker) }
        let programme = state.programmes[proposed.programme]
        if let refusal = programme.refusal { return .failure(refusal) }
        guard proposed.status == .proposed else { return .failure(.awardNotProposed) }
        var base: Amount?
        if proposed.kind == .reward {
            let sum = state.rewardable(
                proposed.merchant, in: proposed.programme, through: proposed.through)
            guard proposed.amount == proposed.rate.of(sum) else { return .failure(.awardAmountDiffers) }
            base = sum
        }
        let shares = proposed.shares
        if let refusal = state.shortage(of: shares, in: proposed.programme) { return .failure(refusal) }
        for sale in proposed.sales {
            func isOfMerchant(_ number: UInt32) -> Bool { number == proposed.merchant.rawValue }
            let byAward = state.tickets.first(sale, where: isOfMerchant)
            let byVoucher =
                programme.rule.bothSides == true ? nil : state.sales.first(sale, where: isOfMerchant)
            // Nothing is given back twice, whatever the rule says of vouchers.
            if byAward != nil || byVoucher != nil { return .failure(.saleAlreadySubsidised) }
        }
        return .success(
            .with {
                $0.programme = proposed.programme
                $0.merchant = proposed.merchant
                $0.payee = state.merchants[proposed.merchant].payee
                $0.subsidy = shares
                $0.day = state.businessDay(of: context.instant)
                $0.base = base
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            .award, debit: .programme(accepted.programme), credit: .payable(accepted.payee), accepted.subsidy)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let paid = state.awards[award]
        state.awards[award].status = .paid
        state.owe(accepted.subsidy, to: accepted.merchant, on: accepted.day)
        for sale in paid.sales { state.tickets.insert(sale, accepted.merchant.rawValue) }
        if state.programmes[accepted.programme].rule.bothSides != true {
            for sale in paid.sales { state.sales.insert(sale, accepted.merchant.rawValue) }
            state.awards[award].excludesVouchers = true
        }
        if let base = accepted.base {
            state.awards[award].base = base
            let key = ProgrammeMerchant(programme: accepted.programme, merchant: accepted.merchant)
            state.rewarded[key, default: .zero] += base
        }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.awardStatus(award, .paid, by: context.principal))
    }
}

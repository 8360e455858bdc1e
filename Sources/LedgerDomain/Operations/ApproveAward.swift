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

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
            try coder.field(33, &merchant)
            try coder.field(34, &payee)
            try coder.field(35, &subsidy)
            try coder.field(36, &day)
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
        if proposed.kind == .reward {
            let base = state.rewardable(
                proposed.merchant, in: proposed.programme, through: proposed.through)
            guard proposed.amount == proposed.rate.of(base) else { return .failure(.awardAmountDiffers) }
        }
        let shares = proposed.shares
        if let refusal = state.shortage(of: shares, in: proposed.programme) { return .failure(refusal) }
        if programme.rule.bothSides != true {
            for sale in proposed.sales {
                let paid = state.sales.first(sale) { $0 == proposed.merchant.rawValue }
                if paid != nil { return .failure(.saleAlreadySubsidised) }
            }
        }
        return .success(
            .with {
                $0.programme = proposed.programme
                $0.merchant = proposed.merchant
                $0.payee = state.merchants[proposed.merchant].payee
                $0.subsidy = shares
                $0.day = state.businessDay(of: context.instant)
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
        if state.programmes[accepted.programme].rule.bothSides != true {
            for sale in paid.sales { state.sales.insert(sale, accepted.merchant.rawValue) }
        }
        if paid.kind == .reward {
            let key = ProgrammeMerchant(programme: accepted.programme, merchant: accepted.merchant)
            state.rewarded[key] = max(paid.through, state.rewarded[key] ?? .none)
        }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.awardStatus(award, .paid, by: context.principal))
    }
}

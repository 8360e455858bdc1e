package import CBOR

/// Proposes money for a merchant: a grant, a reward, or price cuts given back, with its evidence by content hash.
package struct ProposeAward: Operation {
    package static let type = OperationType.proposeAward

    package var programme: ProgrammeID = .none
    package var merchant: MerchantID = .none
    package var kind = Award.Kind.grant
    package var amount = Amount.zero
    package var weights = FundShares()
    /// What it is for, 1 to 200 bytes.
    package var title = ""
    /// SHA-256 of the file that shows it.
    package var evidence = Octets()
    /// Up to 200 sales whose prices were cut; for price cuts alone.
    package var sales: [CutSale]?
    /// The share of what was redeemed; for a reward alone.
    package var rate: Ratio?
    /// The last redemption that a reward counts.
    package var through: RedemptionID?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &merchant)
        try coder.field(18, &kind)
        try coder.field(19, &amount)
        try coder.field(20, &weights)
        try coder.field(21, &title)
        try coder.field(22, &evidence)
        try coder.field(23, &sales)
        try coder.field(24, &rate)
        try coder.field(25, &through)
    }

    /// The award's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var award: AwardID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &award)
        }
    }
}

extension ProposeAward {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard title.isShortText else { return .failure(.textOutOfRange) }
        guard (0..<weights.count).allSatisfy({ state.funds.contains(weights[$0].fund) }) else {
            return .failure(.unknownFund)
        }
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        guard state.merchants.contains(merchant) else { return .failure(.unknownMerchant) }
        if let refusal = state.programmes[programme].refusal { return .failure(refusal) }
        guard isSound, through.map({ state.redemptions.contains($0) }) ?? true else {
            return .failure(.awardInvalid)
        }
        let shown = state.awards.enumerated.contains { _, award in
            award.evidence == evidence && (award.status == .proposed || award.status == .paid)
        }
        if shown { return .failure(.evidenceUsed) }
        if let refusal = state.fundingRefusal(weights) { return .failure(refusal) }
        return .success(.with { $0.award = state.awards.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.awards.append(Award(self, by: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.award(AwardRow(id: accepted.award, proposal: self, maker: context.principal)))
    }
}

extension ProposeAward {
    /// Whether it has what its kind needs, and nothing else.
    private var isSound: Bool {
        guard evidence.bytes.count == 32 else { return false }
        switch kind {
        case .grant:
            return sales == nil && rate == nil && through == nil
        case .priceCut:
            let cuts = sales ?? []
            let sum = cuts.reduce(Int128(0)) { $0 + Int128($1.listed.fen) - Int128($1.paid.fen) }
            return (1...200).contains(cuts.count) && cuts.allSatisfy(\.isWellFormed)
                && Set(cuts.map(\.order)).count == cuts.count && sum == Int128(amount.fen) && rate == nil
                && through == nil
        case .reward:
            return sales == nil && through != nil && rate.map { $0 > .zero && $0 <= .whole } ?? false
        }
    }
}

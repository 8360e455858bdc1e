package import CBOR

/// Proposes a batch: how many vouchers of which face, paid by which funds, released how and when.
package struct ProposeBatch: Operation {
    package static let type = OperationType.proposeBatch

    package var programme: ProgrammeID = .none
    package var face: Amount = .zero
    package var quota: UInt32 = 0
    package var weights: FundShares = FundShares()
    package var release: Release = .firstCome
    package var from: Instant = Instant(microseconds: 0)
    package var until: Instant = Instant(microseconds: 0)
    /// How it is drawn; for a lottery alone.
    package var lottery: LotteryPlan?
    /// Who may take its vouchers and when; `nil` for everybody, and all at once.
    package var access: BatchAccess?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &face)
        try coder.field(18, &quota)
        try coder.field(19, &weights)
        try coder.field(20, &release)
        try coder.field(21, &from)
        try coder.field(22, &until)
        try coder.field(23, &lottery)
        try coder.field(24, &access)
    }

    /// The batch's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var batch: BatchID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &batch)
        }
    }
}

extension ProposeBatch {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard (0..<weights.count).allSatisfy({ state.funds.contains(weights[$0].fund) }) else {
            return .failure(.unknownFund)
        }
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        let campaign = state.programmes[programme]
        guard campaign.status != .closed else { return .failure(.programmeClosed) }
        guard campaign.rule.faces.contains(face) else { return .failure(.faceNotInRule) }
        guard quota > 0, quota <= 100_000_000, Int64(quota) * face.fen <= Amount.limit.fen else {
            return .failure(.quotaOutOfRange)
        }
        guard weights.count > 0,
            (0..<weights.count).allSatisfy({ weights[$0].amount.fen >= 1 && weights[$0].amount.fen <= 10_000 }
            )
        else { return .failure(.fundingInvalid) }
        guard from < until else { return .failure(.windowInvalid) }
        guard release != .matched || campaign.rule.topUp != nil,
            release != .points || campaign.rule.points != nil
        else { return .failure(.releaseNotInRule) }
        guard (release == .lottery) == (lottery != nil), lottery?.isSound(until: until) ?? true else {
            return .failure(.lotteryInvalid)
        }
        guard access?.isSound(quota: quota, release: release, from: from, until: until) ?? true else {
            return .failure(.accessInvalid)
        }
        return .success(.with { $0.batch = state.batches.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        if let lottery, let ledger = state.profile?.code {
            state.lotteries[accepted.batch] = Lottery(lottery, of: accepted.batch, in: ledger)
        }
        state.batches.append(
            Batch(
                programme: programme, version: UInt32(state.programmes[programme].rules.count - 1),
                face: face, quota: quota, release: release, funds: weights.funds,
                weights: weights.shares, from: from, until: until, access: access,
                maker: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .batch(
                BatchRow(
                    id: accepted.batch, programme: programme, face: face, quota: quota, release: release,
                    weights: weights, from: from, until: until, maker: context.principal)))
        if lottery != nil {
            rows.append(.lotteryStep(LotteryStepRow(batch: accepted.batch, Self.type, Octets(), context)))
        }
    }
}

package import CBOR

/// Binds one of a lottery's parties to the seed it will reveal; before anybody can enter.
package struct CommitSeed: Operation {
    package static let type = OperationType.commitSeed

    package typealias Accepted = NoFields

    package var batch: BatchID = .none
    /// SHA-256 of the seed.
    package var commitment = Octets()

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
        try coder.field(17, &commitment)
    }
}

extension CommitSeed {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        guard state.batches[batch].status != .closed else { return .failure(.batchNotOpen) }
        guard let lottery = state.lotteries[batch] else { return .failure(.releaseMismatch) }
        guard commitment.bytes.count == LotteryDraw.length else { return .failure(.lotterySeedInvalid) }
        guard let party = lottery.parties.first(where: { $0.principal == context.principal }) else {
            return .failure(.lotteryPartyUnknown)
        }
        guard party.commitment == nil else { return .failure(.lotteryCommitted) }
        // Whoever copies a commitment reveals what was revealed before: its chance would be none.
        guard !state.commitments.contains(commitment) else { return .failure(.lotteryCommitmentUsed) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.commitments.insert(commitment)
        state.lotteries[batch]?.change(context.principal) { $0.commitment = commitment }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.lotteryStep(LotteryStepRow(batch: batch, Self.type, commitment, context)))
    }
}

extension Lottery {
    /// Changes what is kept of one party.
    mutating func change(_ principal: Principal, _ body: (inout Party) -> Void) {
        guard let place = parties.firstIndex(where: { $0.principal == principal }) else { return }
        body(&parties[place])
    }
}

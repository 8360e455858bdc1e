package import CBOR

/// Reveals a party's seed after the list is frozen, in the parties' order; the last one makes the draw.
package struct RevealSeed: Operation {
    package static let type = OperationType.revealSeed

    package var batch: BatchID = .none
    /// The 32 bytes whose SHA-256 was committed to.
    package var seed = Octets()

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
        try coder.field(17, &seed)
    }

    /// The draw and how many win, once the last seed is known.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var draw: Octets?
        package var winners: UInt32?

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &draw)
            try coder.field(33, &winners)
        }
    }
}

extension RevealSeed {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        let source = state.batches[batch]
        guard source.status == .open else { return .failure(.batchNotOpen) }
        guard let lottery = state.lotteries[batch] else { return .failure(.releaseMismatch) }
        guard seed.bytes.count == LotteryDraw.length else { return .failure(.lotterySeedInvalid) }
        guard let place = lottery.parties.firstIndex(where: { $0.principal == context.principal }) else {
            return .failure(.lotteryPartyUnknown)
        }
        if let refusal = lottery.refusalOfSteps(at: context.instant) { return .failure(refusal) }
        guard lottery.root != nil else { return .failure(.lotteryNotFrozen) }
        guard lottery.parties[place].seed == nil else { return .failure(.lotteryRevealed) }
        guard lottery.parties[..<place].allSatisfy({ $0.seed != nil }) else {
            return .failure(.lotteryRevealOrder)
        }
        guard lottery.parties[place].commitment == LotteryDraw.commitment(to: seed) else {
            return .failure(.lotterySeedMismatch)
        }
        guard place == lottery.parties.count - 1 else { return .success(Accepted()) }
        return .success(
            .with {
                $0.draw = lottery.draw(completedBy: seed)
                $0.winners = UInt32(min(Int64(lottery.entrants.count), source.affordable))
            })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.lotteries[batch]?.change(context.principal) { $0.seed = seed }
        if let draw = accepted.draw, let winners = accepted.winners {
            state.lotteries[batch]?.decide(draw, places: Int(winners))
        }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.lotteryStep(LotteryStepRow(batch: batch, Self.type, seed, context)))
    }
}

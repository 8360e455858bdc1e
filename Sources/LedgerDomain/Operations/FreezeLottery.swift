package import CBOR

/// Freezes a lottery's numbered list once entries are over: from now on its root decides, and nothing can be added.
package struct FreezeLottery: Operation {
    package static let type = OperationType.freezeLottery

    package var batch: BatchID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
    }

    /// How many entries there are, and the root of the tree over their marks (RFC 6962 §2.1).
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var count: UInt32 = 0
        package var root = Octets()

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &count)
            try coder.field(33, &root)
        }
    }
}

extension FreezeLottery {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        let source = state.batches[batch]
        guard source.status == .open else { return .failure(.batchNotOpen) }
        guard let lottery = state.lotteries[batch] else { return .failure(.releaseMismatch) }
        guard lottery.isCommitted else { return .failure(.lotteryNotCommitted) }
        guard context.instant >= source.until else { return .failure(.lotteryEntriesOpen) }
        if let refusal = lottery.refusalOfSteps(at: context.instant) { return .failure(refusal) }
        guard lottery.root == nil else { return .failure(.lotteryFrozen) }
        return .success(
            .with {
                $0.count = UInt32(lottery.entrants.count)
                $0.root = lottery.currentRoot
            })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.lotteries[batch]?.root = accepted.root
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.lotteryStep(LotteryStepRow(batch: batch, Self.type, accepted.root, context)))
    }
}

extension Lottery {
    /// Why nothing more can be done for the draw, or `nil`.
    func refusalOfSteps(at instant: Instant) -> Refusal? {
        if isVoid { return .lotteryVoid }
        return instant < revealBy ? nil : .lotteryRevealOver
    }
}

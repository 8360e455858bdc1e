package import CBOR

/// Declares a lottery void that was not drawn in time, because a party did not reveal or nobody froze the list.
package struct VoidLottery: Operation {
    package static let type = OperationType.voidLottery

    package typealias Accepted = NoFields

    package var batch: BatchID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
    }
}

extension VoidLottery {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        guard state.batches[batch].status == .open else { return .failure(.batchNotOpen) }
        guard let lottery = state.lotteries[batch] else { return .failure(.releaseMismatch) }
        guard !lottery.isVoid else { return .failure(.lotteryVoid) }
        guard context.instant >= lottery.revealBy else { return .failure(.lotteryRevealOpen) }
        guard lottery.draw == nil else { return .failure(.lotteryDrawn) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.lotteries[batch]?.isVoid = true
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.lotteryStep(LotteryStepRow(batch: batch, Self.type, Octets(), context)))
    }
}

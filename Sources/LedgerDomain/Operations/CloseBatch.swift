package import CBOR

/// Closes a batch: what it did not use returns to the programme, and so does what lapses later.
package struct CloseBatch: Operation {
    package static let type = OperationType.closeBatch

    package var batch: BatchID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
    }

    /// What is left, by fund.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var programme: ProgrammeID = .none
        package var unused: FundShares = FundShares()

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
            try coder.field(33, &unused)
        }
    }
}

extension CloseBatch {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        let current = state.batches[batch]
        guard current.status != .closed else { return .failure(.batchNotOpen) }
        guard state.lotteries[batch]?.isUnderWay(at: context.instant) != true else {
            return .failure(.lotteryUnderWay)
        }
        return .success(
            .with {
                $0.programme = current.programme
                $0.unused = current.named(current.balance)
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            .close, debit: .batch(batch), credit: .programme(accepted.programme), accepted.unused)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.batches[batch].status = .closed
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.batchStatus(batch, .closed, approvedBy: nil))
    }
}

package import CBOR

/// Approves a batch and opens it: quota × face moves from the programme, by the funding weights.
package struct ApproveBatch: Operation {
    package static let type = OperationType.approveBatch

    package var batch: BatchID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
    }

    /// What each fund puts in.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var programme: ProgrammeID = .none
        package var opened: FundShares = FundShares()

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
            try coder.field(33, &opened)
        }
    }
}

extension ApproveBatch {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        let proposed = state.batches[batch]
        guard proposed.maker != context.principal else { return .failure(.makerIsChecker) }
        let programme = state.programmes[proposed.programme]
        switch programme.status {
        case .submitted: return .failure(.programmeNotApproved)
        case .closed: return .failure(.programmeClosed)
        case .approved, .paused: break
        }
        guard proposed.status == .proposed else { return .failure(.batchNotProposed) }
        let total = Amount(fen: Int64(proposed.quota) * proposed.face.fen)
        let opened = proposed.named(
            Split.apportion(total, weights: proposed.weights, count: proposed.funds.count))
        let shares = (0..<opened.count).map { opened[$0] }
        guard shares.allSatisfy({ $0.amount <= programme.available($0.fund) }) else {
            return .failure(.insufficientProgramme)
        }
        guard shares.allSatisfy({ $0.amount <= state.funds[$0.fund].free }) else {
            return .failure(.clawBackOutstanding)
        }
        return .success(
            .with {
                $0.programme = proposed.programme
                $0.opened = opened
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            .open, debit: .programme(accepted.programme), credit: .batch(batch), accepted.opened)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.batches[batch].status = .open
        state.batches[batch].opened = accepted.opened.shares
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.batchStatus(batch, .open, approvedBy: context.principal))
    }
}

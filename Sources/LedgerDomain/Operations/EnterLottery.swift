package import CBOR

/// Enters a resident into a batch's lottery; the number is the entry's place in the list that will be frozen.
package struct EnterLottery: Operation {
    package static let type = OperationType.enterLottery

    package var batch: BatchID = .none
    package var pseudonym = Pseudonym(0)
    package var claimant: Claimant?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
        try coder.field(17, &pseudonym)
        try coder.field(18, &claimant)
    }

    /// The entry's number, from 1.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var number: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &number)
        }
    }
}

extension EnterLottery {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard claimant?.isWellFormed ?? true else { return .failure(.claimantInvalid) }
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        let source = state.batches[batch]
        let programme = state.programmes[source.programme]
        if let refusal = programme.refusal { return .failure(refusal) }
        if let refusal = source.refusal(at: context.instant, under: state.rule(of: source)) {
            return .failure(refusal)
        }
        guard context.instant < source.until else { return .failure(.batchWindowOver) }
        guard let lottery = state.lotteries[batch] else { return .failure(.releaseMismatch) }
        guard lottery.isCommitted else { return .failure(.lotteryNotCommitted) }
        guard lottery.number(of: pseudonym) == nil else { return .failure(.lotteryEntered) }
        let claim = Claim(pseudonym: pseudonym, claimant: claimant, context: context)
        if let refusal = state.accessRefusal(of: claim, taking: source)
            ?? state.personRefusal(of: pseudonym, taking: source)
        {
            return .failure(refusal)
        }
        return .success(.with { $0.number = UInt32(lottery.entrants.count + 1) })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.lotteries[batch]?.enter(pseudonym)
        state.note(claimant, for: pseudonym)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .lotteryEntry(
                LotteryEntryRow(
                    batch: batch, number: accepted.number, pseudonym: pseudonym, event: context.number)))
    }
}

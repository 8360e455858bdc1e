import AuditLog
package import LedgerDomain
import LedgerEngine
import LedgerStorage

/// Lotteries (摇号): who enters, who wins, and what anybody may check (DESIGN §4).
extension LedgerService {
    /// Enters a registered resident into the lottery of a batch.
    ///
    /// - Returns: what the ledger answered, and the mark by which the resident finds the entry in the published list.
    package func enter(
        _ batch: BatchID, for identityNumber: String, proxy: String? = nil, channel: String? = nil,
        _ call: Call
    ) async throws(ServiceError) -> (receipt: Receipt<EnterLottery>, mark: Octets) {
        let pseudonym = try pseudonym(of: identityNumber, taking: batch)
        let claimant = try claimant(
            identityNumber, proxy: proxy, channel: channel, taking: batch, at: call.instant ?? now)
        let command = EnterLottery.with {
            $0.batch = batch
            $0.pseudonym = pseudonym
            $0.claimant = claimant
        }
        let receipt = try await perform(command, call) { (earlier: EnterLottery) in
            guard earlier.pseudonym == pseudonym, claimant.isSaid(again: earlier.claimant) else { return nil }
            var again = command
            again.claimant = earlier.claimant
            return again
        }
        return (receipt, LotteryDraw.mark(ledger, batch, pseudonym))
    }

    /// The entry of a registered resident in the lottery of a batch; `nil` where there is none.
    package func lotteryEntry(
        of identityNumber: String, in batch: BatchID
    ) throws(ServiceError) -> (number: UInt32, mark: Octets, outcome: Lottery.Outcome)? {
        let pseudonym = try pseudonym(of: identityNumber, taking: batch)
        return try state { state in
            guard let lottery = state.lotteries[batch], let number = lottery.number(of: pseudonym),
                let outcome = lottery.outcome(of: number)
            else { return nil }
            return (number, LotteryDraw.mark(ledger, batch, pseudonym), outcome)
        }
    }

    /// Issues the vouchers of all who won and have none yet, in slices; whoever the rules refuse stays without.
    package func issueWon(
        _ batch: BatchID, _ call: Call, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(ServiceError) -> BulkSummary {
        let winners = try lottery(of: batch) { lottery in
            lottery.outcomes.enumerated().filter { $0.element == .won }.map {
                (number: UInt32($0.offset + 1), pseudonym: lottery.entrants[$0.offset])
            }
        }
        var summary = BulkSummary()
        for start in stride(from: 0, to: winners.count, by: 500) {
            let slice = winners[start..<min(start + 500, winners.count)]
            let requests = slice.map { winner in
                let command = Issue.with {
                    $0.batch = batch
                    $0.pseudonym = winner.pseudonym
                    $0.release = .lottery
                    $0.entry = winner.number
                }
                return request(command, call.step("\(winner.number)"))
            }
            for (winner, reply) in zip(slice, await performAll(requests)) {
                try summary.add(reply, line: Int(winner.number))
            }
            progress(start + slice.count, winners.count)
        }
        return summary
    }

    /// What is published of a lottery whose list is frozen: its record, the list, the winners, and a receipt for every
    /// step.
    ///
    /// - Throws: ``ServiceError/refused(_:event:)`` before the list is frozen: until then nobody may know who entered.
    package func publication(of batch: BatchID) throws(ServiceError) -> LotteryPublication {
        let (lottery, places) = try lottery(of: batch) { lottery in
            (lottery, lottery.outcomes.count { $0 != .open })
        }
        guard let root = lottery.root else { throw .refused(.lotteryNotFrozen, event: nil) }
        let (source, steps) = try query { (model) throws(StorageError) in
            (
                try model.batches(ledger).first { $0.row.id == batch }?.row,
                try model.lotterySteps(of: batch, ledger)
            )
        }
        guard let source else { throw .refused(.unknownBatch, event: nil) }
        let winners = lottery.draw.map {
            LotteryDraw.winners($0, entries: lottery.entrants.count, places: places)
        }
        var receipts: [LotteryPublication.Step] = []
        for step in steps {
            receipts.append(
                LotteryPublication.Step(event: step.event, receipt: try receipt(of: step.event).bytes))
        }
        return LotteryPublication(
            record: LotteryRecord(
                ledger: ledger, batch: batch, face: source.face, quota: source.quota, lottery: lottery,
                root: root),
            marks: lottery.marks, winners: winners, steps: receipts)
    }

    private func lottery<Value>(
        of batch: BatchID, _ body: (Lottery) -> Value
    ) throws(ServiceError) -> Value {
        let found = try state { state -> Result<Value, Refusal> in
            guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
            guard let lottery = state.lotteries[batch] else { return .failure(.releaseMismatch) }
            return .success(body(lottery))
        }
        switch found {
        case .success(let value): return value
        case .failure(let refusal): throw .refused(refusal, event: nil)
        }
    }
}

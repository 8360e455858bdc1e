import CBOR
import Cryptography
import LedgerDomain

/// A lottery as it should be, with those who would bend it; and one that a missing seed makes void.
extension Season {
    mutating func drawLots() throws {
        let programme = ProgrammeID(UInt32(state.programmes.count))
        let fund = FundID(UInt32(state.funds.count))
        try give(
            Allocate.with { ($0.programme, $0.fund, $0.amount) = (programme, fund, Self.yuan(240)) })
        let drawn = try openLottery(programme, fund)
        try refuse(.lotteryNotCommitted, entry(drawn, 401))
        for party in ["officer", "notary"] { try give(commitment(drawn, party), by: party) }
        try refuse(.lotteryCommitted, commitment(drawn, "officer"))
        for person in [401, 402, 403] as [UInt64] { try give(entry(drawn, person)) }
        try refuse(.lotteryEntered, entry(drawn, 402))
        try refuse(.lotteryEntriesOpen, FreezeLottery.with { $0.batch = drawn })
        try refuse(.lotteryNotFrozen, seed(drawn, "officer"))
        let void = try openLottery(programme, fund)
        try refuse(
            .lotteryCommitmentUsed, Self.with(commitment(drawn, "officer")) { $0.batch = void })
        for party in ["officer", "notary"] { try give(commitment(void, party), by: party) }
        try give(entry(void, 401))

        clock = clock.adding(Instant.day)
        for batch in [drawn, void] { try give(FreezeLottery.with { $0.batch = batch }) }
        try refuse(.lotteryRevealOrder, seed(drawn, "notary"), by: "notary")
        try refuse(.lotterySeedMismatch, seed(void, "notary"))
        try give(seed(drawn, "officer"))
        try refuse(.lotteryUnderWay, CloseBatch.with { $0.batch = drawn })
        try give(seed(drawn, "notary"), by: "notary")
        try give(seed(void, "officer"))
        try issueWon(drawn)

        clock = clock.adding(Instant.day)
        try refuse(.lotteryRevealOver, seed(void, "notary"), by: "notary")
        try give(VoidLottery.with { $0.batch = void })
        try refuse(.lotteryDrawn, VoidLottery.with { $0.batch = drawn })
    }

    private mutating func issueWon(_ batch: BatchID) throws {
        guard let lottery = state.lotteries[batch] else {
            throw Nonconformance(description: "there is no lottery")
        }
        for (index, pseudonym) in lottery.entrants.enumerated() {
            let issue = Issue.with {
                ($0.batch, $0.pseudonym, $0.release) = (batch, pseudonym, .lottery)
                $0.entry = UInt32(index + 1)
            }
            if lottery.outcomes[index] == .won {
                try give(issue)
                try refuse(.lotteryIssued, issue)
            } else {
                try refuse(.lotteryNotWon, issue)
            }
        }
    }

    /// A batch of two vouchers, its entries open for a day and its seeds due a few hours later.
    private mutating func openLottery(_ programme: ProgrammeID, _ fund: FundID) throws -> BatchID {
        let parties = ["officer", "notary"].map(StorageConformance.principal)
        let proposal = ProposeBatch.with {
            ($0.programme, $0.face, $0.quota) = (programme, Self.yuan(60), 2)
            $0.weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
            ($0.from, $0.until) = (clock, clock.adding(20 * Instant.hour))
            $0.release = .lottery
            $0.lottery = .with {
                ($0.parties, $0.revealBy) = (parties, clock.adding(30 * Instant.hour))
            }
        }
        try refuse(.lotteryInvalid, Self.with(proposal) { $0.lottery?.parties.removeLast() })
        try give(proposal)
        let batch = BatchID(UInt32(state.batches.count))
        try give(ApproveBatch.with { $0.batch = batch }, by: "checker")
        return batch
    }

    private func secret(_ batch: BatchID, _ party: String) -> Octets {
        Octets(SHA256Digest.of(Array("\(party) \(batch.rawValue)".utf8)))
    }

    private func commitment(_ batch: BatchID, _ party: String) -> CommitSeed {
        .with { ($0.batch, $0.commitment) = (batch, LotteryDraw.commitment(to: secret(batch, party))) }
    }

    private func seed(_ batch: BatchID, _ party: String) -> RevealSeed {
        .with { ($0.batch, $0.seed) = (batch, secret(batch, party)) }
    }

    private func entry(_ batch: BatchID, _ person: UInt64) -> EnterLottery {
        .with { ($0.batch, $0.pseudonym) = (batch, Pseudonym(person)) }
    }
}

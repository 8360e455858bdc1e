import CBOR
import Cryptography
import LedgerDomain

/// A draw as DESIGN §4 tells it.
struct ModelLottery: Sendable {
    var plan: LotteryPlan
    var commitments: [Principal: [UInt8]] = [:]
    var entrants: [Pseudonym] = []
    var root: [UInt8]?
    var seeds: [Principal: [UInt8]] = [:]
    /// The numbers that won, in no order; `nil` before the draw.
    var winners: Set<UInt32>?
    var issued: Set<Pseudonym> = []
    var isVoid = false

    func hasWon(_ pseudonym: Pseudonym, _ entry: UInt32?) -> Bool {
        guard let entry, let winners, let place = entrants.firstIndex(of: pseudonym) else { return false }
        return Int(entry) == place + 1 && winners.contains(entry)
    }
}

// Lotteries from the first commitment to the draw.
extension ReferenceModel {
    func isDrawable(_ asked: ProposeBatch) -> Bool {
        guard asked.release == .lottery, let plan = asked.lottery else {
            return asked.release != .lottery && asked.lottery == nil
        }
        let names = plan.parties.map(\.name)
        return names.count >= 2 && names.count <= 8 && Set(names).count == names.count
            && plan.revealBy > asked.until
    }

    /// Whether a lottery keeps its batch from being closed.
    func binds(_ lottery: ModelLottery) -> Bool {
        if lottery.isVoid || lottery.entrants.isEmpty { return false }
        guard let winners = lottery.winners else { return true }
        return lottery.issued.count < winners.count && now < lottery.plan.revealBy.adding(30 * 86_400_000_000)
    }

    /// Every commitment ever made.
    private var everCommitted: Set<[UInt8]> { Set(lotteries.values.flatMap(\.commitments.values)) }

    mutating func predict(_ asked: CommitSeed) throws(Refusal) -> NoFields {
        guard let batch = batches[asked.batch] else { throw .unknownBatch }
        let lottery = lotteries[asked.batch]
        try refuse([
            (.batchNotOpen, batch.status == .closed),
            (.releaseMismatch, lottery == nil),
            (.lotterySeedInvalid, asked.commitment.bytes.count != 32),
            (.lotteryPartyUnknown, lottery?.plan.parties.contains(principal) != true),
            (.lotteryCommitted, lottery?.commitments[principal] != nil),
            (.lotteryCommitmentUsed, everCommitted.contains(asked.commitment.bytes)),
        ])
        lotteries[asked.batch]?.commitments[principal] = asked.commitment.bytes
        return NoFields()
    }

    mutating func predict(_ asked: EnterLottery) throws(Refusal) -> EnterLottery.Accepted {
        try refuse([(.claimantInvalid, asked.claimant.map { !isMeant($0) } ?? false)])
        guard let batch = batches[asked.batch], let programme = programmes[batch.programme] else {
            throw .unknownBatch
        }
        let lottery = lotteries[asked.batch]
        try refuse(
            claimReasons(asked.pseudonym, asked.claimant, batch, programme)
                + accessReasons(asked.pseudonym, asked.claimant, batch, programme) + [
                    (.batchWindowOver, now >= batch.until),
                    (.releaseMismatch, lottery == nil),
                    (
                        .lotteryNotCommitted,
                        lottery.map { $0.commitments.count < $0.plan.parties.count } ?? false
                    ),
                    (.lotteryEntered, lottery?.entrants.contains(asked.pseudonym) ?? false),
                ])
        lotteries[asked.batch]?.entrants.append(asked.pseudonym)
        if let grown = asked.claimant?.attestations.first(where: { $0.group == "minor" })?.until {
            minors[asked.pseudonym] = grown
        }
        if let proxy = asked.claimant?.proxy { proxied[proxy, default: []].insert(asked.pseudonym) }
        return .with { $0.number = UInt32((lottery?.entrants.count ?? 0) + 1) }
    }

    mutating func predict(_ asked: FreezeLottery) throws(Refusal) -> FreezeLottery.Accepted {
        guard let batch = batches[asked.batch] else { throw .unknownBatch }
        let lottery = lotteries[asked.batch]
        try refuse([
            (.batchNotOpen, batch.status != .open),
            (.releaseMismatch, lottery == nil),
            (.lotteryNotCommitted, lottery.map { $0.commitments.count < $0.plan.parties.count } ?? false),
            (.lotteryEntriesOpen, now < batch.until),
            (.lotteryVoid, lottery?.isVoid ?? false),
            (.lotteryRevealOver, lottery.map { now >= $0.plan.revealBy } ?? false),
            (.lotteryFrozen, lottery?.root != nil),
        ])
        let marks = (lottery?.entrants ?? []).map { mark(asked.batch, $0) }
        let root = modelRoot(marks[...])
        lotteries[asked.batch]?.root = root
        return .with {
            $0.count = UInt32(marks.count)
            $0.root = Octets(root)
        }
    }

    mutating func predict(_ asked: RevealSeed) throws(Refusal) -> RevealSeed.Accepted {
        guard let batch = batches[asked.batch] else { throw .unknownBatch }
        let lottery = lotteries[asked.batch]
        let place = lottery?.plan.parties.firstIndex(of: principal)
        let turn = lottery?.seeds.count
        try refuse([
            (.batchNotOpen, batch.status != .open),
            (.releaseMismatch, lottery == nil),
            (.lotterySeedInvalid, asked.seed.bytes.count != 32),
            (.lotteryPartyUnknown, place == nil),
            (.lotteryVoid, lottery?.isVoid ?? false),
            (.lotteryRevealOver, lottery.map { now >= $0.plan.revealBy } ?? false),
            (.lotteryNotFrozen, lottery?.root == nil),
            (.lotteryRevealed, lottery?.seeds[principal] != nil),
            (.lotteryRevealOrder, place ?? 0 > turn ?? 0),
            (.lotterySeedMismatch, SHA256Digest.of(asked.seed.bytes) != lottery?.commitments[principal]),
        ])
        lotteries[asked.batch]?.seeds[principal] = asked.seed.bytes
        guard let lottery = lotteries[asked.batch], lottery.seeds.count == lottery.plan.parties.count else {
            return RevealSeed.Accepted()
        }
        let seeds = lottery.plan.parties.flatMap { lottery.seeds[$0] ?? [] }
        let draw = SHA256Digest.of(
            Array("wenhui/lottery-draw/1\0".utf8) + (four(code?.rawValue ?? 0) + four(asked.batch.rawValue))
                + (lottery.root ?? []) + seeds)
        let places = min(lottery.entrants.count, Int(left(in: asked.batch) / batch.face))
        // Whoever has fewer than that many before it wins.
        let ranks = lottery.entrants.indices.map { (SHA256Digest.of(draw + four(UInt32($0 + 1))), $0) }
        let winners = ranks.filter { rank in
            ranks.count { $0.0.lexicographicallyPrecedes(rank.0) } < places
        }
        lotteries[asked.batch]?.winners = Set(winners.map { UInt32($0.1 + 1) })
        return .with {
            $0.draw = Octets(draw)
            $0.winners = UInt32(places)
        }
    }

    mutating func predict(_ asked: VoidLottery) throws(Refusal) -> NoFields {
        guard let batch = batches[asked.batch] else { throw .unknownBatch }
        let lottery = lotteries[asked.batch]
        try refuse([
            (.batchNotOpen, batch.status != .open),
            (.releaseMismatch, lottery == nil),
            (.lotteryVoid, lottery?.isVoid ?? false),
            (.lotteryRevealOpen, lottery.map { now < $0.plan.revealBy } ?? false),
            (.lotteryDrawn, lottery?.winners != nil),
        ])
        lotteries[asked.batch]?.isVoid = true
        return NoFields()
    }

    private func mark(_ batch: BatchID, _ pseudonym: Pseudonym) -> [UInt8] {
        let person = pseudonym.rawValue
        return SHA256Digest.of(
            Array("wenhui/lottery-entry/1\0".utf8) + four(code?.rawValue ?? 0) + four(batch.rawValue)
                + four(UInt32(person >> 32)) + four(UInt32(truncatingIfNeeded: person)))
    }

    private func four(_ number: UInt32) -> [UInt8] {
        [UInt8(number >> 24), UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
    }
}

/// The Merkle Tree Hash of RFC 6962 §2.1, as it is defined there.
private func modelRoot(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
    guard let first = leaves.first else { return SHA256Digest.of([]) }
    guard leaves.count > 1 else { return SHA256Digest.of([0] + first) }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    return SHA256Digest.of(
        [1] + modelRoot(leaves.prefix(half)) + modelRoot(leaves.dropFirst(half)))
}

import CBOR
import Cryptography
import LedgerDomain

// Lotteries: parties that commit, people that enter, and those who would bend the draw.
extension CommandGenerator {
    func lotteryWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        let live = model.lotteries.filter { model.batches[$0.key]?.status == .open && !$0.value.isVoid }
        let some = !live.isEmpty
        let frozen = live.values.contains { $0.root != nil && $0.winners == nil && clock < $0.plan.revealBy }
        let over = live.contains { id, lottery in
            lottery.root == nil && isOver(id, model) && clock < lottery.plan.revealBy
                && lottery.commitments.count == lottery.plan.parties.count
        }
        let waits = live.values.contains { $0.commitments.count < $0.plan.parties.count }
        let open = live.contains { id, lottery in
            lottery.commitments.count == lottery.plan.parties.count && !isOver(id, model)
        }
        return [
            (.commitSeed, waits ? 400 : 10), (.enterLottery, open ? 250 : 10),
            (.freezeLottery, over ? 300 : 12), (.revealSeed, frozen ? 300 : 20),
            (.voidLottery, some ? 12 : 1),
        ]
    }

    private func isOver(_ batch: BatchID, _ model: ReferenceModel) -> Bool {
        model.batches[batch].map { $0.until <= clock } ?? false
    }

    /// Two or three parties and a few hours to reveal; now and then what cannot be drawn.
    mutating func lotteryPlan(_ release: Release, _ until: Instant) -> LotteryPlan? {
        guard release == .lottery ? chance(980) : chance(5) else { return nil }
        var parties = Array(people.shuffled(using: &random).prefix(Int(number(2...3))))
        if chance(20) { parties.append(parties[0]) }
        if chance(10) { parties = [parties[0]] }
        let begin = min(until, clock.adding(pick([30, 120, 600]).map { $0 * 60_000_000 } ?? 0))
        return .with {
            $0.parties = parties
            $0.revealBy = chance(980) ? begin.adding(2 * 3_600_000_000) : begin.adding(-7_200_000_000)
        }
    }

    /// The seed that a party takes for a batch: 32 bytes that follow from both.
    private func seed(_ batch: BatchID, _ party: Principal) -> Octets {
        Octets(SHA256Digest.of(Array("\(batch.rawValue) \(party.name)".utf8)))
    }

    mutating func commitSeed(_ model: ReferenceModel) -> CommitSeed {
        let batch = lottery(model) { $0.commitments.count < $0.plan.parties.count }
        let waiting = model.lotteries[batch].map { lottery in
            lottery.plan.parties.filter { lottery.commitments[$0] == nil }
        }
        if chance(930), let party = pick(waiting ?? []) { principal = party }
        let copied = chance(60) ? key(model.lotteries)?.rawValue : nil
        let seed = seed(copied.map { BatchID($0) } ?? batch, principal)
        return .with {
            $0.batch = batch
            $0.commitment = Octets(SHA256Digest.of(seed.bytes))
            if chance(20) { $0.commitment = Octets(Array(repeating: 7, count: Int(number(0...33)))) }
        }
    }

    mutating func enterLottery(_ model: ReferenceModel) -> EnterLottery {
        let now = clock
        let open = key(
            model.lotteries.filter { id, lottery in
                lottery.commitments.count == lottery.plan.parties.count
                    && model.batches[id].map { $0.status == .open && now >= $0.from && now < $0.until }
                        ?? false
            })
        let batch = chance(600) ? open.map { id($0, of: model.batches.count) } : nil
        let chosen = batch ?? lottery(model) { _ in true }
        let person = person(takingFrom: chosen, model)
        return .with {
            $0.batch = chosen
            $0.pseudonym = person
            $0.claimant = claimant(takingFrom: chosen, person, model)
        }
    }

    mutating func freezeLottery(_ model: ReferenceModel) -> FreezeLottery {
        let now = clock
        let due = key(
            model.lotteries.filter { id, lottery in
                lottery.root == nil && lottery.commitments.count == lottery.plan.parties.count
                    && model.batches[id].map { $0.status == .open && now >= $0.until } ?? false
            })
        let again = chance(500)
        let any = lottery(model) { !again || $0.root != nil && now < $0.plan.revealBy }
        return .with { $0.batch = chance(700) ? due ?? any : any }
    }

    mutating func revealSeed(_ model: ReferenceModel) -> RevealSeed {
        let early = chance(150)
        let batch = lottery(model) { ($0.root == nil) == early && $0.winners == nil }
        let parties = model.lotteries[batch]?.plan.parties ?? []
        let turn = model.lotteries[batch]?.seeds.count ?? 0
        if chance(650), turn < parties.count { principal = parties[turn] }
        if chance(150), turn > 0 { principal = parties[turn - 1] }
        let seed = seed(batch, principal)
        return .with {
            $0.batch = batch
            $0.seed = chance(870) ? seed : Octets(Array(repeating: 9, count: pick([32, 32, 31, 0]) ?? 32))
        }
    }

    mutating func voidLottery(_ model: ReferenceModel) -> VoidLottery {
        let now = clock
        let late = lottery(model) { $0.plan.revealBy <= now && $0.winners == nil && !$0.isVoid }
        let any = lottery(model) { _ in true }
        return .with { $0.batch = chance(700) ? late : any }
    }

    /// A winner, half the time one without a voucher, and the batch that it won.
    mutating func winner(_ model: ReferenceModel) -> (batch: BatchID, pseudonym: Pseudonym, entry: UInt32)? {
        let drawn = key(model.lotteries) { lottery in
            lottery.winners.map { $0.count > lottery.issued.count } ?? false
        }
        guard let drawn, let lottery = model.lotteries[drawn], !lottery.entrants.isEmpty else { return nil }
        let waiting = (lottery.winners ?? []).sorted().filter {
            !lottery.issued.contains(lottery.entrants[Int($0) - 1])
        }
        let any = UInt32(number(1...Int64(lottery.entrants.count)))
        let entry = chance(500) ? pick(waiting) ?? any : any
        let other = chance(30) ? UInt32(number(0...3)) : entry
        return (drawn, lottery.entrants[Int(entry) - 1], other)
    }

    /// The batch of a lottery for which something holds, if there is one; now and then any batch.
    private mutating func lottery(
        _ model: ReferenceModel, where holds: (ModelLottery) -> Bool
    ) -> BatchID {
        let fitting = key(model.lotteries, where: holds)
        let wanted = chance(950) ? fitting ?? key(model.lotteries) : key(model.batches)
        return id(wanted, of: model.batches.count)
    }
}

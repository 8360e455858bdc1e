import CBOR
import LedgerDomain

// People of certain groups, their guardians, and batches that prefer some of them.
extension CommandGenerator {
    private var groups: [String] { ["minor", "elderly", "rural"] }

    mutating func ruleClaims() -> RuleClaims? {
        guard chance(350) else { return nil }
        return .with {
            $0.scope = chance(600) ? pick(["文惠", "书香"]) : nil
            $0.guarded = chance(500) ? ["minor"] : []
            $0.proxied = chance(500) ? pick([1, 2]) : nil
        }
    }

    mutating func batchAccess(_ asked: ProposeBatch) -> BatchAccess? {
        guard chance(400) else { return nil }
        let hour: Int64 = 3_600_000_000
        let isPlain = asked.release == .lottery && chance(950)
        var access = BatchAccess()
        if chance(200) { access.only = Array(groups.shuffled(using: &random).prefix(Int(number(1...2)))) }
        if chance(300), !isPlain {
            access.priority = [pick(groups) ?? "minor"]
            access.priorityFrom = asked.from.adding(-number(0...3) * hour)
        }
        if chance(500), !isPlain {
            let count = max(1, asked.quota / 2)
            access.reserves = groups.shuffled(using: &random).prefix(Int(number(1...2))).map { group in
                .with { ($0.group, $0.count) = (group, chance(970) ? count : asked.quota) }
            }
            if chance(300) { access.reservedUntil = asked.from.adding(number(1...20) * hour) }
        }
        if chance(300), asked.quota > 1, !isPlain {
            let round = clock.adding(number(1...6) * hour)
            access.rounds = [.with { ($0.from, $0.count) = (round, asked.quota / 2) }]
        }
        if chance(30) { access.only = ["minor", "minor"] }
        return access
    }

    /// Somebody of the programme's scope: of a few people, so that they come again.
    mutating func person(takingFrom batch: BatchID, _ model: ReferenceModel) -> Pseudonym {
        let programme = model.batches[batch]?.programme ?? .none
        let scope = model.programmes[programme]?.rule.claims?.scope
        let own = scope.map { UInt64($0.utf8.reduce(0) { $0 + Int($1) }) } ?? UInt64(programme.rawValue)
        return Pseudonym((chance(985) ? own : UInt64(number(1...4))) << 8 + UInt64(number(0...23)))
    }

    /// What is known of a person: mostly what the batch asks for, and now and then what is of no use.
    mutating func claimant(
        takingFrom batch: BatchID, _ person: Pseudonym, _ model: ReferenceModel
    ) -> Claimant? {
        let access = model.batches[batch]?.access
        let wanted = Set(
            (access?.only ?? []) + (access?.priority ?? []) + (access?.reserves.map(\.group) ?? []))
        let guarded = model.batches[batch]?.rule.claims?.guarded ?? []
        let asks = !wanted.isEmpty || !guarded.isEmpty || model.batches[batch]?.rule.goods != nil
        guard asks ? chance(750) : chance(120) else { return nil }
        var names = wanted.sorted().filter { _ in chance(600) }
        if chance(300) { names += guarded.filter { !names.contains($0) } }
        let minds = model.batches[batch]?.rule.goods?.adultsOnly.isEmpty == false
        if minds, chance(700), !names.contains("minor") { names.append("minor") }
        if chance(20) { names.append(names.first ?? "") }
        let attestations = names.map { attestation($0) }
        let isGuarded = chance(names.contains("minor") ? 700 : 250)
        let guardian = Pseudonym(person.rawValue & ~255 + UInt64(number(24...27)))
        return .with {
            $0.attestations = attestations
            if isGuarded { $0.proxy = chance(950) ? guardian : person }
            if chance(500) { $0.channel = text(pick(channels) ?? "pos", 32) }
        }
    }

    private mutating func attestation(_ name: String) -> Attestation {
        let others = people.filter { $0 != principal }
        return .with {
            $0.group = chance(990) ? name : text("", 32)
            $0.until = clock.adding(chance(930) ? 86_400_000_000 : number(-1...1))
            $0.attestor = chance(40) ? principal : pick(others) ?? principal
            $0.commitment = Digest128(high: 1, low: random.next())
        }
    }
}

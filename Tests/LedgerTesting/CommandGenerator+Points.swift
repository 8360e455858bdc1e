import CBOR
import LedgerDomain

// Points for attended activities.
extension CommandGenerator {
    func pointsWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        let earns = model.programmes.values.contains { $0.status == .approved && $0.rule.points != nil }
        let expires = model.lots.values.contains { $0.contains { $0.expiry <= clock } }
        return [(.earnPoints, earns ? 60 : 3), (.expirePoints, expires ? 60 : 3)]
    }

    mutating func rulePoints(_ claims: RuleClaims?) -> RulePoints? {
        guard chance(claims?.scope == nil ? 200 : 5) else { return nil }
        let hour: Int64 = 3_600_000_000
        let rate: UInt32 = chance(980) ? pick([1, 3, 10]) ?? 1 : 0
        let lifetime = pick([hour, 24 * hour, 2_400 * hour]) ?? hour
        return .with {
            $0.activities = [
                .with { ($0.name, $0.points) = ("讲座", 200) }, .with { ($0.name, $0.points) = ("志愿服务", 37) },
            ]
            $0.lifetime = lifetime
            $0.rate = rate
        }
    }

    mutating func earnPoints(_ model: ReferenceModel) -> EarnPoints {
        let earning = key(model.programmes) { $0.status == .approved && $0.rule.points != nil }
        let programme = chance(930) ? earning ?? .none : programme(model) { _ in true }
        let scope = chance(985) ? UInt64(programme.rawValue) : UInt64(number(1...4))
        return .with {
            $0.programme = programme
            $0.pseudonym = Pseudonym(scope << 8 + UInt64(number(0...5)))
            $0.activity = chance(960) ? pick(["讲座", "志愿服务"]) ?? "" : "演出"
            $0.reference = text(chance(800) ? fresh("讲座") : "讲座一", 64)
            $0.units = chance(980) ? UInt32(number(1...24)) : pick([0, 25]) ?? 0
        }
    }

    mutating func expirePoints(_ model: ReferenceModel) -> ExpirePoints {
        let now = clock
        let due = model.lots.filter { $0.value.contains { $0.expiry <= now } }.keys
            .sorted { $0.rawValue < $1.rawValue }
        let any = model.lots.keys.sorted { $0.rawValue < $1.rawValue }
        let pseudonym = chance(850) ? pick(due) ?? pick(any) : pick(any)
        let person = pseudonym.flatMap { model.people[$0]?.number }
        return .with { $0.person = id(person, of: model.people.count) }
    }

    /// Somebody who has points to exchange in a batch's programme, if there is one.
    mutating func saver(_ batch: BatchID, _ model: ReferenceModel) -> Pseudonym? {
        guard let programme = model.batches[batch]?.programme else { return nil }
        let rich = model.people.filter {
            $0.value.programme == programme && model.usablePoints($0.key) > 0
        }.keys.sorted { $0.rawValue < $1.rawValue }
        return pick(rich)
    }
}

import CBOR
import LedgerDomain

/// Where a voucher of a batch would come from.
enum ModelPlacing: Equatable {
    case anybody
    /// From what is reserved for the group with this place.
    case reserve(Int)
    case reserved
    case laterRound

    /// `nil` where nothing is left at all.
    init?(_ batch: ModelBatch, left: Int64, _ groups: Set<String>, at now: Instant) {
        guard left > 0 else { return nil }
        guard let access = batch.access else {
            self = .anybody
            return
        }
        var free = left
        for round in access.rounds where round.from > now { free -= Int64(round.count) }
        guard free > 0 else {
            self = .laterRound
            return
        }
        if let end = access.reservedUntil, now >= end {
            self = .anybody
            return
        }
        var kept: Int64 = 0
        for (number, reserve) in access.reserves.enumerated() {
            let rest = Int64(reserve.count) - Int64(batch.reserved.count { $0 == reserve.group })
            if rest > 0, groups.contains(reserve.group) {
                self = .reserve(number)
                return
            }
            kept += rest
        }
        self = free > kept ? .anybody : .reserved
    }
}

// Who may take vouchers: groups, proxies, and batches that say so.
extension ReferenceModel {
    /// The groups that somebody belongs to now.
    func groups(_ claimant: Claimant?) -> Set<String> {
        var groups: Set<String> = []
        for attestation in claimant?.attestations ?? [] where now < attestation.until {
            groups.insert(attestation.group)
        }
        return groups
    }

    func isMeant(_ claimant: Claimant) -> Bool {
        let names = claimant.attestations.map(\.group)
        guard claimant.channel.map({ fits($0, 32) }) ?? true else { return false }
        return names.count < 9 && names.allSatisfy { fits($0, 32) } && names.count == Set(names).count
    }

    func accessReasons(
        _ pseudonym: Pseudonym, _ claimant: Claimant?, _ batch: ModelBatch, _ programme: ModelProgramme
    ) -> [(refusal: Refusal, applies: Bool)] {
        let groups = groups(claimant)
        let asks = batch.rule.claims ?? RuleClaims()
        let only = batch.access?.only ?? []
        let proxy = claimant?.proxy
        var wards = proxy.flatMap { proxied[$0] } ?? []
        wards.insert(pseudonym)
        return [
            (.attestorIsClaimant, claimant?.attestations.contains { $0.attestor == principal } ?? false),
            (.attestationExpired, claimant?.attestations.contains { $0.until <= now } ?? false),
            (.notInGroup, !only.isEmpty && !only.contains { groups.contains($0) }),
            (.guardianRequired, proxy == nil && asks.guarded.contains { groups.contains($0) }),
            (.proxyIsSelf, proxy == pseudonym),
            (.proxyLimit, proxy != nil && asks.proxied.map { wards.count > Int($0) } ?? false),
        ]
    }

    /// Whether a batch's groups, reserves and rounds can be meant.
    func isPossible(_ access: BatchAccess, _ asked: ProposeBatch) -> Bool {
        let reserved = access.reserves.map(\.group)
        for list in [access.only, access.priority, reserved] {
            guard list.count <= 8, Set(list).count == list.count, list.allSatisfy({ fits($0, 32) }) else {
                return false
            }
        }
        if let early = access.priorityFrom, early >= asked.from { return false }
        if access.priority.isEmpty != (access.priorityFrom == nil) { return false }
        if access.reservedUntil != nil, reserved.isEmpty { return false }
        let counts = access.reserves.map(\.count), later = access.rounds.map(\.count)
        if counts.contains(0) || later.contains(0) || later.count > 100 { return false }
        if counts.reduce(0, { $0 + UInt64($1) }) > UInt64(asked.quota) { return false }
        if later.reduce(0, { $0 + UInt64($1) }) >= UInt64(asked.quota) { return false }
        var last = asked.from
        for round in access.rounds {
            guard round.from > last else { return false }
            last = round.from
        }
        guard last < asked.until else { return false }
        let simple = access.priority.isEmpty && reserved.isEmpty && later.isEmpty
        return asked.release != .lottery || simple
    }
}

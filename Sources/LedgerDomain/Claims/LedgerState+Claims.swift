/// Somebody who takes a voucher, or enters for one.
struct Claim {
    var pseudonym: Pseudonym
    var claimant: Claimant?
    var context: Context

    /// The groups that the person belongs to now.
    var groups: Set<String> {
        Set((claimant?.attestations ?? []).lazy.filter { $0.until > context.instant }.map(\.group))
    }
}

extension LedgerState {
    /// Why a claim is none of this batch, by the groups and the proxy, or `nil`.
    func accessRefusal(of claim: Claim, taking batch: Batch) -> Refusal? {
        let attestations = claim.claimant?.attestations ?? []
        let rules = rule(of: batch).claims
        guard attestations.allSatisfy({ $0.attestor != claim.context.principal }) else {
            return .attestorIsClaimant
        }
        guard attestations.allSatisfy({ $0.until > claim.context.instant }) else {
            return .attestationExpired
        }
        if let only = batch.access?.only, !only.isEmpty, claim.groups.isDisjoint(with: only) {
            return .notInGroup
        }
        let proxy = claim.claimant?.proxy
        if let guarded = rules?.guarded, !claim.groups.isDisjoint(with: guarded), proxy == nil {
            return .guardianRequired
        }
        guard let proxy else { return nil }
        guard proxy != claim.pseudonym else { return .proxyIsSelf }
        let others = (proxied[proxy] ?? []).filter { $0 != claim.pseudonym }
        if let limit = rules?.proxied, others.count >= limit { return .proxyLimit }
        return nil
    }

    /// Why a person may not have another voucher of a batch, or `nil`.
    func personRefusal(of pseudonym: Pseudonym, taking batch: Batch) -> Refusal? {
        let limits = rule(of: batch).limits
        var person = person(pseudonym).map { people[$0] }
        if let other = person, other.programme != batch.programme {
            guard let scope = programmes[batch.programme].rule.claims?.scope,
                programmes[other.programme].rule.claims?.scope == scope
            else { return .notHolder }
            guard other.hasNothing else { return .excludedByOther }
            person = nil
        }
        if let limit = limits.personAmount, (person?.amount ?? .zero) + batch.face > limit {
            return .personAmountLimit
        }
        if let limit = limits.personVouchers, (person?.vouchers ?? 0) >= limit { return .personVoucherLimit }
        return nil
    }

    /// Books who claimed for whom, and who is under age.
    mutating func note(_ claimant: Claimant?, for pseudonym: Pseudonym) {
        if let grown = claimant?.minorUntil { minors[pseudonym] = grown }
        guard let proxy = claimant?.proxy, proxied[proxy]?.contains(pseudonym) != true else { return }
        proxied[proxy, default: []].append(pseudonym)
    }

    /// The person of a pseudonym, counted from now on if it is new, or has nothing in another programme any more.
    mutating func enrol(_ pseudonym: Pseudonym, in programme: ProgrammeID) -> PersonID {
        if let known = person(pseudonym) {
            if people[known].programme != programme {
                // Nothing is left of what the other programme counted, and this one begins anew.
                people[known] = Person(pseudonym: pseudonym, programme: programme)
                for merchant in merchants.enumerated {
                    purchases[PersonMerchant(person: known, merchant: merchant.id)] = nil
                }
            }
            return known
        }
        let id = people.nextID
        people.append(Person(pseudonym: pseudonym, programme: programme))
        pseudonyms.insert(pseudonym.rawValue, id.rawValue)
        return id
    }
}

extension Person {
    /// Whether nothing is outstanding, used or owed, so that another programme of the scope may count the person.
    var hasNothing: Bool { vouchers == 0 && amount == .zero && debt == .zero }
}

extension Batch {
    /// Why nobody can take anything from the batch at `instant`, or `nil`; what was won may be taken later.
    func refusal(at instant: Instant, under rule: ProgrammeRule, groups: Set<String> = []) -> Refusal? {
        guard status == .open else { return .batchNotOpen }
        var begin = from
        if let access, let early = access.priorityFrom, !groups.isDisjoint(with: access.priority) {
            begin = early
        }
        guard instant >= begin else { return .batchWindowNotBegun }
        let end = release == .lottery ? nil : until
        guard [rule.conditions.until, end].compactMap({ $0 }).allSatisfy({ instant < $0 }) else {
            return .batchWindowOver
        }
        return nil
    }

    /// The reserve, by its place, that a claim takes from, `nil` for none; or why there is nothing for it now.
    func reserve(for groups: Set<String>, at instant: Instant) -> Result<UInt32?, Refusal> {
        let left = affordable
        guard left > 0 else { return .failure(.batchSoldOut) }
        guard let access else { return .success(nil) }
        let later = access.rounds.filter { instant < $0.from }.reduce(Int64(0)) { $0 + Int64($1.count) }
        guard left > later else { return .failure(.roundNotBegun) }
        guard access.reservedUntil.map({ instant < $0 }) ?? true else { return .success(nil) }
        let open = zip(access.reserves, reservedIssued).map { Int64($0.count) - Int64($1) }
        let own = access.reserves.indices.first { groups.contains(access.reserves[$0].group) && open[$0] > 0 }
        if let own { return .success(UInt32(own)) }
        return left - later > open.reduce(0, +) ? .success(nil) : .failure(.quotaReserved)
    }

    /// How many vouchers what is left of it pays for.
    var affordable: Int64 { balance.total.fen / face.fen }
}

package import LedgerDomain
import LedgerEngine
import LedgerStorage

/// Points (积分): earned by attested activities, exchanged for vouchers, never cash.
extension LedgerService {
    /// Attests that a registered resident took part in an activity.
    package func earnPoints(
        in programme: ProgrammeID, _ identityNumber: String, activity: String, reference: String,
        units: UInt32, _ call: Call
    ) async throws(ServiceError) -> Receipt<EarnPoints> {
        let scope = try state { PseudonymScope(programme, in: $0) }
        guard let pseudonym = try registered([identityNumber], in: scope)[identityNumber] else {
            throw .notFound(.resident, masked(identityNumber))
        }
        return try await perform(
            .with {
                $0.programme = programme
                $0.pseudonym = pseudonym
                $0.activity = activity
                $0.reference = reference
                $0.units = units
            }, call)
    }

    /// A resident's points in a programme: what can be exchanged at `instant`, and how it came to that.
    package func points(
        of identityNumber: String, in programme: ProgrammeID, at instant: Instant
    ) throws(ServiceError) -> (usable: Amount, entries: [PointsRow]) {
        let scope = try state { PseudonymScope(programme, in: $0) }
        guard try people.resident(identityNumber) != nil else {
            throw .notFound(.resident, masked(identityNumber))
        }
        let identity = people.identity(identityNumber)
        guard let pseudonym = try people.knownPseudonym(of: identity, in: scope) else { return (.zero, []) }
        let usable = try state { state in
            state.person(pseudonym).flatMap { state.points[$0]?.usable(at: instant) } ?? .zero
        }
        let entries = try query { (model) throws(StorageError) in
            try model.points(of: pseudonym, ledger).filter { $0.programme == programme }
        }
        return (usable, entries)
    }

    /// Writes off everybody's points that have expired by now; returns how many people lost some.
    package func expirePoints(_ call: Call) async throws(ServiceError) -> Int {
        let instant = call.instant ?? now
        let due = try state { state in
            let now = max(instant, state.lastInstant)
            return state.points.filter { $0.value.expired(at: now) > .zero }.keys.sorted()
        }
        var count = 0
        for start in stride(from: 0, to: due.count, by: 500) {
            let requests = due[start..<min(start + 500, due.count)].map { person in
                request(ExpirePoints.with { $0.person = person }, call.step("\(person.rawValue)"))
            }
            for reply in await performAll(requests) {
                guard case .success(let answer) = reply else {
                    if case .failure(let fault) = reply { throw .fault(fault) }
                    continue
                }
                count += answer.refusal == nil ? 1 : 0
            }
        }
        return count
    }
}

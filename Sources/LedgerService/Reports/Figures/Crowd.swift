import LedgerDomain

/// People that figures are about, counted up to ``PeriodFigures/crowd``.
///
/// Whoever takes part in two programmes is two people to the ledger; counted here are those of the programme that has most.
struct Crowd {
    private var people: [ProgrammeID: Set<PersonID>] = [:]

    var count: Int { people.values.map(\.count).max() ?? 0 }

    mutating func formUnion(_ other: Crowd) {
        for (programme, persons) in other.people {
            for person in persons { insert(person, of: programme) }
        }
    }

    mutating func insert(_ person: PersonID, of programme: ProgrammeID) {
        guard people[programme, default: []].count < PeriodFigures.crowd else { return }
        people[programme, default: []].insert(person)
    }
}

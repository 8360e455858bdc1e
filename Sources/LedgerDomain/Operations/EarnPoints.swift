package import CBOR

/// Attests that a person took part in a public activity or volunteered, which earns points.
package struct EarnPoints: Operation {
    package static let type = OperationType.earnPoints

    package var programme: ProgrammeID = .none
    package var pseudonym = Pseudonym(0)
    /// The activity, as the rule names it.
    package var activity = ""
    /// Which one it was, such as `2018-06-05 评弹`; each counts once for a person. 1 to 64 bytes.
    package var reference = ""
    /// Attendances or hours, 1 to 24.
    package var units: UInt32 = 1

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &pseudonym)
        try coder.field(18, &activity)
        try coder.field(19, &reference)
        try coder.field(20, &units)
    }

    /// Whose points they are, how many, and until when they are good.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var person: PersonID = .none
        package var points = Amount.zero
        package var expiry = Instant(microseconds: 0)

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &person)
            try coder.field(33, &points)
            try coder.field(34, &expiry)
        }
    }
}

extension EarnPoints {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard (1...24).contains(units) else { return .failure(.amountOutOfRange) }
        guard reference.isOrderReference else { return .failure(.textOutOfRange) }
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        if let refusal = state.programmes[programme].refusal { return .failure(refusal) }
        guard let rule = state.programmes[programme].rule.points else { return .failure(.pointsNone) }
        guard let found = rule.activities.first(where: { $0.name == activity }) else {
            return .failure(.activityUnknown)
        }
        let person = state.person(pseudonym)
        let counted = state.attended.first(reference.stableHash) { PersonID($0) == person }
        guard counted == nil else { return .failure(.activityCounted) }
        if let person, state.people[person].programme != programme { return .failure(.notHolder) }
        return .success(
            .with {
                $0.person = person ?? state.people.nextID
                $0.points = Amount(fen: Int64(found.points) * Int64(units))
                $0.expiry = context.instant.adding(rule.lifetime)
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            Posting(
                .earn, debit: .pointsIssued(programme), credit: .points(accepted.person), .none,
                accepted.points))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let person = state.enrol(pseudonym, in: programme)
        state.attended.insert(reference.stableHash, person.rawValue)
        state.points[person, default: PointsAccount()].earn(accepted.points, until: accepted.expiry)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .points(
                PointsRow(
                    event: context.number, programme: programme, pseudonym: pseudonym, kind: .earn,
                    what: "\(activity)，\(reference)", points: accepted.points, instant: context.instant,
                    expiry: accepted.expiry)))
    }
}

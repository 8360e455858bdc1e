package import CBOR

/// Writes off a person's points that have expired: one line of the sweep.
package struct ExpirePoints: Operation {
    package static let type = OperationType.expirePoints

    package var person: PersonID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &person)
    }

    /// What is written off, in which programme, whose.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var programme: ProgrammeID = .none
        package var pseudonym = Pseudonym(0)
        package var points = Amount.zero

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
            try coder.field(33, &pseudonym)
            try coder.field(34, &points)
        }
    }
}

extension ExpirePoints {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard let account = state.points[person] else { return .failure(.pointsNone) }
        let expired = account.expired(at: context.instant)
        guard expired > .zero else { return .failure(.pointsNotExpired) }
        return .success(
            .with {
                $0.programme = state.people[person].programme
                $0.pseudonym = state.people[person].pseudonym
                $0.points = expired
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            Posting(
                .expire, debit: .points(person), credit: .pointsIssued(accepted.programme), .none,
                accepted.points))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.points[person]?.writeOff(at: context.instant)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .points(
                PointsRow(
                    event: context.number, programme: accepted.programme, pseudonym: accepted.pseudonym,
                    kind: .expire, what: "", points: accepted.points, instant: context.instant,
                    expiry: context.instant)))
    }
}

/// Lines that were matched otherwise than by their references, for the officer to look at.
package struct MatchLink: Hashable, Sendable {
    /// How they were found.
    package enum Step: String, CaseIterable, Hashable, Sendable {
        case near, groups, totals
    }

    package let step: Step
    /// The ledger's lines.
    package let ledger: [StatementLine]
    /// The statement's lines.
    package let statement: [StatementLine]
}

/// How two sides are matched: an ordered list of steps, each taking what the one before left.
package struct MatchRules: Hashable, Sendable {
    /// One way to find partners.
    package enum Step: Hashable, Sendable {
        /// The same kind and reference, byte for byte.
        case reference
        /// The same amount at the same place, at most so many seconds apart, over midnight too; of several the nearest in
        /// time. A side that knows only days is as near as its days are.
        case near(seconds: Int64)
        /// One line of a side for the sum of two to `size` lines of the other, at the same place and at most `days` days
        /// away, where exactly one choice adds up.
        case groups(size: Int, days: Int32)
        /// One line of the statement for all that the ledger's side has left of a day at a place, at most `days` days later.
        case totals(days: Int32)
    }

    package var steps: [Step]
    /// How many fen two amounts under one reference, or a sum, may differ and still match.
    package var tolerance: Int64
    /// Whether lines that agree but for the day are a difference (跨日).
    package var reportsDays: Bool

    package init(steps: [Step] = [.reference], tolerance: Int64 = 0, reportsDays: Bool = true) {
        self.steps = steps
        self.tolerance = tolerance
        self.reportsDays = reportsDays
    }

    /// By reference, to the fen and the day.
    package static let exact = MatchRules()

    /// The rules as the hashed result has them.
    package var canonicalFields: [String] {
        [String(tolerance), reportsDays ? "days" : "no-days"]
            + steps.map { step in
                switch step {
                case .reference: "reference"
                case .near(let seconds): "near \(seconds)"
                case .groups(let size, let days): "groups \(size) \(days)"
                case .totals(let days): "totals \(days)"
                }
            }
    }
}

/// One transaction as one side tells it, for whoever feeds the ``Matcher``.
package struct StatementLine: Hashable, Sendable {
    /// How the transaction ended, as the side that reports it says.
    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// The money moved.
        case succeeded
        /// No money moved: refused, cancelled or timed out.
        case failed
    }

    /// What the transaction is.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case sale
        /// Money given back: it has its sale's reference and matches refunds alone, the first the first.
        case refund
    }

    /// The key that both sides know the transaction by, compared byte for byte; empty where it has none.
    package let reference: String
    /// What the line is for, in fen; a refund is negative.
    package let amount: Int64
    /// The business day in Asia/Shanghai, as days since 1970-01-01.
    package let day: Int32
    /// Seconds since 1970-01-01T00:00:00Z; 0 where only the day is known.
    package let second: UInt32
    /// Where it was: an outlet or a device, as both sides call it; empty where that is unknown.
    package let place: String
    /// Where a person finds the line: its number in the file, or its row number in the book.
    package let line: Int
    /// What it is.
    package let kind: Kind
    /// How the transaction ended.
    package let outcome: Outcome

    /// Makes a line for an importer that has already checked the fields.
    package init(
        reference: String, amount: Int64, day: Int32, second: UInt32 = 0, place: String = "", line: Int,
        kind: Kind = .sale, outcome: Outcome
    ) {
        self.reference = reference
        self.amount = amount
        self.day = day
        self.second = second
        self.place = place
        self.line = line
        self.kind = kind
        self.outcome = outcome
    }

    /// The money that really moved, in fen, for totals: nothing when the transaction failed.
    package var succeededAmount: Int64 {
        switch outcome {
        case .succeeded: amount
        case .failed: 0
        }
    }
}

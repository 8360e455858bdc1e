/// One transaction as one side tells it, for whoever feeds the ``Matcher``.
package struct StatementLine: Hashable, Sendable {
    /// How the transaction ended, as the side that reports it says.
    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// The money moved.
        case succeeded
        /// No money moved: refused, cancelled or timed out.
        case failed
    }

    /// The key that both sides know the transaction by, compared byte for byte.
    ///
    /// A refund or a cancellation needs a reference of its own (the merchant refund number), or it is
    /// reported as a duplicate of the sale. An empty reference names nothing and matches nothing.
    package let reference: String
    /// What the line is for, in fen; a refund is negative.
    package let amount: Int64
    /// The business day in Asia/Shanghai, as days since 1970-01-01.
    package let day: Int32
    /// Where a person finds the line: its number in the file, or its row number in the book.
    package let line: Int
    /// How the transaction ended.
    package let outcome: Outcome

    /// Makes a line for an importer that has already checked the fields.
    package init(reference: String, amount: Int64, day: Int32, line: Int, outcome: Outcome) {
        self.reference = reference
        self.amount = amount
        self.day = day
        self.line = line
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

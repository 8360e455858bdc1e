/// One difference between two sides (差异), for the officer who has to explain and close it.
package struct Discrepancy: Hashable, Sendable {
    /// What kind of difference it is.
    package let kind: Kind
    /// The reference that the lines carry.
    package let reference: String
    /// The ledger's line with its amount, day, outcome and number; `nil` when only the statement has one.
    package let ledger: StatementLine?
    /// The statement's line with its amount, day, outcome and number; `nil` when only the ledger has one.
    package let statement: StatementLine?

    init(_ kind: Kind, ledger: StatementLine) {
        self.kind = kind
        self.reference = ledger.reference
        self.ledger = ledger
        self.statement = nil
    }

    init(_ kind: Kind, statement: StatementLine) {
        self.kind = kind
        self.reference = statement.reference
        self.ledger = nil
        self.statement = statement
    }

    init(_ kind: Kind, ledger: StatementLine, statement: StatementLine) {
        self.kind = kind
        self.reference = ledger.reference
        self.ledger = ledger
        self.statement = statement
    }

    /// How much of the gap between the two sides' amounts this explains: ledger less statement, in fen.
    package var difference: Int128 {
        Int128(ledger?.amount ?? 0) - Int128(statement?.amount ?? 0)
    }

    /// How much of the gap in money really moved this explains: ledger less statement, in fen.
    package var succeededDifference: Int128 {
        Int128(ledger?.succeededAmount ?? 0) - Int128(statement?.succeededAmount ?? 0)
    }
}

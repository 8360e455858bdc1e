/// One side of a reconciliation, for the ``Matcher``: a counterparty's 对账单, or the ledger's own lines.
package struct Statement: Hashable, Sendable {
    /// What people call this side, such as a file name or an account; it goes into the hashed result.
    package let name: String
    /// The lines in the order they arrived; of two with the same reference the earlier one is matched.
    package let lines: [StatementLine]

    /// Makes a side for a service that has read a file or the book.
    package init(name: String, lines: [StatementLine]) {
        self.name = name
        self.lines = lines
    }
}

package import LedgerDomain
package import Reconciliation

/// A counterparty's statement as it was understood, with what identifies its file.
package struct ImportedStatement: Sendable {
    /// The lines, as a side of a reconciliation.
    package var statement: Statement
    /// The first and the last business day of its lines; `nil` where it has none.
    package var days: ClosedRange<BusinessDay>?
    /// Lines that say nothing of money, such as totals and comments.
    package var skipped = 0
    /// SHA-256 of the file as it came, by which it is known.
    package var digest: [UInt8] = []
    /// SHA-1 of its text, after unpacking, as providers tell it.
    package var providerDigest: [UInt8] = []
    /// The bytes of the file as it came.
    package var size = 0

    /// The money that moved by sales, and by refunds (below zero), in fen.
    package var totals: (sales: Int64, refunds: Int64) {
        var totals = (sales: Int64(0), refunds: Int64(0))
        for line in 0..<statement.count {
            let told = statement[line]
            guard told.outcome == .succeeded else { continue }
            if told.kind == .sale { totals.sales &+= told.amount } else { totals.refunds &+= told.amount }
        }
        return totals
    }
}

import LedgerDomain
import Reconciliation

/// Reads a bank's camt.053 or camt.054 as a side: money that came in is a sale, money that went out a refund.
struct CamtStatementReader: StatementReader {
    private var bytes: [UInt8] = []

    mutating func take(_ bytes: UnsafeRawBufferPointer) throws(RowFaults) { self.bytes += bytes }

    mutating func finish() throws(RowFaults) -> ImportedStatement {
        let file = try CamtFile(bytes)
        var imported = ImportedStatement(statement: Reconciliation.Statement(name: StatementImport.name))
        for transaction in file.transactions {
            let (amount, reference) = (transaction.amount.fen, transaction.reference)
            imported.statement.append(
                StatementLine(
                    reference: reference.isEmpty ? transaction.bankReference : reference,
                    amount: transaction.isDebit ? -amount : amount, day: transaction.day.days,
                    line: transaction.line, kind: transaction.isDebit ? .refund : .sale, outcome: .succeeded))
            let (first, last) = (imported.days?.lowerBound, imported.days?.upperBound)
            imported.days =
                min(first ?? transaction.day, transaction.day)...max(last ?? transaction.day, transaction.day)
        }
        imported.skipped = file.pending
        return imported
    }
}

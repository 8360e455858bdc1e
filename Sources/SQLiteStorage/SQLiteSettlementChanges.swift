import CBOR
import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of settlements.
final class SQLiteSettlementChanges {
    private let settlement: SQLiteStatement
    private let settlementStatus: SQLiteStatement
    private let settlementLine: SQLiteStatement
    private let settlementLineStatus: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        settlement = try SQLiteStatement(db, "INSERT INTO settlements VALUES (?, ?, ?, ?, ?, 1, NULL)")
        settlementStatus = try SQLiteStatement(
            db,
            """
            UPDATE settlements SET status = ?, approved_by = coalesce(?, approved_by) WHERE
            ledger_id = ? AND id = ?
            """)
        settlementLine = try SQLiteStatement(
            db, "INSERT INTO settlement_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, '')")
        settlementLineStatus = try SQLiteStatement(
            db,
            """
            UPDATE settlement_lines SET status = ?, note = ? WHERE ledger_id = ? AND settlement =
            ? AND line = ?
            """)
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .settlement(let row):
            settlement.add(code)
            settlement.add(row.id.rawValue)
            settlement.add(row.through.days)
            settlement.add(row.maker.name)
            settlement.add(row.instant.microseconds)
            try settlement.run()
        case .settlementStatus(let id, let status, let principal):
            settlementStatus.add(status.rawValue)
            settlementStatus.add(optional: principal?.name)
            settlementStatus.add(code)
            settlementStatus.add(id.rawValue)
            try settlementStatus.run()
        case .settlementLine(let row):
            settlementLine.add(code)
            settlementLine.add(row.settlement.rawValue)
            settlementLine.add(row.line)
            settlementLine.add(Int64(clamping: row.event))
            settlementLine.add(row.payee.rawValue)
            settlementLine.add(row.fund.rawValue)
            settlementLine.add(row.amount.fen)
            settlementLine.add(row.merchants.cborBytes)
            try settlementLine.run()
        case .settlementLineStatus(let id, let line, let status, let note):
            settlementLineStatus.add(status.rawValue)
            settlementLineStatus.add(note)
            settlementLineStatus.add(code)
            settlementLineStatus.add(id.rawValue)
            settlementLineStatus.add(line)
            try settlementLineStatus.run()
        default:
            return false
        }
        return true
    }
}

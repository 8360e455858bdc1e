import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of merchants, outlets, terminals and the door.
final class SQLiteRegistryChanges {
    private let merchant: SQLiteStatement
    private let merchantStatus: SQLiteStatement
    private let outlet: SQLiteStatement
    private let terminal: SQLiteStatement
    private let importedFile: SQLiteStatement
    private let access: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        merchant = try SQLiteStatement(
            db,
            """
            INSERT OR REPLACE INTO merchants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
            """)
        merchantStatus = try SQLiteStatement(
            db, "UPDATE merchants SET status = ? WHERE ledger_id = ? AND id = ?")
        outlet = try SQLiteStatement(
            db,
            """
            INSERT OR REPLACE INTO outlets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        terminal = try SQLiteStatement(db, "INSERT OR REPLACE INTO terminals VALUES (?, ?, ?, ?, ?)")
        importedFile = try SQLiteStatement(db, "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?)")
        access = try SQLiteStatement(db, "INSERT INTO access_events VALUES (?, ?, ?, ?, ?, ?, ?)")
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .merchant(let row):
            merchant.add(code)
            merchant.add(row.id.rawValue)
            merchant.add(row.file.bytes)
            merchant.add(row.creditCode)
            merchant.add(row.payee.rawValue)
            merchant.add(row.payeeCreditCode)
            merchant.add(row.bankCode)
            merchant.add(row.name.bytes)
            merchant.add(row.payeeName.bytes)
            merchant.add(row.account.bytes)
            try merchant.run()
        case .access(let row):
            access.add(code)
            access.add(row.event)
            access.add(row.kind.rawValue)
            access.add(row.account)
            access.add(row.about)
            access.add(row.principal.name)
            access.add(row.instant.microseconds)
            try access.run()
        case .merchantStatus(let id, let status):
            merchantStatus.add(status.rawValue)
            merchantStatus.add(code)
            merchantStatus.add(id.rawValue)
            try merchantStatus.run()
        case .outlet(let row):
            outlet.add(code)
            outlet.add(row.id.rawValue)
            outlet.add(row.file.bytes)
            outlet.add(row.merchant.rawValue)
            outlet.add(row.name.bytes)
            outlet.add(row.category)
            outlet.add(row.region.rawValue)
            outlet.add(row.town)
            outlet.add(row.rural)
            outlet.add(row.cluster)
            outlet.add(row.outletClass)
            outlet.add(row.platformID)
            try outlet.run()
        case .terminal(let row):
            terminal.add(code)
            terminal.add(row.id.rawValue)
            terminal.add(row.file.bytes)
            terminal.add(row.outlet.rawValue)
            terminal.add(row.serial)
            try terminal.run()
        case .importedFile(let row):
            importedFile.add(code)
            importedFile.add(row.file.bytes)
            importedFile.add(row.event)
            importedFile.add(row.kind.rawValue)
            importedFile.add(row.count)
            importedFile.add(row.instant.microseconds)
            try importedFile.run()
        default:
            return false
        }
        return true
    }
}

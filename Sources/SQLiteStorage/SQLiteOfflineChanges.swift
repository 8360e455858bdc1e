import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of offline credentials, of what tills sold offline, and of what was sold.
final class SQLiteOfflineChanges {
    private let details: SQLiteStatement
    private let item: SQLiteStatement
    private let offline: SQLiteStatement
    private let credential: SQLiteStatement
    private let credentialRevoked: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        details = try SQLiteStatement(db, "INSERT INTO sale_details VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        item = try SQLiteStatement(db, "INSERT INTO sale_items VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        offline = try SQLiteStatement(db, "INSERT INTO offline_redemptions VALUES (?, ?, ?, ?, ?, ?, ?)")
        credential = try SQLiteStatement(
            db, "INSERT OR REPLACE INTO credentials VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)")
        credentialRevoked = try SQLiteStatement(
            db, "UPDATE credentials SET revoked_at = ?, hold_until = ? WHERE ledger_id = ? AND id = ?")
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .saleDetails(let row):
            try insert(row, code)
        case .offline(let row):
            offline.add(code)
            offline.add(row.redemption.rawValue)
            offline.add(Int64(bitPattern: row.credential.rawValue))
            offline.add(row.counter)
            offline.add(row.occurredAt.microseconds)
            offline.add(row.isAbsorbed)
            offline.add(optional: row.twin)
            try offline.run()
        case .credential(let row):
            credential.add(code)
            credential.add(Int64(bitPattern: row.id.rawValue))
            credential.add(row.event)
            credential.add(row.voucher.rawValue)
            credential.add(row.cap.fen)
            credential.add(row.issuedAt.microseconds)
            credential.add(row.expiry.microseconds)
            credential.add(row.holdUntil.microseconds)
            try credential.run()
        case .credentialRevoked(let id, let instant, let holdUntil):
            credentialRevoked.add(instant.microseconds)
            credentialRevoked.add(holdUntil.microseconds)
            credentialRevoked.add(code)
            credentialRevoked.add(Int64(bitPattern: id.rawValue))
            try credentialRevoked.run()
        default:
            return false
        }
        return true
    }

    private func insert(_ row: SaleDetailsRow, _ code: UInt32) throws(StorageError) {
        details.add(code)
        details.add(row.redemption.rawValue)
        details.add(optional: row.details.branch)
        details.add(optional: row.details.pointOfSale)
        details.add(optional: row.details.cashier)
        details.add(optional: row.details.receipt)
        details.add(optional: row.details.category)
        details.add(optional: row.details.session?.rawValue)
        try details.run()
        for (line, sold) in (row.details.items ?? []).enumerated() {
            item.add(code)
            item.add(row.redemption.rawValue)
            item.add(line)
            item.add(sold.name)
            item.add(sold.quantity)
            item.add(sold.listed.fen)
            item.add(sold.paid.fen)
            item.add(optional: sold.code)
            try item.run()
        }
    }
}

import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    package func voucher(_ id: VoucherID, _ ledger: LedgerCode) throws(StorageError) -> VoucherView? {
        try fetch(
            "SELECT * FROM vouchers WHERE ledger_id = ? AND id = ?", ledger, [id.rawValue], VoucherView.init
        ).first
    }

    package func vouchers(
        of pseudonym: Pseudonym, _ ledger: LedgerCode
    ) throws(StorageError) -> [VoucherView] {
        try fetch(
            "SELECT * FROM vouchers WHERE ledger_id = ? AND pseudonym = ? ORDER BY id", ledger,
            [Int64(bitPattern: pseudonym.rawValue)], VoucherView.init)
    }

    package func authorisation(
        _ id: AuthorisationID, _ ledger: LedgerCode
    ) throws(StorageError) -> AuthorisationView? {
        try fetch(
            "SELECT * FROM authorisations WHERE ledger_id = ? AND id = ?", ledger, [id.rawValue],
            AuthorisationView.init
        ).first
    }

    package func authorisation(
        outlet: OutletID, order: String, _ ledger: LedgerCode
    ) throws(StorageError) -> AuthorisationView? {
        try fetch(
            """
            SELECT * FROM authorisations WHERE ledger_id = ? AND outlet = ? AND reference = ?
            ORDER BY id DESC LIMIT 1
            """, ledger, [outlet.rawValue, order], AuthorisationView.init
        ).first
    }

    package func redemption(
        _ id: RedemptionID, _ ledger: LedgerCode
    ) throws(StorageError) -> RedemptionView? {
        try fetch(
            "SELECT * FROM redemptions WHERE ledger_id = ? AND id = ?", ledger, [id.rawValue],
            RedemptionView.init
        ).first
    }

    package func redemptions(
        of voucher: VoucherID, _ ledger: LedgerCode
    ) throws(StorageError) -> [RedemptionView] {
        try fetch(
            "SELECT * FROM redemptions WHERE ledger_id = ? AND voucher = ? ORDER BY id", ledger,
            [voucher.rawValue], RedemptionView.init)
    }

    package func redemption(
        merchant: MerchantID, order: String, _ ledger: LedgerCode
    ) throws(StorageError) -> RedemptionView? {
        try fetch(
            """
            SELECT * FROM redemptions WHERE ledger_id = ? AND merchant = ? AND reference = ?
            ORDER BY id DESC LIMIT 1
            """, ledger, [merchant.rawValue, order], RedemptionView.init
        ).first
    }

    package func redemptions(
        from: BusinessDay, through: BusinessDay, after: RedemptionID, limit: Int, _ ledger: LedgerCode
    ) throws(StorageError) -> [RedemptionView] {
        try fetch(
            """
            SELECT * FROM redemptions WHERE ledger_id = ? AND id > ? AND day BETWEEN ? AND ?
            ORDER BY id LIMIT ?
            """, ledger, [after.rawValue, from.days, through.days, limit], RedemptionView.init)
    }
}

extension VoucherView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: VoucherRow(
                id: row.id("id"), batch: row.id("batch"),
                pseudonym: Pseudonym(UInt64(bitPattern: row["pseudonym"] as Int64)),
                face: row.amount("face"), issuedAt: row.instant("issued_at"), expiry: row.instant("expiry"),
                channel: row["channel"]),
            status: try row.known("status"))
    }
}

extension AuthorisationView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: AuthorisationRow(
                id: row.id("id"), voucher: row.id("voucher"), outlet: row.id("outlet"),
                bill: row.amount("bill"), held: row.amount("held"), order: row["reference"],
                expiry: row.instant("expiry")),
            status: try row.known("status"))
    }
}

extension RedemptionView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: RedemptionRow(
                id: row.id("id"), event: UInt64(row["event"] as Int64), voucher: row.id("voucher"),
                outlet: row.id("outlet"), terminal: row.id("terminal"), merchant: row.id("merchant"),
                category: row["category"], bill: row.amount("bill"), subsidy: row.amount("subsidy"),
                channel: row["channel"], order: row["reference"], instant: row.instant("instant"),
                day: row.day("day")),
            refundedBill: row.amount("refunded_bill"), refundedSubsidy: row.amount("refunded_subsidy"))
    }
}

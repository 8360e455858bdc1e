import CBOR
import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    package func saleDetails(
        of redemption: RedemptionID, _ ledger: LedgerCode
    ) throws(StorageError) -> SaleDetails? {
        let found = try fetch(
            "SELECT * FROM sale_details WHERE ledger_id = ? AND redemption = ?", ledger,
            [redemption.rawValue], SaleDetails.init
        ).first
        guard var details = found else { return nil }
        let items = try fetch(
            "SELECT * FROM sale_items WHERE ledger_id = ? AND redemption = ? ORDER BY line", ledger,
            [redemption.rawValue], SaleItem.init)
        if !items.isEmpty { details.items = items }
        return details
    }

    package func offlineRedemption(
        _ id: RedemptionID, _ ledger: LedgerCode
    ) throws(StorageError) -> OfflineRow? {
        try fetch(
            "SELECT * FROM offline_redemptions WHERE ledger_id = ? AND redemption = ?", ledger,
            [id.rawValue], OfflineRow.init
        ).first
    }

    package func credentials(
        of voucher: VoucherID, _ ledger: LedgerCode
    ) throws(StorageError) -> [CredentialView] {
        try fetch(
            "SELECT * FROM credentials WHERE ledger_id = ? AND voucher = ? ORDER BY event", ledger,
            [voucher.rawValue], CredentialView.init)
    }
}

extension SaleDetails {
    fileprivate init(_ row: Row) {
        self = .with {
            $0.branch = row["branch"]
            $0.pointOfSale = row["point_of_sale"]
            $0.cashier = row["cashier"]
            $0.receipt = row["receipt"]
            $0.category = row["category"]
            $0.session = (row["session"] as UInt32?).map { SessionID($0) }
        }
    }
}

extension SaleItem {
    fileprivate init(_ row: Row) {
        self = .with {
            $0.name = row["name"]
            $0.quantity = row["quantity"]
            $0.listed = row.amount("listed")
            $0.paid = row.amount("paid")
            $0.code = row["code"]
        }
    }
}

extension OfflineRow {
    fileprivate init(_ row: Row) {
        self.init(
            redemption: row.id("redemption"),
            credential: KeyID(UInt64(bitPattern: row["credential"] as Int64)), counter: row["counter"],
            occurredAt: row.instant("occurred_at"), isAbsorbed: row["absorbed"],
            twin: (row["twin"] as Int64?).map { UInt64($0) })
    }
}

extension CredentialView {
    fileprivate init(_ row: Row) {
        self.init(
            row: CredentialRow(
                id: KeyID(UInt64(bitPattern: row["id"] as Int64)), event: UInt64(row["event"] as Int64),
                voucher: row.id("voucher"), cap: row.amount("cap"), issuedAt: row.instant("issued_at"),
                expiry: row.instant("expiry"), holdUntil: row.instant("hold_until")),
            revokedAt: (row["revoked_at"] as Int64?).map { Instant(microseconds: $0) })
    }
}

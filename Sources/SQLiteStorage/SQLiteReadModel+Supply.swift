import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    package func sessions(_ ledger: LedgerCode) throws(StorageError) -> [SessionView] {
        try fetch("SELECT * FROM sessions WHERE ledger_id = ? ORDER BY id", ledger, [], SessionView.init)
    }

    package func admissions(
        to session: SessionID, _ ledger: LedgerCode
    ) throws(StorageError) -> [AdmissionRow] {
        try fetch(
            "SELECT * FROM admissions WHERE ledger_id = ? AND session = ? ORDER BY number", ledger,
            [session.rawValue], AdmissionRow.init)
    }

    package func catalogues(_ ledger: LedgerCode) throws(StorageError) -> [CatalogueRow] {
        let items = try fetch(
            "SELECT * FROM catalogue_items WHERE ledger_id = ? ORDER BY event, place", ledger, [],
            CatalogueRow.init)
        return items.reduce(into: []) { catalogues, row in
            if catalogues.last?.event == row.event {
                catalogues[catalogues.count - 1].items += row.items
            } else {
                catalogues.append(row)
            }
        }
    }

    package func awards(_ ledger: LedgerCode) throws(StorageError) -> [AwardView] {
        try fetch("SELECT * FROM awards WHERE ledger_id = ? ORDER BY id", ledger, [], AwardView.init)
    }

    package func points(
        of pseudonym: Pseudonym, _ ledger: LedgerCode
    ) throws(StorageError) -> [PointsRow] {
        try fetch(
            "SELECT * FROM points_entries WHERE ledger_id = ? AND pseudonym = ? ORDER BY event", ledger,
            [Int64(bitPattern: pseudonym.rawValue)], PointsRow.init)
    }
}

extension SessionView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: SessionRow(
                id: row.id("id"), programme: row.id("programme"), outlet: row.id("outlet"),
                title: row["title"], startsAt: row.instant("starts_at"), endsAt: row.instant("ends_at"),
                price: row.amount("price"), ticketPrice: row.amount("ticket_price"),
                subsidy: row.amount("subsidy"), seats: row["seats"], attestor: try row.principal("attestor"),
                maker: try row.principal("maker")),
            status: try row.known("status"), approvedBy: try row.principalIfAny("approved_by"),
            admitted: row["admitted"], subsidised: row["subsidised"],
            paid: (row["paid"] as Int64?).map { Amount(fen: $0) })
    }
}

extension AdmissionRow {
    fileprivate init(_ row: Row) {
        self.init(
            session: row.id("session"), number: row["number"], ticket: row["ticket"],
            paid: row.amount("paid"), event: UInt64(row["event"] as Int64))
    }
}

extension CatalogueRow {
    /// A catalogue with the one item of a row.
    fileprivate init(_ row: Row) {
        var item = CatalogueItem()
        item.code = row["code"]
        item.name = row["name"]
        item.category = row["category"]
        item.listed = row.amount("listed")
        self.init(
            event: UInt64(row["event"] as Int64), name: row["catalogue"], items: [item],
            instant: row.instant("instant"))
    }
}

extension AwardView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: AwardRow(
                id: row.id("id"), programme: row.id("programme"), merchant: row.id("merchant"),
                kind: try row.known("kind"), amount: row.amount("amount"), title: row["title"],
                evidence: row.octets("evidence"), maker: try row.principal("maker")),
            status: try row.known("status"), decidedBy: try row.principalIfAny("decided_by"))
    }
}

extension PointsRow {
    fileprivate init(_ row: Row) throws {
        self.init(
            event: UInt64(row["event"] as Int64), programme: row.id("programme"),
            pseudonym: Pseudonym(UInt64(bitPattern: row["pseudonym"] as Int64)), kind: try row.known("kind"),
            what: row["what"], points: row.amount("points"), instant: row.instant("instant"),
            expiry: row.instant("expiry"))
    }
}

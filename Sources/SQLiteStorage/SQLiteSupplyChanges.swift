import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of sessions, admissions, awards and points.
final class SQLiteSupplyChanges {
    private let session: SQLiteStatement
    private let sessionStatus: SQLiteStatement
    private let admission: SQLiteStatement
    private let admitted: SQLiteStatement
    private let award: SQLiteStatement
    private let awardStatus: SQLiteStatement
    private let points: SQLiteStatement
    private let catalogueItem: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        session = try SQLiteStatement(
            db,
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, NULL, 0, 0, NULL)")
        sessionStatus = try SQLiteStatement(
            db,
            """
            UPDATE sessions SET status = ?, approved_by = coalesce(?, approved_by), paid = coalesce(?, paid)
            WHERE ledger_id = ? AND id = ?
            """)
        admission = try SQLiteStatement(db, "INSERT INTO admissions VALUES (?, ?, ?, ?, ?, ?)")
        admitted = try SQLiteStatement(
            db,
            """
            UPDATE sessions SET admitted = admitted + 1, subsidised = subsidised + ?
            WHERE ledger_id = ? AND id = ?
            """)
        award = try SQLiteStatement(db, "INSERT INTO awards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, NULL)")
        awardStatus = try SQLiteStatement(
            db, "UPDATE awards SET status = ?, decided_by = ? WHERE ledger_id = ? AND id = ?")
        catalogueItem = try SQLiteStatement(
            db, "INSERT INTO catalogue_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        points = try SQLiteStatement(db, "INSERT INTO points_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .session(let row): try insert(row, code)
        case .sessionStatus(let id, let status, let principal, let paid):
            sessionStatus.add(status.rawValue)
            sessionStatus.add(optional: principal?.name)
            sessionStatus.add(optional: paid?.fen)
            sessionStatus.add(code)
            sessionStatus.add(id.rawValue)
            try sessionStatus.run()
        case .admission(let row): try insert(row, code)
        case .award(let row): try insert(row, code)
        case .awardStatus(let id, let status, let principal):
            awardStatus.add(status.rawValue)
            awardStatus.add(principal.name)
            awardStatus.add(code)
            awardStatus.add(id.rawValue)
            try awardStatus.run()
        case .points(let row): try insert(row, code)
        case .catalogue(let row): try insert(row, code)
        default: return false
        }
        return true
    }

    private func insert(_ row: SessionRow, _ code: UInt32) throws(StorageError) {
        session.add(code)
        session.add(row.id.rawValue)
        session.add(row.programme.rawValue)
        session.add(row.outlet.rawValue)
        session.add(row.title)
        session.add(row.startsAt.microseconds)
        session.add(row.endsAt.microseconds)
        session.add(row.price.fen)
        session.add(row.ticketPrice.fen)
        session.add(row.subsidy.fen)
        session.add(row.seats)
        session.add(row.attestor.name)
        session.add(row.maker.name)
        try session.run()
    }

    private func insert(_ row: AdmissionRow, _ code: UInt32) throws(StorageError) {
        admission.add(code)
        admission.add(row.session.rawValue)
        admission.add(row.number)
        admission.add(row.ticket)
        admission.add(row.paid.fen)
        admission.add(row.event)
        try admission.run()
        admitted.add(row.paid > .zero)
        admitted.add(code)
        admitted.add(row.session.rawValue)
        try admitted.run()
    }

    private func insert(_ row: AwardRow, _ code: UInt32) throws(StorageError) {
        award.add(code)
        award.add(row.id.rawValue)
        award.add(row.programme.rawValue)
        award.add(row.merchant.rawValue)
        award.add(row.kind.rawValue)
        award.add(row.amount.fen)
        award.add(row.title)
        award.add(row.evidence.bytes)
        award.add(row.maker.name)
        try award.run()
    }

    private func insert(_ row: CatalogueRow, _ code: UInt32) throws(StorageError) {
        for (place, item) in row.items.enumerated() {
            catalogueItem.add(code)
            catalogueItem.add(row.event)
            catalogueItem.add(row.name)
            catalogueItem.add(place)
            catalogueItem.add(item.code)
            catalogueItem.add(item.name)
            catalogueItem.add(item.category)
            catalogueItem.add(item.listed.fen)
            catalogueItem.add(row.instant.microseconds)
            try catalogueItem.run()
        }
    }

    private func insert(_ row: PointsRow, _ code: UInt32) throws(StorageError) {
        points.add(code)
        points.add(row.event)
        points.add(row.programme.rawValue)
        points.add(Int64(bitPattern: row.pseudonym.rawValue))
        points.add(row.kind.rawValue)
        points.add(row.what)
        points.add(row.points.fen)
        points.add(row.instant.microseconds)
        points.add(row.expiry.microseconds)
        try points.run()
    }
}

import CBOR
import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of programmes and batches.
final class SQLiteProgrammeChanges {
    private let programme: SQLiteStatement
    private let programmeStatus: SQLiteStatement
    private let version: SQLiteStatement
    private let versionApproved: SQLiteStatement
    private let batch: SQLiteStatement
    private let batchStatus: SQLiteStatement
    private let lotteryStep: SQLiteStatement
    private let lotteryEntry: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        programme = try SQLiteStatement(db, "INSERT INTO programmes VALUES (?, ?, ?, ?, ?, ?, ?, 1, NULL)")
        programmeStatus = try SQLiteStatement(
            db,
            """
            UPDATE programmes SET status = ?, approved_by = coalesce(?, approved_by) WHERE
            ledger_id = ? AND id = ?
            """)
        version = try SQLiteStatement(
            db, "INSERT OR REPLACE INTO programme_versions VALUES (?, ?, ?, ?, ?, ?, ?, NULL)")
        versionApproved = try SQLiteStatement(
            db,
            """
            UPDATE programme_versions SET approved_by = ?
            WHERE ledger_id = ? AND programme = ? AND version = ?
            """)
        batch = try SQLiteStatement(db, "INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, NULL)")
        batchStatus = try SQLiteStatement(
            db,
            """
            UPDATE batches SET status = ?, approved_by = coalesce(?, approved_by) WHERE ledger_id
            = ? AND id = ?
            """)
        lotteryStep = try SQLiteStatement(db, "INSERT INTO lottery_steps VALUES (?, ?, ?, ?, ?, ?, ?)")
        lotteryEntry = try SQLiteStatement(db, "INSERT INTO lottery_entries VALUES (?, ?, ?, ?, ?)")
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .programme(let row):
            programme.add(code)
            programme.add(row.id.rawValue)
            programme.add(row.name)
            programme.add(row.document)
            programme.add(row.rule.cborBytes)
            programme.add(row.maker.name)
            programme.add(row.instant.microseconds)
            try programme.run()
        case .programmeStatus(let id, let status, let principal):
            programmeStatus.add(status.rawValue)
            programmeStatus.add(optional: principal?.name)
            programmeStatus.add(code)
            programmeStatus.add(id.rawValue)
            try programmeStatus.run()
        case .programmeVersion(let row): try insert(row, code)
        case .programmeVersionApproved(let id, let number, let principal):
            versionApproved.add(principal.name)
            versionApproved.add(code)
            versionApproved.add(id.rawValue)
            versionApproved.add(number)
            try versionApproved.run()
        case .batch(let row):
            batch.add(code)
            batch.add(row.id.rawValue)
            batch.add(row.programme.rawValue)
            batch.add(row.face.fen)
            batch.add(row.quota)
            batch.add(row.release.rawValue)
            batch.add(row.weights.cborBytes)
            batch.add(row.from.microseconds)
            batch.add(row.until.microseconds)
            batch.add(row.maker.name)
            try batch.run()
        case .batchStatus(let id, let status, let principal):
            batchStatus.add(status.rawValue)
            batchStatus.add(optional: principal?.name)
            batchStatus.add(code)
            batchStatus.add(id.rawValue)
            try batchStatus.run()
        case .lotteryStep(let row): try insert(row, code)
        case .lotteryEntry(let row): try insert(row, code)
        default:
            return false
        }
        return true
    }

    private func insert(_ row: ProgrammeVersionRow, _ code: UInt32) throws(StorageError) {
        version.add(code)
        version.add(row.programme.rawValue)
        version.add(row.version)
        version.add(row.document)
        version.add(row.rule.cborBytes)
        version.add(row.maker.name)
        version.add(row.instant.microseconds)
        try version.run()
    }

    private func insert(_ row: LotteryStepRow, _ code: UInt32) throws(StorageError) {
        lotteryStep.add(code)
        lotteryStep.add(row.batch.rawValue)
        lotteryStep.add(row.event)
        lotteryStep.add(row.type.rawValue)
        lotteryStep.add(row.principal.name)
        lotteryStep.add(row.instant.microseconds)
        lotteryStep.add(row.value.bytes)
        try lotteryStep.run()
    }

    private func insert(_ row: LotteryEntryRow, _ code: UInt32) throws(StorageError) {
        lotteryEntry.add(code)
        lotteryEntry.add(row.batch.rawValue)
        lotteryEntry.add(row.number)
        lotteryEntry.add(Int64(bitPattern: row.pseudonym.rawValue))
        lotteryEntry.add(row.event)
        try lotteryEntry.run()
    }
}

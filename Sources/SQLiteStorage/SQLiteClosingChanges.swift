import CBOR
import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of payees' holds and accounts, reports, closed months, corrections and differences.
final class SQLiteClosingChanges {
    private let payeeHold: SQLiteStatement
    private let payeeChange: SQLiteStatement
    private let payeeChangeDecided: SQLiteStatement
    private let payeeAccount: SQLiteStatement
    private let report: SQLiteStatement
    private let reportSigned: SQLiteStatement
    private let closedMonth: SQLiteStatement
    private let correction: SQLiteStatement
    private let correctionDecided: SQLiteStatement
    private let reconciliation: SQLiteStatement
    private let resolution: SQLiteStatement
    private let resolutionDecided: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        payeeHold = try SQLiteStatement(db, "INSERT INTO payee_holds VALUES (?, ?, ?, ?, ?, ?, ?)")
        payeeChange = try SQLiteStatement(
            db, "INSERT INTO payee_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, NULL, '')")
        payeeChangeDecided = try SQLiteStatement(
            db,
            "UPDATE payee_changes SET status = ?, decided_by = ?, note = ? WHERE ledger_id = ? AND event = ?")
        payeeAccount = try SQLiteStatement(
            db,
            """
            UPDATE merchants SET payee_name = ?, account = ?, bank_code = ? WHERE ledger_id = ? AND payee = ?
            """)
        report = try SQLiteStatement(
            db, "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)")
        reportSigned = try SQLiteStatement(
            db, "UPDATE reports SET signed_by = ?, signed_at = ? WHERE ledger_id = ? AND id = ?")
        closedMonth = try SQLiteStatement(db, "INSERT INTO closed_months VALUES (?, ?, ?, ?, ?, ?)")
        correction = try SQLiteStatement(
            db, "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, NULL, '')")
        correctionDecided = try SQLiteStatement(
            db, "UPDATE corrections SET status = ?, decided_by = ?, note = ? WHERE ledger_id = ? AND id = ?")
        reconciliation = try SQLiteStatement(
            db, "INSERT INTO reconciliations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        resolution = try SQLiteStatement(
            db, "INSERT INTO resolutions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, NULL, '')")
        resolutionDecided = try SQLiteStatement(
            db,
            """
            UPDATE resolutions SET status = ?, decided_by = ?, decision_note = ? WHERE ledger_id = ? AND id = ?
            """)
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .payeeHold(let row): try insert(row, code)
        case .payeeChange(let row): try insert(row, code)
        case .payeeChangeDecided(let event, let status, let principal, let note):
            payeeChangeDecided.add(status.rawValue)
            payeeChangeDecided.add(principal.name)
            payeeChangeDecided.add(note)
            payeeChangeDecided.add(code)
            payeeChangeDecided.add(event)
            try payeeChangeDecided.run()
        case .payeeAccount(let payee, let name, let account, let bankCode):
            payeeAccount.add(name.bytes)
            payeeAccount.add(account.bytes)
            payeeAccount.add(bankCode)
            payeeAccount.add(code)
            payeeAccount.add(payee.rawValue)
            try payeeAccount.run()
        case .report(let row): try insert(row, code)
        case .reportSigned(let id, let principal, let instant):
            reportSigned.add(principal.name)
            reportSigned.add(instant.microseconds)
            reportSigned.add(code)
            reportSigned.add(id.rawValue)
            try reportSigned.run()
        case .monthClosed(let row): try insert(row, code)
        case .correction(let row): try insert(row, code)
        case .correctionDecided(let id, let status, let principal, let note):
            correctionDecided.add(status.rawValue)
            correctionDecided.add(principal.name)
            correctionDecided.add(note)
            correctionDecided.add(code)
            correctionDecided.add(id.rawValue)
            try correctionDecided.run()
        case .reconciliation(let row): try insert(row, code)
        case .resolution(let row): try insert(row, code)
        case .resolutionDecided(let id, let status, let principal, let note):
            resolutionDecided.add(status.rawValue)
            resolutionDecided.add(principal.name)
            resolutionDecided.add(note)
            resolutionDecided.add(code)
            resolutionDecided.add(id.rawValue)
            try resolutionDecided.run()
        default:
            return false
        }
        return true
    }

    private func insert(_ row: PayeeHoldRow, _ code: UInt32) throws(StorageError) {
        payeeHold.add(code)
        payeeHold.add(row.event)
        payeeHold.add(row.payee.rawValue)
        payeeHold.add(row.isHeld)
        payeeHold.add(row.reason)
        payeeHold.add(row.principal.name)
        payeeHold.add(row.instant.microseconds)
        try payeeHold.run()
    }

    private func insert(_ row: PayeeChangeRow, _ code: UInt32) throws(StorageError) {
        payeeChange.add(code)
        payeeChange.add(row.event)
        payeeChange.add(row.payee.rawValue)
        payeeChange.add(row.name.bytes)
        payeeChange.add(row.account.bytes)
        payeeChange.add(row.bankCode)
        payeeChange.add(row.evidence)
        payeeChange.add(row.maker.name)
        payeeChange.add(row.instant.microseconds)
        try payeeChange.run()
    }

    private func insert(_ row: ReportRow, _ code: UInt32) throws(StorageError) {
        report.add(code)
        report.add(row.id.rawValue)
        report.add(row.kind.rawValue)
        report.add(row.from.days)
        report.add(row.through.days)
        report.add(row.version)
        report.add(row.events)
        report.add(row.digest.bytes)
        report.add(row.note)
        report.add(row.maker.name)
        report.add(row.instant.microseconds)
        try report.run()
    }

    private func insert(_ row: ClosedMonthRow, _ code: UInt32) throws(StorageError) {
        closedMonth.add(code)
        closedMonth.add(row.through.days)
        closedMonth.add(row.report.rawValue)
        closedMonth.add(row.event)
        closedMonth.add(row.principal.name)
        closedMonth.add(row.instant.microseconds)
        try closedMonth.run()
    }

    private func insert(_ row: CorrectionRow, _ code: UInt32) throws(StorageError) {
        correction.add(code)
        correction.add(row.id.rawValue)
        correction.add(row.redemption.rawValue)
        correction.add(row.amount.fen)
        correction.add(row.reason)
        if let evidence = row.evidence { correction.add(evidence.bytes) } else { correction.addNull() }
        correction.add(row.maker.name)
        correction.add(row.instant.microseconds)
        try correction.run()
    }

    private func insert(_ row: ReconciliationRow, _ code: UInt32) throws(StorageError) {
        reconciliation.add(code)
        reconciliation.add(row.event)
        reconciliation.add(row.asked.counterparty)
        reconciliation.add(row.asked.from.days)
        reconciliation.add(row.asked.through.days)
        reconciliation.add(row.asked.events)
        reconciliation.add(row.asked.inputs.cborBytes)
        reconciliation.add(row.asked.result.bytes)
        reconciliation.add(row.asked.matched)
        reconciliation.add(row.asked.differences)
        reconciliation.add(row.principal.name)
        reconciliation.add(row.instant.microseconds)
        try reconciliation.run()
    }

    private func insert(_ row: ResolutionRow, _ code: UInt32) throws(StorageError) {
        resolution.add(code)
        resolution.add(row.id.rawValue)
        resolution.add(row.asked.difference.bytes)
        resolution.add(row.asked.kind.rawValue)
        resolution.add(row.asked.amount.fen)
        resolution.add(row.asked.manner.rawValue)
        resolution.add(optional: row.asked.posting)
        if let statement = row.asked.statement {
            resolution.add(statement.bytes)
        } else {
            resolution.addNull()
        }
        resolution.add(row.asked.note)
        resolution.add(row.maker.name)
        resolution.add(row.instant.microseconds)
        try resolution.run()
    }
}

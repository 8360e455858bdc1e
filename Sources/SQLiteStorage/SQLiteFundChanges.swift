import Cryptography
import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of ledgers, funds and what they remit.
final class SQLiteFundChanges {
    private let ledger: SQLiteStatement
    private let setting: SQLiteStatement
    private let fund: SQLiteStatement
    private let plan: SQLiteStatement
    private let planLine: SQLiteStatement
    private let planApproved: SQLiteStatement
    private let remittance: SQLiteStatement
    private let remittanceUndone: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        ledger = try SQLiteStatement(db, "INSERT OR REPLACE INTO ledgers VALUES (?, ?, ?, ?)")
        setting = try SQLiteStatement(db, "INSERT OR REPLACE INTO settings VALUES (?, ?, ?)")
        fund = try SQLiteStatement(db, "INSERT INTO funds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        plan = try SQLiteStatement(db, "INSERT INTO plans VALUES (?, ?, ?, ?, ?, NULL)")
        planLine = try SQLiteStatement(db, "INSERT INTO plan_lines VALUES (?, ?, ?, ?)")
        planApproved = try SQLiteStatement(
            db, "UPDATE plans SET approved_by = ? WHERE ledger_id = ? AND id = ?")
        remittance = try SQLiteStatement(db, "INSERT INTO remittances VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)")
        remittanceUndone = try SQLiteStatement(
            db, "UPDATE remittances SET undone = 1 WHERE ledger_id = ? AND event = ?")
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .ledger(let profile):
            ledger.add(code)
            ledger.add(profile.name)
            ledger.add(profile.practice)
            ledger.add(profile.algorithms.rawValue)
            try ledger.run()
        case .setting(let name, let value):
            setting.add(code)
            setting.add(name.rawValue)
            setting.add(value)
            try setting.run()
        case .fund(let row):
            fund.add(code)
            fund.add(row.id.rawValue)
            fund.add(row.level.rawValue)
            fund.add(row.fiscalYear)
            fund.add(row.matching)
            fund.add(row.treasury)
            fund.add(row.document)
            fund.add(row.functionalCode)
            fund.add(row.economicCode)
            try fund.run()
        case .plan(let row):
            plan.add(code)
            plan.add(row.id.rawValue)
            plan.add(row.fund.rawValue)
            plan.add(row.document)
            plan.add(row.maker.name)
            try plan.run()
            for line in row.lines {
                planLine.add(code)
                planLine.add(row.id.rawValue)
                planLine.add(line.ledger.rawValue)
                planLine.add(line.amount.fen)
                try planLine.run()
            }
        case .planApproved(let plan, let principal):
            planApproved.add(principal.name)
            planApproved.add(code)
            planApproved.add(plan.rawValue)
            try planApproved.run()
        case .remittance(let row):
            remittance.add(code)
            remittance.add(row.event)
            remittance.add(row.incoming)
            remittance.add(row.fund.rawValue)
            remittance.add(row.ledger.rawValue)
            remittance.add(row.amount.fen)
            remittance.add(optional: row.origin.map(Int64.init(bitPattern:)))
            remittance.add(row.instant.microseconds)
            try remittance.run()
        case .remittanceUndone(let event):
            remittanceUndone.add(code)
            remittanceUndone.add(event)
            try remittanceUndone.run()
        default:
            return false
        }
        return true
    }
}

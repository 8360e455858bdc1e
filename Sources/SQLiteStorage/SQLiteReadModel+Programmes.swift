import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    package func programmeVersions(
        of programme: ProgrammeID, _ ledger: LedgerCode
    ) throws(StorageError) -> [ProgrammeVersionView] {
        try fetch(
            "SELECT * FROM programme_versions WHERE ledger_id = ? AND programme = ? ORDER BY version",
            ledger, [programme.rawValue], ProgrammeVersionView.init)
    }

    package func lotterySteps(
        of batch: BatchID, _ ledger: LedgerCode
    ) throws(StorageError) -> [LotteryStepRow] {
        try fetch(
            "SELECT * FROM lottery_steps WHERE ledger_id = ? AND batch = ? ORDER BY event", ledger,
            [batch.rawValue], LotteryStepRow.init)
    }

    package func lotteryEntries(
        of pseudonym: Pseudonym, _ ledger: LedgerCode
    ) throws(StorageError) -> [LotteryEntryRow] {
        try fetch(
            "SELECT * FROM lottery_entries WHERE ledger_id = ? AND pseudonym = ? ORDER BY batch", ledger,
            [Int64(bitPattern: pseudonym.rawValue)], LotteryEntryRow.init)
    }
}

extension LotteryStepRow {
    fileprivate init(_ row: Row) throws {
        self.init(
            batch: row.id("batch"), event: UInt64(row["event"] as Int64), type: try row.known("type"),
            principal: try row.principal("principal"), instant: row.instant("instant"),
            value: Octets([UInt8](row["value"] as Data)))
    }
}

extension LotteryEntryRow {
    fileprivate init(_ row: Row) {
        self.init(
            batch: row.id("batch"), number: row["number"],
            pseudonym: Pseudonym(UInt64(bitPattern: row["pseudonym"] as Int64)),
            event: UInt64(row["event"] as Int64))
    }
}

extension ProgrammeVersionView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: ProgrammeVersionRow(
                programme: row.id("programme"), version: row["version"], document: row["document"],
                rule: try row.cbor("rule"), maker: try row.principal("maker"),
                instant: row.instant("instant")),
            approvedBy: try row.principalIfAny("approved_by"))
    }
}

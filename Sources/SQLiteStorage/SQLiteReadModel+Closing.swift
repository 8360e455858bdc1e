import CBOR
import Foundation
import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    package func payeeHolds(_ ledger: LedgerCode) throws(StorageError) -> [PayeeHoldRow] {
        try fetch(
            "SELECT * FROM payee_holds WHERE ledger_id = ? ORDER BY event", ledger, [], PayeeHoldRow.init)
    }

    package func payeeChanges(_ ledger: LedgerCode) throws(StorageError) -> [PayeeChangeView] {
        try fetch(
            "SELECT * FROM payee_changes WHERE ledger_id = ? ORDER BY event", ledger, [], PayeeChangeView.init
        )
    }

    package func reports(_ ledger: LedgerCode) throws(StorageError) -> [ReportView] {
        try fetch("SELECT * FROM reports WHERE ledger_id = ? ORDER BY id", ledger, [], ReportView.init)
    }

    package func closedMonths(_ ledger: LedgerCode) throws(StorageError) -> [ClosedMonthRow] {
        try fetch(
            "SELECT * FROM closed_months WHERE ledger_id = ? ORDER BY through", ledger, [],
            ClosedMonthRow.init)
    }

    package func corrections(_ ledger: LedgerCode) throws(StorageError) -> [CorrectionView] {
        try fetch(
            "SELECT * FROM corrections WHERE ledger_id = ? ORDER BY id", ledger, [], CorrectionView.init)
    }

    package func reconciliations(_ ledger: LedgerCode) throws(StorageError) -> [ReconciliationRow] {
        try fetch(
            "SELECT * FROM reconciliations WHERE ledger_id = ? ORDER BY event", ledger, [],
            ReconciliationRow.init)
    }

    package func resolutions(_ ledger: LedgerCode) throws(StorageError) -> [ResolutionView] {
        try fetch(
            "SELECT * FROM resolutions WHERE ledger_id = ? ORDER BY id", ledger, [], ResolutionView.init)
    }
}

extension PayeeHoldRow {
    fileprivate init(_ row: Row) throws {
        self.init(
            event: UInt64(row["event"] as Int64), payee: row.id("payee"), isHeld: row["held"],
            reason: row["reason"], principal: try row.principal("principal"), instant: row.instant("instant"))
    }
}

extension PayeeChangeView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: PayeeChangeRow(
                event: UInt64(row["event"] as Int64), payee: row.id("payee"), name: try row.digest("name"),
                account: try row.digest("account"), bankCode: row["bank_code"], evidence: row["evidence"],
                maker: try row.principal("maker"), instant: row.instant("instant")),
            status: try row.known("status"), decidedBy: try row.principalIfAny("decided_by"),
            note: row["note"])
    }
}

extension ReportView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: ReportRow(
                id: row.id("id"), kind: try row.known("kind"), from: row.day("from_day"),
                through: row.day("through"), version: row["version"], events: UInt64(row["events"] as Int64),
                digest: row.octets("digest"), note: row["note"], maker: try row.principal("maker"),
                instant: row.instant("instant")),
            signedBy: try row.principalIfAny("signed_by"),
            signedAt: (row["signed_at"] as Int64?).map { Instant(microseconds: $0) })
    }
}

extension ClosedMonthRow {
    fileprivate init(_ row: Row) throws {
        self.init(
            through: row.day("through"), report: row.id("report"), event: UInt64(row["event"] as Int64),
            principal: try row.principal("principal"), instant: row.instant("instant"))
    }
}

extension CorrectionView {
    fileprivate init(_ row: Row) throws {
        self.init(
            row: CorrectionRow(
                id: row.id("id"), redemption: row.id("redemption"), amount: row.amount("amount"),
                reason: row["reason"], evidence: row.octetsIfAny("evidence"),
                maker: try row.principal("maker"), instant: row.instant("instant")),
            status: try row.known("status"), decidedBy: try row.principalIfAny("decided_by"),
            note: row["note"])
    }
}

extension ReconciliationRow {
    fileprivate init(_ row: Row) throws {
        let inputs: [Octets] = try row.cbor("inputs")
        self.init(
            event: UInt64(row["event"] as Int64),
            asked: .with {
                $0.counterparty = row["counterparty"]
                ($0.from, $0.through) = (row.day("from_day"), row.day("through"))
                $0.events = UInt64(row["events"] as Int64)
                ($0.inputs, $0.result) = (inputs, row.octets("result"))
                ($0.matched, $0.differences) = (row["matched"], row["differences"])
            }, principal: try row.principal("principal"), instant: row.instant("instant"))
    }
}

extension ResolutionView {
    fileprivate init(_ row: Row) throws {
        let (kind, manner): (Resolution.Class, Resolution.Manner) = (
            try row.known("kind"), try row.known("manner")
        )
        self.init(
            row: ResolutionRow(
                id: row.id("id"),
                asked: .with {
                    ($0.difference, $0.kind, $0.manner) = (row.octets("difference"), kind, manner)
                    $0.amount = row.amount("amount")
                    $0.posting = (row["posting"] as Int64?).map { UInt64($0) }
                    $0.statement = row.octetsIfAny("statement")
                    $0.note = row["note"]
                }, maker: try row.principal("maker"), instant: row.instant("instant")),
            status: try row.known("status"), decidedBy: try row.principalIfAny("decided_by"),
            note: row["decision_note"])
    }
}

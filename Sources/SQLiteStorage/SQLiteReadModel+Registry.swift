import CBOR
import Cryptography
import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    /// Rows of one ledger, each turned into a value.
    func fetch<Value>(
        _ sql: String, _ ledger: LedgerCode, _ arguments: [any DatabaseValueConvertible] = [],
        _ make: (Row) throws -> Value
    ) throws(StorageError) -> [Value] {
        try translating {
            try file.reader.read { db in
                let statement = try db.cachedStatement(sql: sql)
                let all = StatementArguments([ledger.rawValue]) + StatementArguments(arguments)
                let rows = try Row.fetchCursor(statement, arguments: all)
                var values: [Value] = []
                while let row = try rows.next() { values.append(try make(row)) }
                return values
            }
        }
    }

    package func ledger(_ ledger: LedgerCode) throws(StorageError) -> LedgerProfile? {
        try fetch("SELECT * FROM ledgers WHERE ledger_id = ?", ledger) {
            LedgerProfile(
                code: ledger, name: $0["name"], practice: $0["practice"],
                algorithms: try $0.known("algorithms"))
        }.first
    }

    package func funds(_ ledger: LedgerCode) throws(StorageError) -> [FundRow] {
        try fetch("SELECT * FROM funds WHERE ledger_id = ? ORDER BY id", ledger) { row in
            FundRow(
                id: row.id("id"), level: try row.known("level"), fiscalYear: row["fiscal_year"],
                matching: row["matching"], treasury: row["treasury"], document: row["document"],
                functionalCode: row["functional_code"], economicCode: row["economic_code"])
        }
    }

    package func plans(_ ledger: LedgerCode) throws(StorageError) -> [PlanView] {
        let lines: [(PlanID, PlanLine)] = try fetch(
            "SELECT * FROM plan_lines WHERE ledger_id = ? ORDER BY plan, recipient", ledger
        ) { ($0.id("plan"), PlanLine(ledger: $0.ledger("recipient"), amount: $0.amount("amount"))) }
        return try fetch("SELECT * FROM plans WHERE ledger_id = ? ORDER BY id", ledger) { row in
            let id: PlanID = row.id("id")
            return PlanView(
                row: PlanRow(
                    id: id, fund: row.id("fund"), lines: lines.filter { $0.0 == id }.map(\.1),
                    document: row["document"], maker: try row.principal("maker")),
                approvedBy: try row.principalIfAny("approved_by"))
        }
    }

    package func remittances(_ ledger: LedgerCode) throws(StorageError) -> [RemittanceView] {
        try fetch("SELECT * FROM remittances WHERE ledger_id = ? ORDER BY event", ledger) { row in
            RemittanceView(
                row: RemittanceRow(
                    event: UInt64(row["event"] as Int64), incoming: row["incoming"], fund: row.id("fund"),
                    ledger: row.ledger("counterparty"), amount: row.amount("amount"),
                    origin: (row["origin"] as Int64?).map(UInt64.init(bitPattern:)),
                    instant: row.instant("instant")),
                undone: row["undone"])
        }
    }

    package func programmes(_ ledger: LedgerCode) throws(StorageError) -> [ProgrammeView] {
        try fetch("SELECT * FROM programmes WHERE ledger_id = ? ORDER BY id", ledger) { row in
            ProgrammeView(
                row: ProgrammeRow(
                    id: row.id("id"), name: row["name"], document: row["document"],
                    rule: try row.cbor("rule"), maker: try row.principal("maker"),
                    instant: row.instant("instant")),
                status: try row.known("status"), approvedBy: try row.principalIfAny("approved_by"))
        }
    }

    package func batches(_ ledger: LedgerCode) throws(StorageError) -> [BatchView] {
        try fetch("SELECT * FROM batches WHERE ledger_id = ? ORDER BY id", ledger) { row in
            BatchView(
                row: BatchRow(
                    id: row.id("id"), programme: row.id("programme"), face: row.amount("face"),
                    quota: row["quota"], release: try row.known("release"),
                    weights: try row.cbor("weights"), from: row.instant("from_instant"),
                    until: row.instant("until_instant"), maker: try row.principal("maker")),
                status: try row.known("status"), approvedBy: try row.principalIfAny("approved_by"))
        }
    }

    package func merchants(_ ledger: LedgerCode) throws(StorageError) -> [MerchantView] {
        try fetch(
            """
            SELECT merchants.* FROM merchants JOIN imports USING (ledger_id, file)
            WHERE merchants.ledger_id = ? ORDER BY id
            """, ledger
        ) { row in
            MerchantView(
                row: MerchantRow(
                    file: try row.digest("file"), id: row.id("id"), creditCode: row["credit_code"],
                    payee: row.id("payee"), payeeCreditCode: row["payee_credit_code"],
                    bankCode: row["bank_code"], name: try row.digest("name"),
                    payeeName: try row.digest("payee_name"), account: try row.digest("account")),
                status: try row.known("status"))
        }
    }

    package func outlets(_ ledger: LedgerCode) throws(StorageError) -> [OutletRow] {
        try fetch(
            """
            SELECT outlets.* FROM outlets JOIN imports USING (ledger_id, file)
            WHERE outlets.ledger_id = ? ORDER BY id
            """, ledger
        ) { row in
            OutletRow(
                file: try row.digest("file"), id: row.id("id"), merchant: row.id("merchant"),
                name: try row.digest("name"), category: row["category"], region: row.ledger("region"),
                town: row["town"], rural: row["rural"], cluster: row["cluster"],
                outletClass: row["outlet_class"], platformID: row["platform_id"])
        }
    }

    package func terminals(_ ledger: LedgerCode) throws(StorageError) -> [TerminalRow] {
        try fetch(
            """
            SELECT terminals.* FROM terminals JOIN imports USING (ledger_id, file)
            WHERE terminals.ledger_id = ? ORDER BY id
            """, ledger
        ) { row in
            TerminalRow(
                file: try row.digest("file"), id: row.id("id"), outlet: row.id("outlet"),
                serial: row["serial"])
        }
    }

    package func imports(_ ledger: LedgerCode) throws(StorageError) -> [ImportRow] {
        try fetch("SELECT * FROM imports WHERE ledger_id = ? ORDER BY event", ledger) { row in
            ImportRow(
                event: UInt64(row["event"] as Int64), file: try row.digest("file"),
                kind: try row.known("kind"), count: row["count"], instant: row.instant("instant"))
        }
    }
}

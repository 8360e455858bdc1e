import CBOR
import GRDB
package import LedgerDomain
package import LedgerStorage

extension SQLiteReadModel {
    package func settlements(_ ledger: LedgerCode) throws(StorageError) -> [SettlementView] {
        try fetch("SELECT * FROM settlements WHERE ledger_id = ? ORDER BY id", ledger) { row in
            SettlementView(
                row: SettlementRow(
                    id: row.id("id"), through: row.day("through"), maker: try row.principal("maker"),
                    instant: row.instant("instant")),
                status: try row.known("status"), approvedBy: try row.principalIfAny("approved_by"))
        }
    }

    package func settlementLines(
        _ id: SettlementID, _ ledger: LedgerCode
    ) throws(StorageError) -> [SettlementLineView] {
        try fetch(
            "SELECT * FROM settlement_lines WHERE ledger_id = ? AND settlement = ? ORDER BY line", ledger,
            [id.rawValue]
        ) { try SettlementLineView($0) }
    }

    package func payouts(
        to payee: PayeeID, _ ledger: LedgerCode
    ) throws(StorageError) -> [PayoutView] {
        try fetch(
            """
            SELECT l.*, s.through FROM settlement_lines l JOIN settlements s
            ON s.ledger_id = l.ledger_id AND s.id = l.settlement
            WHERE l.ledger_id = ? AND l.payee = ? ORDER BY l.settlement, l.line
            """, ledger, [payee.rawValue]
        ) { PayoutView(line: try SettlementLineView($0), through: $0.day("through")) }
    }

    package func trialBalance(
        afterEvents count: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [TrialBalanceRow] {
        let event = Int64(clamping: count)
        let code = Int64(ledger.rawValue)
        return try fetch(
            """
            SELECT fund, kind, sum(amount) AS amount FROM (
                SELECT fund, debit_kind AS kind, -amount AS amount FROM postings
                WHERE ledger_id = ? AND event < ?
                UNION ALL
                SELECT fund, credit_kind, amount FROM postings WHERE ledger_id = ? AND event < ?)
            GROUP BY fund, kind ORDER BY fund, kind
            """, ledger, [event, code, event]
        ) { row in
            let kind: Account.Kind = try row.known("kind")
            let credited = row.amount("amount")
            return TrialBalanceRow(
                fund: row.id("fund"), kind: kind,
                amount: kind.isDebitNormal ? .zero - credited : credited)
        }
    }

    package func programmeBalances(
        afterEvents count: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [ProgrammeBalance] {
        let (event, code) = (Int64(clamping: count), Int64(ledger.rawValue))
        let (programme, batch, voucher) = (
            Account.Kind.programme.rawValue, Account.Kind.batch.rawValue, Account.Kind.voucher.rawValue
        )
        let isOne = "IN (\(programme), \(batch), \(voucher))"
        // What is there now, less what was posted since: reports are made of months that ended lately.
        return try fetch(
            """
            SELECT m.fund, CASE m.kind WHEN \(programme) THEN m.owner ELSE b.programme END AS programme, m.kind,
                sum(m.amount) AS amount
            FROM (
                SELECT ledger_id, fund, kind, owner, balance AS amount FROM accounts
                WHERE ledger_id = ? AND kind \(isOne) AND balance <> 0
                UNION ALL
                SELECT ledger_id, fund, debit_kind, debit_owner, amount FROM postings
                WHERE ledger_id = ? AND event >= ? AND debit_kind \(isOne)
                UNION ALL
                SELECT ledger_id, fund, credit_kind, credit_owner, -amount FROM postings
                WHERE ledger_id = ? AND event >= ? AND credit_kind \(isOne)) m
            LEFT JOIN vouchers v ON m.kind = \(voucher) AND v.ledger_id = m.ledger_id AND v.id = m.owner
            LEFT JOIN batches b ON b.ledger_id = m.ledger_id
                AND b.id = CASE m.kind WHEN \(batch) THEN m.owner ELSE v.batch END
            GROUP BY 1, 2, 3 HAVING sum(m.amount) <> 0 ORDER BY 1, 2, 3
            """, ledger, [code, event, code, event]
        ) { row in
            ProgrammeBalance(
                fund: row.id("fund"), programme: row.id("programme"), kind: try row.known("kind"),
                amount: row.amount("amount"))
        }
    }

    package func trialBalance(_ ledger: LedgerCode) throws(StorageError) -> [TrialBalanceRow] {
        try fetch(
            """
            SELECT fund, kind, sum(balance) AS amount FROM accounts WHERE ledger_id = ?
            GROUP BY fund, kind ORDER BY fund, kind
            """, ledger
        ) { TrialBalanceRow(fund: $0.id("fund"), kind: try $0.known("kind"), amount: $0.amount("amount")) }
    }

    package func accounts(
        _ kind: Account.Kind, _ ledger: LedgerCode
    ) throws(StorageError) -> [AccountBalance] {
        try fetch(
            """
            SELECT * FROM accounts WHERE ledger_id = ? AND kind = ? AND balance <> 0 ORDER BY owner, fund
            """, ledger, [kind.rawValue], AccountBalance.init)
    }

    package func balances(
        of account: Account, _ ledger: LedgerCode
    ) throws(StorageError) -> [AccountBalance] {
        try fetch(
            "SELECT * FROM accounts WHERE ledger_id = ? AND kind = ? AND owner = ? ORDER BY fund", ledger,
            [account.kind.rawValue, account.owner], AccountBalance.init)
    }

    package func postings(
        ofEvent event: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [PostingRow] {
        try fetch(
            "SELECT * FROM postings WHERE ledger_id = ? AND event = ? ORDER BY line", ledger,
            [Int64(clamping: event)]
        ) { row in
            var posting = Posting(
                try row.known("kind"), debit: try row.account("debit_kind", "debit_owner"),
                credit: try row.account("credit_kind", "credit_owner"), row.id("fund"), row.amount("amount"))
            posting.undoes = row["undoes"]
            return PostingRow(event: event, line: row["line"], posting: posting)
        }
    }

    package func redemptionsByCategory(_ ledger: LedgerCode) throws(StorageError) -> [CategoryTotal] {
        try fetch(
            """
            SELECT category, count(*) AS count, sum(bill) AS bill, sum(subsidy) AS subsidy,
                sum(refunded_subsidy) AS refunded
            FROM redemptions WHERE ledger_id = ? GROUP BY category ORDER BY sum(subsidy) DESC, category
            """, ledger
        ) { row in
            CategoryTotal(
                category: row["category"], count: row["count"], bill: row.amount("bill"),
                subsidy: row.amount("subsidy"), refunded: row.amount("refunded"))
        }
    }

    package func refusalsByReason(_ ledger: LedgerCode) throws(StorageError) -> [RefusalTotal] {
        try fetch(
            """
            SELECT refusal, count(*) AS count FROM refusals WHERE ledger_id = ?
            GROUP BY refusal ORDER BY count(*) DESC, refusal
            """, ledger
        ) { RefusalTotal(refusal: try $0.known("refusal"), count: $0["count"]) }
    }

    package func accessEvents(
        before event: UInt64, limit: Int, _ ledger: LedgerCode
    ) throws(StorageError) -> [AccessRow] {
        try fetch(
            """
            SELECT * FROM access_events WHERE ledger_id = ? AND event < ? ORDER BY event DESC LIMIT ?
            """, ledger, [Int64(clamping: event), Int64(limit)]
        ) { row in
            AccessRow(
                event: row["event"], kind: try row.known("kind"), account: row["account"],
                about: row["about"], principal: try row.principal("principal"),
                instant: row.instant("instant"))
        }
    }

    package func totals(_ ledger: LedgerCode) throws(StorageError) -> LedgerTotals {
        let code = [ledger.rawValue, ledger.rawValue]
        return try fetch(
            """
            SELECT count(*) AS vouchers, total(status = 1) AS usable, total(status = 2) AS used,
                total(status = 3) AS lapsed, total(status = 4) AS handed_back,
                total(status = 5) AS set_off,
                (SELECT count(*) FROM redemptions WHERE ledger_id = ?2) AS redemptions,
                (SELECT count(*) FROM refunds WHERE ledger_id = ?2) AS refunds,
                (SELECT count(*) FROM refusals WHERE ledger_id = ?3) AS refusals
            FROM vouchers WHERE ledger_id = ?1
            """, ledger, code
        ) { row in
            var totals = LedgerTotals()
            totals.vouchers = row["vouchers"]
            totals.usable = row["usable"]
            totals.used = row["used"]
            totals.lapsed = row["lapsed"]
            totals.handedBack = row["handed_back"]
            totals.setOff = row["set_off"]
            totals.redemptions = row["redemptions"]
            totals.refunds = row["refunds"]
            totals.refusals = row["refusals"]
            return totals
        }.first ?? LedgerTotals()
    }
}

extension AccountBalance {
    fileprivate init(_ row: Row) throws {
        self.init(
            account: try row.account("kind", "owner"), fund: row.id("fund"), amount: row.amount("balance"))
    }
}

extension SettlementLineView {
    /// A row of `settlement_lines`.
    fileprivate init(_ row: Row) throws {
        self.init(
            row: SettlementLineRow(
                event: row["event"], settlement: row.id("settlement"), line: row["line"],
                payee: row.id("payee"), fund: row.id("fund"), amount: row.amount("amount"),
                merchants: try row.cbor("merchants")),
            status: try row.known("status"), note: row["note"])
    }
}

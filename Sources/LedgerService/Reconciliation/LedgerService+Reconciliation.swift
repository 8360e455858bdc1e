import Cryptography
package import LedgerDomain
import LedgerStorage
package import Reconciliation
package import StatementFormats

/// A reconciliation with the hash that makes it reproducible: same inputs, same result, same hash.
package struct ReconciliationReport: Sendable {
    package var result: ReconciliationResult
    /// SHA-256 of the result's canonical bytes, in hexadecimal.
    package var hash: String

    init(_ result: ReconciliationResult) {
        self.result = result
        hash = SHA256Digest.of(result.canonicalBytes).hexadecimal
    }
}

/// A reconciliation of three sides with the hash that makes it reproducible.
package struct ThreeWayReport: Sendable {
    package var result: ThreeWayResult
    /// SHA-256 of the result's canonical bytes, in hexadecimal.
    package var hash: String

    init(_ result: ThreeWayResult) {
        self.result = result
        hash = SHA256Digest.of(result.canonicalBytes).hexadecimal
    }
}

extension LedgerService {
    /// Matches redemptions dated `from … through` against what merchants say they sold.
    package func reconcile(
        _ file: MerchantOrderFile, named name: String, from: BusinessDay, through: BusinessDay
    ) throws(ServiceError) -> ReconciliationReport {
        let (redemptions, codes) = try query { (model) throws(StorageError) in
            var all: [RedemptionView] = []
            while true {
                let page = try model.redemptions(
                    from: from, through: through, after: all.last?.row.id ?? .none, limit: 10_000, ledger)
                guard !page.isEmpty else { break }
                all += page
            }
            let codes = try model.merchants(ledger).map { ($0.row.id, $0.row.creditCode) }
            return (all, Dictionary(codes, uniquingKeysWith: { first, _ in first }))
        }
        let lines = redemptions.map { redemption in
            // What was wholly refunded moved no money in the end; merchants report it as refunded.
            let whole = redemption.refundedSubsidy == redemption.row.subsidy
            let amount = whole ? redemption.row.subsidy : redemption.row.subsidy - redemption.refundedSubsidy
            return StatementLine(
                reference: "\(codes[redemption.row.merchant] ?? "")/\(redemption.row.order)",
                amount: amount.fen, day: redemption.row.day.days, line: Int(clamping: redemption.row.event),
                outcome: whole ? .failed : .succeeded)
        }
        return try match(Statement(name: "ledger", lines: lines), file.statement(named: name))
    }

    /// Matches a settlement's lines against what the bank says became of them.
    package func reconcile(
        _ file: BankReturnFile, named name: String, settlement: SettlementID
    ) throws(ServiceError) -> ReconciliationReport {
        let lines = try query { (model) throws(StorageError) in
            try model.settlementLines(settlement, ledger)
        }
        let statement = file.statement(named: name)
        // The ledger has no bank day; the statement's own stands for it, so that only money is compared.
        let days = Dictionary(
            statement.lines.map { ($0.reference, $0.day) }, uniquingKeysWith: { first, _ in first })
        let last = days.values.max() ?? 0
        let booked = lines.map { line in
            let reference = reference(settlement, line.row.line)
            return StatementLine(
                reference: reference, amount: line.row.amount.fen, day: days[reference] ?? last,
                line: Int(clamping: line.row.event), outcome: line.status == .undone ? .failed : .succeeded)
        }
        return try match(Statement(name: "ledger", lines: booked), statement)
    }

    private func match(
        _ ledger: Statement, _ statement: Statement
    ) throws(ServiceError) -> ReconciliationReport {
        do {
            return ReconciliationReport(try Matcher.match(ledger: ledger, statement: statement))
        } catch {
            throw .invalid("the amounts of a side do not fit a sum: \(error)")
        }
    }
}

import Cryptography
package import LedgerDomain
import LedgerStorage
import Reconciliation
import StatementFormats

extension LedgerService {
    /// Matches redemptions dated `from … through` against what merchants say they sold.
    ///
    /// - Parameter bytes: a file of merchants' orders.
    package func reconcile(
        orders bytes: [UInt8], from: BusinessDay, through: BusinessDay
    ) throws -> ReconciliationRun {
        try LedgerService.demandOrder(from, through)
        let (cutOff, events) = try state { ($0.settings[.businessDayCutOff], $0.size) }
        let file = try MerchantOrderFile(bytes, cutOff: cutOff)
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
        return try compare(
            lines, file.statement, of: bytes, with: "商户订单", from, through, events)
    }

    /// Matches a settlement's lines against what the bank says became of them.
    ///
    /// - Parameter bytes: a bank's return.
    package func reconcile(
        bankReturn bytes: [UInt8], settlement: SettlementID
    ) throws -> ReconciliationRun {
        let (events, settled) = try state { state in
            (state.size, state.settlements.contains(settlement) ? state.settlements[settlement].through : nil)
        }
        guard let settled else { throw ServiceError.notFound(.settlement, settlement.text(in: ledger)) }
        let file = try BankReturnFile(bytes)
        let lines = try query { (model) throws(StorageError) in
            try model.settlementLines(settlement, ledger)
        }
        let statement = file.statement
        // The ledger has no bank day; the statement's own stands for it, so that only money is compared.
        let days = Dictionary(
            statement.lines.map { ($0.reference, $0.day) }, uniquingKeysWith: { first, _ in first })
        let missing = days.values.max() ?? settled.days
        let booked = lines.map { line in
            let reference = reference(settlement, line.row.line)
            return StatementLine(
                reference: reference, amount: line.row.amount.fen, day: days[reference] ?? missing,
                line: Int(clamping: line.row.event), outcome: line.status == .undone ? .failed : .succeeded)
        }
        let known = file.rows.map(\.day)
        return try compare(
            booked, statement, of: bytes, with: "银行回单 \(settlement.text(in: ledger))",
            known.min() ?? settled, known.max() ?? settled, events)
    }

    /// Matches by reference alone.
    private func compare(
        _ lines: [StatementLine], _ statement: Statement, of file: [UInt8], with counterparty: String,
        _ from: BusinessDay, _ through: BusinessDay, _ events: UInt64
    ) throws -> ReconciliationRun {
        let result = try LedgerService.fitting { () throws(ReconciliationError) in
            try Matcher.match(ledger: Statement(name: "ledger", lines: lines), statement: statement)
        }
        return ReconciliationRun(
            result,
            ReconciliationRun.Scope(
                counterparty: counterparty, from: from, through: through, events: events,
                statements: [SHA256Digest.of(file)],
                terms: Array(result.rules.canonicalFields.joined(separator: "\n").utf8)))
    }

    /// That a period ends no earlier than it begins.
    static func demandOrder(_ first: BusinessDay, _ last: BusinessDay) throws(ServiceError) {
        guard first <= last else {
            throw .invalid("The first day, \(first.text), is after the last one, \(last.text).")
        }
    }

    /// What a matcher gives, or why it cannot.
    static func fitting<Result>(
        _ body: () throws(ReconciliationError) -> Result
    ) throws(ServiceError) -> Result {
        do {
            return try body()
        } catch {
            throw .invalid("the amounts of a side do not fit a sum: \(error)")
        }
    }
}

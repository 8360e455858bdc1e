import GRDB
import LedgerDomain
import LedgerStorage

/// Writes the read model's rows of vouchers, redemptions and refusals.
final class SQLiteTrafficChanges {
    private let voucher: SQLiteStatement
    private let voucherStatus: SQLiteStatement
    private let authorisation: SQLiteStatement
    private let authorisationStatus: SQLiteStatement
    private let redemption: SQLiteStatement
    private let refund: SQLiteStatement
    private let refunded: SQLiteStatement
    private let refusal: SQLiteStatement
    private let posting: SQLiteStatement
    private let balance: SQLiteStatement

    init(_ db: Database) throws(StorageError) {
        voucher = try SQLiteStatement(db, "INSERT INTO vouchers VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)")
        voucherStatus = try SQLiteStatement(
            db, "UPDATE vouchers SET status = ? WHERE ledger_id = ? AND id = ?")
        authorisation = try SQLiteStatement(
            db, "INSERT INTO authorisations VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)")
        authorisationStatus = try SQLiteStatement(
            db, "UPDATE authorisations SET status = ? WHERE ledger_id = ? AND id = ?")
        redemption = try SQLiteStatement(
            db,
            """
            INSERT INTO redemptions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
            """)
        refund = try SQLiteStatement(db, "INSERT INTO refunds VALUES (?, ?, ?, ?, ?, ?, ?)")
        refunded = try SQLiteStatement(
            db,
            """
            UPDATE redemptions SET refunded_bill = refunded_bill + ?, refunded_subsidy =
            refunded_subsidy + ? WHERE ledger_id = ? AND id = ?
            """)
        refusal = try SQLiteStatement(db, "INSERT INTO refusals VALUES (?, ?, ?, ?, ?, ?)")
        posting = try SQLiteStatement(db, "INSERT INTO postings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        balance = try SQLiteStatement(
            db,
            """
            INSERT INTO accounts VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET balance =
            excluded.balance
            """)
    }

    /// Writes one change; `false` where it is not of this kind.
    func apply(_ change: ReadModelChange, _ code: UInt32) throws(StorageError) -> Bool {
        switch change {
        case .voucher(let row):
            voucher.add(code)
            voucher.add(row.id.rawValue)
            voucher.add(row.batch.rawValue)
            voucher.add(Int64(bitPattern: row.pseudonym.rawValue))
            voucher.add(row.face.fen)
            voucher.add(row.issuedAt.microseconds)
            voucher.add(row.expiry.microseconds)
            voucher.add(optional: row.channel)
            try voucher.run()
        case .voucherStatus(let id, let status):
            voucherStatus.add(status.rawValue)
            voucherStatus.add(code)
            voucherStatus.add(id.rawValue)
            try voucherStatus.run()
        case .authorisation(let row):
            authorisation.add(code)
            authorisation.add(row.id.rawValue)
            authorisation.add(row.voucher.rawValue)
            authorisation.add(row.outlet.rawValue)
            authorisation.add(row.bill.fen)
            authorisation.add(row.held.fen)
            authorisation.add(row.order)
            authorisation.add(row.expiry.microseconds)
            try authorisation.run()
        case .authorisationStatus(let id, let status):
            authorisationStatus.add(status.rawValue)
            authorisationStatus.add(code)
            authorisationStatus.add(id.rawValue)
            try authorisationStatus.run()
        case .redemption(let row):
            redemption.add(code)
            redemption.add(row.id.rawValue)
            redemption.add(row.event)
            redemption.add(row.voucher.rawValue)
            redemption.add(row.outlet.rawValue)
            redemption.add(row.terminal.rawValue)
            redemption.add(row.merchant.rawValue)
            redemption.add(row.category)
            redemption.add(row.bill.fen)
            redemption.add(row.subsidy.fen)
            redemption.add(row.channel)
            redemption.add(row.order)
            redemption.add(row.instant.microseconds)
            redemption.add(row.day.days)
            try redemption.run()
        case .refund(let row):
            refund.add(code)
            refund.add(row.event)
            refund.add(row.redemption.rawValue)
            refund.add(row.bill.fen)
            refund.add(row.subsidy.fen)
            refund.add(row.instant.microseconds)
            refund.add(row.day.days)
            try refund.run()
            refunded.add(row.bill.fen)
            refunded.add(row.subsidy.fen)
            refunded.add(code)
            refunded.add(row.redemption.rawValue)
            try refunded.run()
        case .refusal(let row):
            refusal.add(code)
            refusal.add(row.event)
            refusal.add(row.type.rawValue)
            refusal.add(row.refusal.rawValue)
            refusal.add(row.instant.microseconds)
            refusal.add(row.principal.name)
            try refusal.run()
        case .posting(let row):
            posting.add(code)
            posting.add(row.event)
            posting.add(row.line)
            posting.add(row.posting.kind.rawValue)
            posting.add(row.posting.undoes)
            posting.add(row.posting.debit.kind.rawValue)
            posting.add(row.posting.debit.owner)
            posting.add(row.posting.credit.kind.rawValue)
            posting.add(row.posting.credit.owner)
            posting.add(row.posting.fund.rawValue)
            posting.add(row.posting.amount.fen)
            try posting.run()
        case .balance(let account, let fund, let amount):
            balance.add(code)
            balance.add(account.kind.rawValue)
            balance.add(account.owner)
            balance.add(fund.rawValue)
            balance.add(amount.fen)
            try balance.run()
        default:
            return false
        }
        return true
    }
}

package import LedgerDomain
package import Reconciliation

/// An order as the merchant tells it: what subsidy it claims, and when.
package struct MerchantOrderRow: Hashable, Sendable {
    /// What became of the order.
    package enum Status: String, CaseIterable, Hashable, Sendable {
        /// The subsidy is claimed.
        case succeeded
        /// Nothing was sold.
        case failed
        /// The whole sale was given back; nothing is claimed.
        case refunded
    }

    /// The line of the file, from 1.
    package let line: Int
    /// The merchant's own number of the sale.
    package let order: String
    /// The merchant.
    package let merchant: CreditCode
    /// The subsidy the merchant claims, after part refunds.
    package let subsidy: Amount
    /// The business day of the sale.
    package let day: BusinessDay
    /// What became of the order; succeeded where the file says nothing.
    package let status: Status

    /// The key that the ledger's line must have to match: orders are numbered by each merchant for itself.
    package var reference: String { MerchantOrderFile.reference(merchant: merchant, order: order) }
}

/// 商户订单: what merchants say they sold, from CSV, for the officer who reconciles it with the ledger.
package struct MerchantOrderFile: Sendable {
    /// The columns of a merchant orders file.
    package enum Column: String, CSVColumn {
        case order
        case creditCode = "credit_code"
        case amount = "amount_yuan"
        case time
        case status

        package var aliases: [String] {
            switch self {
            case .order: ["订单号"]
            case .creditCode: ["统一社会信用代码"]
            case .amount: ["补贴金额"]
            case .time: ["时间", "日期"]
            case .status: ["状态"]
            }
        }

        package var isOptional: Bool { self == .status }
    }

    /// The orders in the order of the file.
    package let rows: [MerchantOrderRow]

    /// Reads a whole file; a time belongs to the Shanghai date of (time − `cutOff` microseconds).
    ///
    /// Demonstration merchants are taken: whether the ledger knows a merchant is for the match to say.
    package init(_ bytes: some Collection<UInt8>, cutOff: Int64 = 0) throws(RowFaults) {
        let table = try CSVTable<Column>(bytes, mayBeEmpty: true)
        rows = try CSVEntries(table) { MerchantOrderFile.row(&$0, cutOff: cutOff) }.checked()
    }

    /// The orders as a side of a reconciliation; what failed or was refunded moved no money.
    package var statement: Statement {
        Statement(
            name: StatementImport.name,
            lines: rows.map { row in
                StatementLine(
                    reference: row.reference, amount: row.subsidy.fen, day: row.day.days, line: row.line,
                    outcome: row.status == .succeeded ? .succeeded : .failed)
            })
    }

    /// The reference of a merchant's order, the same for both sides: `creditCode/order`.
    package static func reference(merchant: CreditCode, order: String) -> String {
        "\(merchant.text)/\(order)"
    }

    private static func row(_ record: inout CSVRecord<Column>, cutOff: Int64) -> MerchantOrderRow? {
        let order = record.text(.order, .order)
        let merchant = record.creditCode(.creditCode, practice: true)
        let subsidy = record.amount(.amount)
        let day = record.value(.time) { (text: String) throws(TextFault) -> BusinessDay in
            if let day = BusinessDay(text: text) { return day }
            if let instant = Instant(text: text) { return instant.businessDay(cutOff: cutOff) }
            let allowed = ["2018-06-01T10:00:00+08:00", "2018-06-01"]
            throw TextFault(
                message: "“\(text)” is neither a time with an offset nor a date", allowed: allowed)
        }
        let status = record[.status].isEmpty ? .succeeded : record.choice(.status, statuses)
        guard let order, let merchant, let subsidy, let day, let status else { return nil }
        return MerchantOrderRow(
            line: record.line, order: order, merchant: merchant, subsidy: subsidy, day: day, status: status)
    }

    private static let statuses = Choice([
        "succeeded": MerchantOrderRow.Status.succeeded, "failed": .failed, "refunded": .refunded,
        "成功": .succeeded, "失败": .failed, "已退款": .refunded,
    ])
}

package import LedgerDomain

/// One thing a cashier did, from a file of many.
package struct OrderRow: Hashable, Sendable {
    /// A voucher at the till.
    package struct Sale: Hashable, Sendable {
        /// The token that was scanned, the 20 digits that were typed, or the voucher's number as it is printed.
        package let voucher: String
        /// The serial of the terminal; `nil` where the file names none.
        package let terminal: String?
        /// The whole bill.
        package let bill: Amount
        /// How the rest is paid.
        package let channel: String
    }

    /// What was done; all but the first two are about the earlier row with the same order and outlet.
    package enum Action: Hashable, Sendable {
        /// 核销 at once.
        case redeem(Sale)
        /// 预授权.
        case authorise(Sale)
        /// Captures an authorisation at its final bill; `nil` for the bill that was authorised.
        case capture(bill: Amount?)
        /// 撤销: undoes an authorisation.
        case void
        /// 退款: gives back this much of the bill; `nil` for all that is left.
        case refund(bill: Amount?)
    }

    /// The line of the file, from 1.
    package let line: Int
    /// When it was done; `nil` where the file does not say.
    package let time: Instant?
    /// The idempotency key; a repeated row has the key of the first.
    package let key: String
    /// The platform id of the outlet.
    package let outlet: String
    /// The merchant's own number of the sale.
    package let order: String
    /// What was done.
    package let action: Action
}

/// 核销流水: what tills did, from CSV, for bulk redemption; all rows or none are read.
package struct OrderFile: Sendable {
    /// The columns of an orders file.
    package enum Column: String, CSVColumn {
        case time
        case key
        case action
        case voucher
        case outlet
        case terminal
        case bill = "bill_yuan"
        case channel
        case order

        package var aliases: [String] {
            switch self {
            case .time: ["时间"]
            case .key: ["幂等键"]
            case .action: ["操作"]
            case .voucher: ["券号"]
            case .outlet: ["平台编号"]
            case .terminal: ["终端号"]
            case .bill: ["消费金额"]
            case .channel: ["支付渠道"]
            case .order: ["订单号"]
            }
        }

        package var isOptional: Bool { self == .time || self == .terminal }
    }

    /// The rows in the order of the file.
    package let rows: [OrderRow]

    /// Reads a whole file.
    package init(_ bytes: some Collection<UInt8>) throws(RowFaults) {
        let table = try CSVTable<Column>(bytes, mayBeEmpty: true)
        rows = try CSVEntries(table, OrderFile.row).checked()
    }

    private enum Verb { case redeem, authorise, capture, void, refund }

    private static func row(_ record: inout CSVRecord<Column>) -> OrderRow? {
        let time = record.optionalValue(.time, Instant.init(entered:))
        let key = record.text(.key)
        let outlet = record.text(.outlet, .event)
        let order = record.text(.order, .order)
        let action = action(&record)
        guard let key, let outlet, let order, let action else { return nil }
        return OrderRow(
            line: record.line, time: time, key: key, outlet: outlet, order: order, action: action)
    }

    private static func action(_ record: inout CSVRecord<Column>) -> OrderRow.Action? {
        guard let verb = record.choice(.action, verbs) else { return nil }
        switch verb {
        case .redeem: return sale(&record).map(OrderRow.Action.redeem)
        case .authorise: return sale(&record).map(OrderRow.Action.authorise)
        case .capture, .refund, .void:
            for column in [Column.voucher, .terminal, .channel] {
                record.mustBeBlank(column, "here; outlet and order name the earlier row")
            }
        }
        if verb == .void { record.mustBeBlank(.bill, "for a void") }
        let bill = record.optionalValue(.bill, Amount.init(entered:))
        return switch verb {
        case .capture: .capture(bill: bill)
        case .refund: .refund(bill: bill)
        default: .void
        }
    }

    private static func sale(_ record: inout CSVRecord<Column>) -> OrderRow.Sale? {
        let voucher = record.text(.voucher, .token)
        let terminal = record.optionalText(.terminal, .event)
        let bill = record.amount(.bill)
        let channel = record.text(.channel, .channel)
        guard let voucher, let bill, let channel else { return nil }
        return OrderRow.Sale(voucher: voucher, terminal: terminal, bill: bill, channel: channel)
    }

    private static let verbs = Choice([
        "redeem": Verb.redeem, "authorise": .authorise, "capture": .capture, "void": .void, "refund": .refund,
        "核销": .redeem, "预授权": .authorise, "确认": .capture, "撤销": .void, "退款": .refund,
    ])
}

package import LedgerDomain

/// 降价明细: sales below their listed price, as a merchant claims them, from CSV; all rows or none are read.
package struct PriceCutFile: Sendable {
    /// The columns of a price cuts file.
    package enum Column: String, CSVColumn {
        case order
        case listed
        case paid

        package var aliases: [String] {
            switch self {
            case .order: ["订单号"]
            case .listed: ["标价"]
            case .paid: ["成交价"]
            }
        }
    }

    /// The sales in the order of the file, at most 200.
    package let sales: [CutSale]

    package init(_ bytes: some Collection<UInt8>) throws(RowFaults) {
        var entries = CSVEntries(try CSVTable<Column>(bytes)) { record -> (line: Int, sale: CutSale)? in
            let order = record.value(.order, TextLimit.order.check)
            let listed = record.amount(.listed)
            let paid = record.amountOrZero(.paid)
            guard let order, let listed, let paid else { return nil }
            guard paid < listed else {
                record.fault(.paid, "must be below the listed price")
                return nil
            }
            var sale = CutSale()
            (sale.order, sale.listed, sale.paid) = (order, listed, paid)
            return (record.line, sale)
        }
        entries.requireUnique(Column.order, line: \.line, key: \.sale.order)
        let rows = try entries.checked()
        if let first = rows.dropFirst(200).first {
            throw RowFaults([
                RowFault(row: first.line, field: "", message: "a claim has at most 200 sales; make several")
            ])
        }
        sales = rows.map(\.sale)
    }

    /// What was taken off in all.
    package var amount: Amount { sales.reduce(.zero) { $0 + $1.listed - $1.paid } }
}

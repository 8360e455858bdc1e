import LedgerDomain

/// What the rows of a file come to, for its lines of totals.
struct RowTotals {
    private var rows: Int128 = 0
    private var sales: Int128 = 0
    private var refunds: Int128 = 0
    private var sold: Int128 = 0
    private var refunded: Int128 = 0

    /// Counts a row, whatever it says.
    mutating func addRow() { rows += 1 }

    /// Counts money that moved; `fen` is below zero for a refund.
    mutating func add(_ fen: Int64, isRefund: Bool) {
        if isRefund {
            refunds += 1
            refunded -= Int128(fen)
        } else {
            sales += 1
            sold += Int128(fen)
        }
    }

    private subscript(total: TotalsLine.Total) -> Int128 {
        switch total {
        case .rows: rows
        case .sales: sales
        case .refunds: refunds
        case .sold: sold
        case .refunded: refunded
        case .net: sold - refunded
        case .turnover: sold + refunded
        }
    }

    /// What is wrong with what a line says of a total; `nil` where it is what the rows come to.
    func fault(in text: String, of total: TotalsLine.Total, by mapping: StatementMapping) -> String? {
        let isWhole = !total.isAmount || mapping.unit == .fen
        func shown(_ value: Int128) -> String {
            let value = Int64(clamping: value)
            return isWhole ? "\(value)" : Amount(fen: value).yuan
        }
        var text = text
        let said = text.withUTF8 { bytes in
            Result { () throws(StatementBytes.AmountProblem) in
                try StatementBytes.amount(UnsafeRawBufferPointer(bytes), isFen: isWhole)
            }
        }
        switch said {
        case .success(let said):
            // Of what has a direction already, some write one of the two below zero.
            let value = total == .net ? (mapping.isNegated ? -Int128(said) : Int128(said)) : abs(Int128(said))
            return value == self[total]
                ? nil : "says \(shown(value)); the rows come to \(shown(self[total]))"
        case .failure(let problem): return "“\(text)” \(problem.meaning)"
        }
    }
}

import LedgerDomain
import StatementFormats

/// The bank of the demonstration: answers payment instructions.
struct DemoBank {
    /// The line, counted from 1, that it does not pay; none where zero.
    var failing = 0

    /// The return for a file of payment instructions.
    func answer(_ instructions: String, on day: String) throws -> String {
        var writer = CSVWriter(header: BankReturnFile.Column.header)
        let rows = instructions.split(whereSeparator: \.isNewline).dropFirst()
        for (index, row) in rows.enumerated() {
            let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let isPaid = index + 1 != failing
            writer.append([
                .text(fields[0]), .amount(try Amount(yuan: fields[4])), .text(day),
                .text(isPaid ? "paid" : "failed"),
                .text(isPaid ? "B\(day.filter(\.isNumber))\(padded(index + 1, to: 5))" : ""),
                .text(isPaid ? "" : "收款账户状态异常"),
            ])
        }
        return writer.text
    }
}

package import LedgerDomain

/// 入场登记: the tickets that were counted at a door, from CSV; all rows or none are read.
package struct TicketFile: Sendable {
    /// One ticket.
    package struct Row: Hashable, Sendable {
        /// The line of the file, from 1.
        package let line: Int
        /// The merchant's own reference of the ticket's sale.
        package let ticket: String
        /// What was paid for it; zero for a free admission.
        package let paid: Amount
    }

    /// The columns of a tickets file.
    package enum Column: String, CSVColumn {
        case ticket
        case paid

        package var aliases: [String] {
            switch self {
            case .ticket: ["票号"]
            case .paid: ["票价"]
            }
        }
    }

    /// The rows in the order of the file.
    package let rows: [Row]

    package init(_ bytes: some Collection<UInt8>) throws(RowFaults) {
        var entries = CSVEntries(try CSVTable<Column>(bytes)) { record -> Row? in
            let ticket = record.value(.ticket, TextLimit.order.check)
            let paid = record.amountOrZero(.paid)
            guard let ticket, let paid else { return nil }
            return Row(line: record.line, ticket: ticket, paid: paid)
        }
        entries.requireUnique(Column.ticket, line: \.line, key: \.ticket)
        rows = try entries.checked()
    }
}

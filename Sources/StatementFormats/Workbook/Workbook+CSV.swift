import LedgerDomain

extension Workbook.Sheet {
    /// The table as CSV (UTF-8 behind a byte order mark, for Excel); what stands above it is left out.
    package var csv: [UInt8] {
        var writer = CSVWriter(header: columns.map(\.title), byteOrderMark: true)
        for row in rows { writer.append(row.map(\.field)) }
        return Array(writer.text.utf8)
    }
}

extension Workbook.Value {
    fileprivate var field: CSVField {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): .number(Int64(number))
        case .amount(let amount): .amount(amount)
        case .share, .ratio: .text(forPeople)
        case .day(let day): .text(day.text)
        case .instant(let instant): .text(instant.text)
        case .none: .text("")
        }
    }
}

/// A device at an outlet as a registry file names it.
package struct TerminalRow: Hashable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    /// The device's serial number; no two rows of a file have the same.
    package let serial: String
    /// The city platform's id of the outlet it stands in.
    package let platformID: String
}

/// 终端名册: terminals from CSV, for the officer who imports them; all rows or none.
package struct TerminalFile: Sendable {
    /// The columns of a terminals file.
    package enum Column: String, CSVColumn {
        case serial
        case platformID = "platform_id"

        package var aliases: [String] {
            switch self {
            case .serial: ["终端号"]
            case .platformID: ["平台编号"]
            }
        }
    }

    /// The terminals in the order of the file.
    package let rows: [TerminalRow]

    /// Reads a whole file.
    package init(_ bytes: some Collection<UInt8>) throws(RowFaults) {
        var terminals = CSVEntries(try CSVTable<Column>(bytes)) { record -> TerminalRow? in
            let serial = record.text(.serial, .event)
            let platformID = record.text(.platformID, .event)
            guard let serial, let platformID else { return nil }
            return TerminalRow(line: record.line, serial: serial, platformID: platformID)
        }
        terminals.requireUnique(Column.serial, line: \.line, key: \.serial)
        rows = try terminals.checked()
    }
}

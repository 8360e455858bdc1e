/// One thing wrong with a CSV file, for the person who must put it right.
package struct RowFault: Error, Hashable, Sendable {
    /// The line of the file on which the row begins, from 1, as an editor shows it.
    package var row: Int
    /// The column, by its English name; empty where the whole row or file is meant.
    package var field: String
    /// What is wrong, in English, without a full stop; it holds no identity number and no telephone number.
    package var message: String

    /// Makes a fault for a reader of another file, or for a service that checks rows further.
    package init(row: Int, field: String, message: String) {
        self.row = row
        self.field = field
        self.message = message
    }
}

extension RowFault: CustomStringConvertible {
    /// `line 7, phone: must have 11 digits`.
    package var description: String {
        field.isEmpty ? "line \(row): \(message)" : "line \(row), \(field): \(message)"
    }
}

/// Everything wrong with a CSV file, thrown by its reader: nothing of the file was taken.
package struct RowFaults: Error, Equatable, Sendable {
    /// At least one fault, in the order of the rows.
    package let faults: [RowFault]

    /// Makes the error for a reader, or for a service that checks rows further.
    package init(_ faults: [RowFault]) {
        self.faults = faults.enumerated()
            .sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
            .map(\.element)
    }
}

extension RowFaults: CustomStringConvertible {
    /// One fault a line.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}

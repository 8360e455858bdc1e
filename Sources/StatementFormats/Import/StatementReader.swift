/// Reads a statement piece by piece: nothing of it is kept but its lines.
protocol StatementReader {
    /// Takes the next bytes of the file, unpacked.
    mutating func take(_ bytes: UnsafeRawBufferPointer) throws(RowFaults)
    /// Ends the file and gives what it said; a file that is incomplete, or contradicts itself, is refused.
    mutating func finish() throws(RowFaults) -> ImportedStatement
}

/// The faults of a long file: the first of them say enough.
struct StatementFaults {
    private(set) var faults: [RowFault] = []
    private static let limit = 100

    /// Whether more would not be told.
    var isFull: Bool { faults.count >= Self.limit }

    mutating func add(_ line: Int, _ field: String, _ message: String) {
        if !isFull { faults.append(RowFault(row: line, field: field, message: message)) }
    }

    func check() throws(RowFaults) {
        if !faults.isEmpty { throw RowFaults(faults) }
    }
}

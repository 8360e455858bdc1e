/// One table of the read model in memory: rows by their key, with what they were before the transaction.
struct MemoryTable<Key: Hashable & Sendable, Row: Equatable & Sendable>: Sendable {
    private(set) var rows: [Key: Row] = [:]
    private var undo: [(key: Key, row: Row?)] = []
    private let name: String

    init(_ name: String) { self.name = name }

    subscript(key: Key) -> Row? { rows[key] }

    /// Adds a row.
    /// - Throws: ``StorageError/constraint(_:)`` when there is one with this key.
    mutating func insert(_ key: Key, _ row: Row) throws(StorageError) {
        guard rows[key] == nil else { throw .constraint("\(name): \(key) is there already") }
        put(key, row)
    }

    /// Adds a row or replaces the one with this key.
    mutating func put(_ key: Key, _ row: Row) {
        undo.append((key, rows.updateValue(row, forKey: key)))
    }

    /// Changes the row with this key; nothing happens where there is none.
    mutating func update(
        _ key: Key, _ body: (inout Row) throws(StorageError) -> Void
    ) throws(StorageError) {
        guard var row = rows[key] else { return }
        try body(&row)
        put(key, row)
    }

    /// The table's name, where it has other rows than `right`.
    func difference(from right: MemoryTable) -> String? { rows == right.rows ? nil : name }

    /// Ends a transaction: what was changed stays, or everything is as it was before.
    mutating func end(keeping: Bool) {
        if !keeping { for (key, row) in undo.reversed() { rows[key] = row } }
        undo.removeAll(keepingCapacity: true)
    }
}

extension MemoryTable {
    /// The rows that `matches` lets through, ascending by what `key` names.
    func sorted<Order: Comparable>(
        by key: (Row) -> Order, where matches: (Row) -> Bool = { _ in true }
    ) -> [Row] {
        rows.values.filter(matches).sorted { key($0) < key($1) }
    }
}

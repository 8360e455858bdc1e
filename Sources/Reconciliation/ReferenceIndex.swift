/// Finds lines of one side by kind and reference: open addressing over line numbers, four bytes a slot.
///
/// What it finds does not depend on the order of its slots, and hashing is seeded anew in every process: nobody can
/// choose references that make it slow.
struct ReferenceIndex {
    private var slots: [UInt32]
    private let mask: Int

    init(capacity: Int) {
        var size = 16
        while size < capacity + capacity / 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        mask = size - 1
    }

    /// The first line of that kind and reference: the one that was there, or `line` where there was none.
    mutating func insert(
        _ line: Int, _ rows: UnsafeBufferPointer<Statement.Row>, _ text: UnsafeRawBufferPointer
    ) -> Int {
        let wanted = rows[line]
        var slot = Self.hash(wanted, text) & mask
        while slots[slot] != 0 {
            let found = Int(slots[slot]) - 1
            if Self.same(rows[found], text, wanted, text) { return found }
            slot = (slot + 1) & mask
        }
        slots[slot] = UInt32(line + 1)
        return line
    }

    /// The line of this side that has another side's kind and reference.
    func find(
        _ wanted: Statement.Row, _ theirs: UnsafeRawBufferPointer,
        in rows: UnsafeBufferPointer<Statement.Row>, _ text: UnsafeRawBufferPointer
    ) -> Int? {
        var slot = Self.hash(wanted, theirs) & mask
        while slots[slot] != 0 {
            let found = Int(slots[slot]) - 1
            if Self.same(rows[found], text, wanted, theirs) { return found }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private static func hash(_ row: Statement.Row, _ text: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(row.isRefund)
        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: text[row.range]))
        return hasher.finalize()
    }

    private static func same(
        _ left: Statement.Row, _ leftText: UnsafeRawBufferPointer, _ right: Statement.Row,
        _ rightText: UnsafeRawBufferPointer
    ) -> Bool {
        guard left.length == right.length, left.isRefund == right.isRefund else { return false }
        guard let leftBase = leftText.baseAddress, let rightBase = rightText.baseAddress else {
            return left.length == 0
        }
        let (a, b) = (leftBase + Int(left.start), rightBase + Int(right.start))
        var offset = 0
        let count = Int(left.length)
        while offset + 8 <= count {
            let x = a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard x == b.loadUnaligned(fromByteOffset: offset, as: UInt64.self) else { return false }
            offset += 8
        }
        while offset < count {
            guard
                a.load(fromByteOffset: offset, as: UInt8.self)
                    == b.load(fromByteOffset: offset, as: UInt8.self)
            else { return false }
            offset += 1
        }
        return true
    }
}

extension Statement.Row {
    /// Where its reference lies.
    var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
}

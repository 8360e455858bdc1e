import Foundation

/// An entry bundle as it lies in a file: entries, each after its length in two bytes.
struct AuditBundle {
    /// The entries in order.
    var entries: [Data]

    init(_ bytes: Data) throws {
        entries = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let high = rest.popFirst(), let low = rest.popFirst() else {
                throw ProgramFailure("half a length in an entry bundle")
            }
            let length = Int(high) << 8 | Int(low)
            guard rest.count >= length else { throw ProgramFailure("an entry is cut off") }
            entries.append(Data(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
    }

    /// The bytes of the file.
    var bytes: Data {
        entries.reduce(into: Data()) {
            $0.append(contentsOf: [UInt8($1.count >> 8), UInt8($1.count & 0xff)])
            $0.append($1)
        }
    }

    /// The position in its bundle of the entry that has the byte at an offset of the file; `nil` for a length.
    func entry(at offset: Int) -> Int? {
        var start = 0
        for (index, entry) in entries.enumerated() {
            if offset < start + 2 { return nil }
            start += 2 + entry.count
            if offset < start { return index }
        }
        return nil
    }
}

/// The number that a tile's path gives it, without regard to partial forms: 2 for `tile/entries/002.p/236`.
func tileNumber(_ path: String) -> Int {
    let name = path.split(separator: "/").first { $0.first?.isNumber == true && $0.count > 2 } ?? ""
    return Int(name.prefix(3)) ?? 0
}

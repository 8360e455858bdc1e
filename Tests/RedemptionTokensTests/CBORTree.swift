/// A CBOR item as the tests see it, to be written again with one thing wrong.
///
/// Byte strings that hold CBOR themselves, such as headers and payloads, are taken apart as well.
indirect enum CBORTree {
    /// Major type 0, 1 or 7, with the head's argument.
    case number(major: UInt8, UInt64)
    case string(major: UInt8, [UInt8])
    case embedded(CBORTree)
    case array([CBORTree])
    case map([(key: CBORTree, value: CBORTree)])
    case tag(UInt64, CBORTree)

    /// What can be wrong with an item.
    enum Damage: CaseIterable {
        case widerHead
        case widestHead
        case indefinite
        case tagged
        case anotherType
        case swappedEntries
        case repeatedEntry
        case furtherEntry
        case missingEntry
        case trailingByte
        case null
    }

    /// Reads valid deterministic CBOR that the tests made.
    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        self = CBORTree.read(&rest)
    }

    private static func read(_ rest: inout ArraySlice<UInt8>) -> CBORTree {
        let initial = rest.removeFirst()
        let (major, low) = (initial >> 5, initial & 0x1f)
        var argument = UInt64(low)
        if low >= 24 {
            argument = 0
            for _ in 0..<(1 << Int(low - 24)) { argument = argument << 8 | UInt64(rest.removeFirst()) }
        }
        switch major {
        case 2, 3:
            let content = Array(rest.prefix(Int(argument)))
            rest = rest.dropFirst(Int(argument))
            return holdsCBOR(content) ? .embedded(CBORTree(content)) : .string(major: major, content)
        case 4: return .array((0..<argument).map { _ in read(&rest) })
        case 5: return .map((0..<argument).map { _ in (key: read(&rest), value: read(&rest)) })
        case 6: return .tag(argument, read(&rest))
        default: return .number(major: major, argument)
        }
    }

    /// Headers and payloads are maps and messages are tagged, and no other string begins so and is as long.
    private static func holdsCBOR(_ content: [UInt8]) -> Bool {
        guard let first = content.first, content.count > 10, content.count != 64, content.count != 32 else {
            return false
        }
        return first == 0xd2 || (0xa2...0xa9).contains(first)
    }

    /// The bytes with one damage at the item that is reached when `place` has been counted down; `nil` where
    /// that kind of item cannot have the damage, and `place` stays positive where there are fewer items.
    func damaged(_ damage: Damage, at place: Int) -> (bytes: [UInt8]?, itemsLeft: Int) {
        var writer = Writer(damage: damage, remaining: place)
        writer.write(self)
        return (writer.isDone ? writer.bytes : nil, writer.remaining)
    }

    /// The bytes as they were.
    var bytes: [UInt8] { Writer.undamaged(self) }

    private struct Writer {
        let damage: Damage
        var remaining: Int
        var isDone = false
        var bytes: [UInt8] = []

        mutating func write(_ tree: CBORTree) {
            let isHere = remaining == 0
            remaining -= 1
            guard isHere else {
                plain(tree)
                return
            }
            isDone = true
            switch damage {
            case .widerHead, .widestHead: wide(tree)
            case .indefinite: indefinite(tree)
            case .tagged:
                bytes += [0xd8, 0x2a]
                plain(tree)
            case .anotherType: bytes.append(0x60)
            case .null: bytes.append(0xf6)
            case .trailingByte:
                guard case .embedded(let content) = tree else {
                    isDone = false
                    return plain(tree)
                }
                let inner = all(content) + [0]
                head(2, UInt64(inner.count))
                bytes += inner
            default: entries(tree)
            }
        }

        private mutating func entries(_ tree: CBORTree) {
            guard case .map(var entries) = tree, entries.count > (damage == .swappedEntries ? 1 : 0) else {
                isDone = false
                return plain(tree)
            }
            switch damage {
            case .swappedEntries: entries.swapAt(0, 1)
            case .repeatedEntry: entries.insert(entries[0], at: 0)
            case .furtherEntry:
                entries.append((key: .number(major: 1, 0xffff_ffff), value: .number(major: 0, 0)))
            default: entries.removeLast()
            }
            plain(.map(entries))
        }

        private mutating func plain(_ tree: CBORTree) {
            switch tree {
            case .number(let major, let argument): head(major, argument)
            case .string(let major, let content):
                head(major, UInt64(content.count))
                bytes += content
            case .embedded(let content):
                // The length is known only after the content has been written.
                var inner = self
                inner.bytes = []
                inner.write(content)
                (isDone, remaining) = (inner.isDone, inner.remaining)
                head(2, UInt64(inner.bytes.count))
                bytes += inner.bytes
            case .array(let items):
                head(4, UInt64(items.count))
                for item in items { write(item) }
            case .map(let entries):
                head(5, UInt64(entries.count))
                for entry in entries {
                    write(entry.key)
                    write(entry.value)
                }
            case .tag(let number, let item):
                head(6, number)
                write(item)
            }
        }

        /// The item with a head that is longer than it need be.
        private mutating func wide(_ tree: CBORTree) {
            let content = all(tree)
            let (major, low) = (content[0] >> 5, content[0] & 0x1f)
            let length = low < 24 ? 0 : 1 << Int(low - 24)
            guard length < 8, major != 7 else {
                isDone = false
                return plain(tree)
            }
            let argument = low < 24 ? [low] : Array(content[1...length])
            let width = damage == .widestHead ? 8 : max(1, length * 2)
            bytes.append(major << 5 | [1: 24, 2: 25, 4: 26, 8: 27][width, default: 27])
            bytes += [UInt8](repeating: 0, count: width - argument.count) + argument
            bytes += content[(1 + length)...]
        }

        /// The item with an indefinite length.
        private mutating func indefinite(_ tree: CBORTree) {
            let content = all(tree)
            let (major, low) = (content[0] >> 5, content[0] & 0x1f)
            guard (2...5).contains(major) else {
                isDone = false
                return plain(tree)
            }
            bytes.append(major << 5 | 31)
            bytes += major <= 3 ? content : Array(content[(low < 24 ? 1 : 1 + 1 << Int(low - 24))...])
            bytes.append(0xff)
        }

        private func all(_ tree: CBORTree) -> [UInt8] { tree.bytes }

        private mutating func head(_ major: UInt8, _ argument: UInt64) {
            switch argument {
            case 0..<24: bytes.append(major << 5 | UInt8(argument))
            case 24..<0x100: bytes += [major << 5 | 24, UInt8(argument)]
            case 0x100..<0x1_0000: append(25, major, argument, 2)
            case 0x1_0000..<0x1_0000_0000: append(26, major, argument, 4)
            default: append(27, major, argument, 8)
            }
        }

        private mutating func append(_ low: UInt8, _ major: UInt8, _ argument: UInt64, _ width: Int) {
            bytes.append(major << 5 | low)
            for place in (0..<width).reversed() {
                bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(place * 8)))
            }
        }

        static func undamaged(_ tree: CBORTree) -> [UInt8] {
            var writer = Writer(damage: .null, remaining: -1)
            writer.write(tree)
            return writer.bytes
        }
    }
}

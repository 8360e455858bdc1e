import CBOR

/// The strict decoder, by items of any shape and by the types that events are made of.
enum CBORFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        let items: [Item] = [
            .integer(.min), .unsigned(.max), .bytes([1, 2]), .text("券"), .bool(true),
            .array([.integer(-1), .array([]), .text("")]),
            .map([(.integer(0), .bool(false)), (.integer(24), .map([(.integer(256), .text("a"))]))]),
        ]
        return items.map(\.cborBytes) + [Sample.with { $0.sums = [1, -1] }.cborBytes]
            + (try Fixtures.events())
    }

    static func check(_ input: [UInt8]) {
        check(Item.self, input)
        check(Sample.self, input)
        check(Int64.self, input)
        check(UInt16.self, input)
        check([[String]].self, input)
        var decoder = CBORDecoder(input)
        if let key = decoder.peekKey() {
            expect((try? decoder.readUnsigned()) == key || input[0] == 24, "a key is read as it was seen")
        }
    }

    private static func check<Value: CBORCodable>(_ type: Value.Type, _ input: [UInt8]) {
        guard let value = try? Value(cborBytes: input) else { return }
        expect(value.cborBytes == input, "\(type) is written as it was read")
    }
}

/// Any item that the decoder knows.
private indirect enum Item: CBORCodable {
    case integer(Int64)
    case unsigned(UInt64)
    case bytes([UInt8])
    case text(String)
    case bool(Bool)
    case array([Item])
    case map([(key: Item, value: Item)])

    func encode(to encoder: inout CBOREncoder) {
        switch self {
        case .integer(let value): encoder.write(integer: value)
        case .unsigned(let value): encoder.write(unsigned: value)
        case .bytes(let value): encoder.write(bytes: value)
        case .text(let value): encoder.write(text: value)
        case .bool(let value): encoder.write(bool: value)
        case .array(let items): items.encode(to: &encoder)
        case .map(let entries):
            encoder.beginMap(count: entries.count)
            for (key, value) in entries {
                key.encode(to: &encoder)
                value.encode(to: &encoder)
            }
        }
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        var next = decoder
        // A reader that refuses leaves its own copy behind; all refuse at once but the one of the item's type.
        if let value = try? next.readInteger() {
            self = .integer(value)
        } else if case () = next = decoder, let value = try? next.readUnsigned() {
            self = .unsigned(value)
        } else if case () = next = decoder, let value = try? next.readBytes() {
            self = .bytes(value)
        } else if case () = next = decoder, let value = try? next.readText() {
            self = .text(value)
        } else if case () = next = decoder, let value = try? next.readBool() {
            self = .bool(value)
        } else if case () = next = decoder, let count = try? next.enterMap() {
            var entries: [(key: Item, value: Item)] = []
            for _ in 0..<count { entries.append((try Item(from: &next), try Item(from: &next))) }
            next.leave()
            self = .map(entries)
        } else {
            next = decoder
            self = .array(try [Item](from: &next))
        }
        decoder = next
    }
}

/// A map of fields as operations have it: some always there, some left out, some of other types.
private struct Sample: CBORFields {
    var count: UInt32 = 0
    var name: String?
    var sums: [Int64] = []
    var isOpen = false
    var inner: Inner?

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &count)
        try coder.field(1, &name)
        try coder.field(16, &sums)
        try coder.field(24, &isOpen)
        try coder.field(255, &inner)
    }

    struct Inner: CBORFields {
        var days: Int32?

        mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(3, &days)
        }
    }
}

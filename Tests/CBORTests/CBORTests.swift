import CBOR
import Testing

@Suite("Deterministic CBOR (RFC 8949 §4.2)")
struct CBORTests {
    private static let published = Result { try AppendixA() }

    @Test("integers are written and read as the RFC's examples, and at the ends of what fits")
    func integers() throws {
        let ends = [(Int64.max, "1b7fffffffffffffff"), (.min, "3b7fffffffffffffff")]
        for (value, hex) in try Self.published.get().integers.map({ ($0.value, $0.hex) }) + ends {
            #expect(value.cborBytes == bytes(hex))
            #expect(try Int64(cborBytes: bytes(hex)) == value)
        }
    }

    @Test("texts, byte strings and arrays are written and read as the RFC's examples")
    func others() throws {
        let published = try Self.published.get()
        #expect(published.texts.count == 7)
        for example in published.texts {
            #expect(example.value.cborBytes == bytes(example.hex))
            #expect(try String(cborBytes: bytes(example.hex)) == example.value)
        }
        for example in published.bytes {
            var encoder = CBOREncoder()
            encoder.write(bytes: bytes(example.value))
            #expect(encoder.bytes == bytes(example.hex))
        }
        for example in published.arrays {
            #expect(example.value.cborBytes == bytes(example.hex))
            #expect(try [Int64](cborBytes: bytes(example.hex)) == example.value)
        }
    }

    @Test("what the RFC has and our events never do is refused: floats, null, tags, indefinite lengths")
    func refused() throws {
        for hex in try Self.published.get().refused {
            #expect(throws: CBORError.self, "\(hex)") { try Int64(cborBytes: bytes(hex)) }
            #expect(throws: CBORError.self, "\(hex)") { try [Int64](cborBytes: bytes(hex)) }
            #expect(throws: CBORError.self, "\(hex)") { try String(cborBytes: bytes(hex)) }
        }
    }

    @Test(
        "anything but the shortest, definite, known form is refused",
        arguments: [
            ([0x18, 0x17], .notShortest(offset: 0)), ([0x19, 0x00, 0xff], .notShortest(offset: 0)),
            ([0x1a, 0x00, 0x00, 0xff, 0xff], .notShortest(offset: 0)),
            ([0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], .notShortest(offset: 0)),
            ([0x1c], .unsupported(offset: 0)), ([0x1f], .unsupported(offset: 0)), ([], .truncated(offset: 0)),
            ([0x19, 0x01], .truncated(offset: 0)), ([0xf9, 0, 0], .unsupported(offset: 0)),
            ([0xc0, 0x00], .unsupported(offset: 0)), ([0x40], .typeMismatch(offset: 0)),
            ([0x01, 0x02], .trailingBytes(offset: 1)),
            ([0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], .outOfRange(offset: 0)),
        ] as [([UInt8], CBORError)])
    func strictness(_ bytes: [UInt8], _ error: CBORError) {
        #expect(throws: error) { try Int64(cborBytes: bytes) }
    }

    @Test("a length that the bytes cannot hold is refused before anything is set aside for it")
    func lengths() {
        #expect(throws: CBORError.truncated(offset: 0)) {
            try [Int64](cborBytes: [0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
        }
        #expect(throws: CBORError.self) { try String(cborBytes: [0x7a, 0x7f, 0xff, 0xff, 0xff, 0x61]) }
    }

    @Test("text that is not UTF-8 is refused")
    func utf8() {
        #expect(throws: CBORError.invalidUTF8(offset: 0)) { try String(cborBytes: [0x62, 0xc3, 0x28]) }
    }

    @Test("arrays nested deeper than the limit are refused")
    func depth() {
        var decoder = CBORDecoder([UInt8](repeating: 0x81, count: 40) + [0x00])
        #expect(throws: CBORError.tooDeep(offset: CBORDecoder.maximumDepth)) {
            for _ in 0..<40 { _ = try decoder.enterArray() }
        }
    }

    @Test("fields come back as they went; unknown, missing and misplaced keys are refused")
    func fields() throws {
        let point = Point.with {
            $0.x = 7
            $0.label = "a"
        }
        #expect(point.cborBytes == [0xa2, 0x00, 0x07, 0x18, 0x20, 0x61, 0x61])
        #expect(try Point(cborBytes: point.cborBytes) == point)
        #expect(try Point(cborBytes: [0xa1, 0x00, 0x07]).label == nil)
        for bytes: [UInt8] in [
            [0xa0], [0xa1, 0x01, 0x07], [0xa2, 0x18, 0x20, 0x61, 0x61, 0x00, 0x07],
            [0xa2, 0x00, 0x07, 0x18, 0x21, 0x61, 0x61], [0xa2, 0x00, 0x07, 0x00, 0x07],
        ] {
            #expect(throws: CBORError.self) { try Point(cborBytes: bytes) }
        }
    }

    @Test("a map of twenty-four fields has a longer head and reads back")
    func manyFields() throws {
        let wide = Wide.with { $0.values = Array(0..<24) }
        #expect(wide.cborBytes.prefix(2) == [0xb8, 24])
        #expect(try Wide(cborBytes: wide.cborBytes) == wide)
    }

    @Test(
        "random bytes either are refused or encode back to themselves", arguments: 0..<2000 as Range<UInt64>)
    func fuzz(_ seed: UInt64) {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        let bytes = (0..<Int(seed % 23) + 1).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        if let number = try? Int64(cborBytes: bytes) { #expect(number.cborBytes == bytes) }
        if let text = try? String(cborBytes: bytes) { #expect(text.cborBytes == bytes) }
        if let list = try? [UInt32](cborBytes: bytes) { #expect(list.cborBytes == bytes) }
        if let point = try? Point(cborBytes: bytes) { #expect(point.cborBytes == bytes) }
    }
}

private struct Point: CBORFields, Equatable {
    var x: Int64 = 0
    var label: String?

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &x)
        try coder.field(32, &label)
    }
}

private struct Wide: CBORFields, Equatable {
    var values = [Int64](repeating: 0, count: 24)

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        for index in values.indices { try coder.field(UInt64(index), &values[index]) }
    }
}

import CBOR
import Testing

@Suite("Deterministic CBOR (RFC 8949 §4.2)")
struct CBORTests {
    /// RFC 8949 appendix A, the integers.
    static let integerExamples: [(Int64, [UInt8])] = [
        (0, [0x00]), (1, [0x01]), (10, [0x0a]), (23, [0x17]), (24, [0x18, 0x18]), (25, [0x18, 0x19]),
        (100, [0x18, 0x64]), (1000, [0x19, 0x03, 0xe8]), (1_000_000, [0x1a, 0x00, 0x0f, 0x42, 0x40]),
        (1_000_000_000_000, [0x1b, 0x00, 0x00, 0x00, 0xe8, 0xd4, 0xa5, 0x10, 0x00]), (-1, [0x20]),
        (-10, [0x29]), (-100, [0x38, 0x63]), (-1000, [0x39, 0x03, 0xe7]),
        (.max, [0x1b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        (.min, [0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ]

    @Test("integers are written and read as the RFC's examples", arguments: integerExamples)
    func integers(_ value: Int64, _ bytes: [UInt8]) throws {
        #expect(value.cborBytes == bytes)
        #expect(try Int64(cborBytes: bytes) == value)
    }

    @Test(
        "texts are written and read as the RFC's examples",
        arguments: [
            ("", [0x60]), ("a", [0x61, 0x61]), ("IETF", [0x64, 0x49, 0x45, 0x54, 0x46]),
            ("ü", [0x62, 0xc3, 0xbc]), ("水", [0x63, 0xe6, 0xb0, 0xb4]),
        ] as [(String, [UInt8])])
    func texts(_ value: String, _ bytes: [UInt8]) throws {
        #expect(value.cborBytes == bytes)
        #expect(try String(cborBytes: bytes) == value)
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

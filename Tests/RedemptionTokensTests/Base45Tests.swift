import RedemptionTokens
import Testing

@Suite("Base45 (RFC 9285)")
struct Base45Tests {
    private struct Published: Decodable {
        struct Example: Decodable {
            var plain: String
            var text: String
        }
        var examples: [Example]
    }

    @Test("the examples of the RFC are written and read as it says, and so is nothing")
    func examples() throws {
        let published = try RFCExamples.read(Published.self, from: "rfc9285-section-4").examples
        #expect(published.count == 4)
        for (plain, text) in published.map({ ($0.plain, $0.text) }) + [("", "")] {
            #expect(Base45.encode(Array(plain.utf8)) == text)
            #expect(try Base45.decode(Array(text.utf8)) == Array(plain.utf8))
        }
    }

    @Test(
        "what is no base45 is refused with the reason",
        arguments: [
            ("GGW", .overflow(offset: 0)), (":::", .overflow(offset: 0)), ("BB8GGW", .overflow(offset: 3)),
            ("::", .overflow(offset: 0)), ("V5", .overflow(offset: 0)), ("U5", nil),
            ("W5", .overflow(offset: 0)),
            ("BB8W5", .overflow(offset: 3)), ("FGW", nil),
            ("B", .length(1)), ("BB8B", .length(4)), ("bb8", .character(offset: 0)),
            ("BBa", .character(offset: 2)), ("BB8=A", .character(offset: 3)), ("BB\n", .character(offset: 2)),
            ("é!", .character(offset: 0)), ("BB_", .character(offset: 2)),
        ] as [(String, Base45Error?)])
    func refused(_ text: String, _ error: Base45Error?) throws {
        if let error {
            #expect(throws: error) { try Base45.decode(Array(text.utf8)) }
        } else {
            #expect(Base45.encode(try Base45.decode(Array(text.utf8))) == text)
        }
    }

    @Test("every group of one or two bytes comes back, and every text that is accepted is written the same")
    func exhaustive() throws {
        for value in 0...0xff {
            let text = Base45.encode([UInt8(value)])
            #expect(try Base45.decode(Array(text.utf8)) == [UInt8(value)])
        }
        var wrong = 0
        for value in 0...0xffff {
            let bytes = [UInt8(value >> 8), UInt8(value & 0xff)]
            let text = Base45.encode(bytes)
            if try Base45.decode(Array(text.utf8)) != bytes || text.hasSuffix(" ") { wrong += 1 }
        }
        #expect(wrong == 0)
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)
        var accepted = 0
        for first in alphabet {
            for second in alphabet {
                let text = [first, second]
                guard let bytes = try? Base45.decode(text) else { continue }
                accepted += 1
                if Array(Base45.encode(bytes).utf8) != text { wrong += 1 }
            }
        }
        #expect(accepted == 256)
        #expect(wrong == 0)
    }
}

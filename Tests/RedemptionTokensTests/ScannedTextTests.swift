import CBOR
import RedemptionTokens
import Testing

@Suite("What scanners deliver")
struct ScannedTextTests {
    private let token: SignedClaims<OnlineToken>

    init() throws {
        let ledger = try SampleLedger()
        token = SignedClaims(signing: ledger.online(), by: ledger.issuer)
    }

    @Test("blanks and line breaks around a text do not count", arguments: ["", "\n", "\r\n", "\t", "  "])
    func blanks(_ blank: String) throws {
        #expect(try ScannedText(token.text + blank) == .online(token))
        #expect(try ScannedText(blank + token.text + blank) == .online(token))
    }

    @Test("no base45 text ends in a blank that would be cut off")
    func ends() throws {
        let ledger = try SampleLedger()
        for id in 0..<200 as Range<UInt64> {
            let token = SignedClaims(signing: ledger.online(id: id), by: ledger.issuer)
            #expect(try ScannedText(token.text) == .online(token))
        }
    }

    @Test(
        "what is not ours is refused with the reason",
        arguments: [
            ("", .empty), (" \r\n", .empty), ("https://example.com/a", .foreign), ("你好", .foreign),
            ("wxp://f2f0abc", .foreign), ("WH", .foreign), ("WH1", .foreign), ("WHISKY", .foreign),
            ("HC1:NCF", .foreign), ("6901234567892", .typed(.length(13))),
            ("134567890123456789", .typed(.length(18))),
            ("WH4:ABC", .unknownKind), ("WH0:", .unknownKind), ("WHx:", .unknownKind),
            ("wh1:BB8", .smallLetters), ("Wh3:370782", .smallLetters),
            ("WH1:", .online(.message(.untagged))), ("WH1:BB8", .online(.message(.untagged))),
            ("WH1:B", .base45(.length(1))), ("WH1:bb8", .base45(.character(offset: 0))),
            ("WH1:::::::", .base45(.overflow(offset: 0))), ("WH2:", .offline(.array(.truncated(offset: 0)))),
            ("WH3:", .paper(.length(0))), ("WH3:" + String(repeating: "A", count: 34), .paper(.notDigits)),
        ] as [(String, ScannedTextError)])
    func refused(_ text: String, _ error: ScannedTextError) {
        #expect(throws: error) { try ScannedText(text) }
        #expect(!"\(error)".isEmpty)
    }

    @Test("a text of 640 bytes is looked at and a longer one is not")
    func length() {
        let limit = ScannedText.maximumLength
        #expect(throws: ScannedTextError.foreign) { try ScannedText(String(repeating: "x", count: limit)) }
        #expect(throws: ScannedTextError.tooLong) {
            try ScannedText(String(repeating: "x", count: limit + 1))
        }
    }

    @Test("one kind's text under another kind's prefix is refused")
    func prefixes() throws {
        let shown = try SampleLedger().shown()
        #expect(throws: ScannedTextError.self) { try ScannedText("WH2:" + token.text.dropFirst(4)) }
        #expect(throws: ScannedTextError.self) { try ScannedText("WH1:" + shown.text.dropFirst(4)) }
        #expect(throws: ScannedTextError.self) { try ScannedText("WH3:" + token.text.dropFirst(4)) }
    }

    @Test("a changed character is another token or none: no two texts are the same token")
    func changedText() throws {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:abz\n".utf8)
        let original = Array(token.text.utf8)
        var same = 0
        for place in original.indices.dropFirst(4) {
            for character in alphabet where character != original[place] {
                var changed = original
                changed[place] = character
                let text = String(decoding: changed, as: UTF8.self)
                if (try? ScannedText(text)) == .online(token) { same += 1 }
            }
        }
        #expect(same == 0)
    }
}

import QRCodes
import Testing

@Suite("QR codes (ISO/IEC 18004)")
struct QRCodeTests {
    private static let alphanumeric = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

    @Test(
        "a text takes the version that the standard's table 7 gives its mode, level and length",
        arguments: [
            (178, QRCode.Level.medium, 7), (179, .medium, 8), (221, .medium, 8), (222, .medium, 9),
            (20, .medium, 1),
            (21, .medium, 2), (3391, .medium, 40), (224, .low, 7), (125, .quartile, 7), (93, .high, 7),
        ])
    func versions(_ length: Int, _ level: QRCode.Level, _ version: Int) throws {
        let text = String((0..<length).map { Self.alphanumeric[$0 * 7 % 45] })
        #expect(try QRCode(text: text, level: level).version == version)
    }

    @Test("178 alphanumeric characters are version 7 at level medium whatever they are")
    func anyCharacters() throws {
        for _ in 0..<200 {
            let text = String((0..<178).compactMap { _ in Self.alphanumeric.randomElement() })
            #expect(try QRCode(text: text).version == 7, "\(text)")
        }
        #expect(try QRCode(text: String(repeating: ":", count: 178)).version == 7)
    }

    @Test("digits alone are denser, and a small letter or a Chinese one makes bytes of all of them")
    func modes() throws {
        #expect(try QRCode(text: String(repeating: "1", count: 293)).version == 7)
        #expect(try QRCode(text: String(repeating: "1", count: 294)).version == 8)
        #expect(try QRCode(text: "a" + String(repeating: "1", count: 121)).version == 7)
        #expect(try QRCode(text: "a" + String(repeating: "1", count: 122)).version == 8)
        #expect(try QRCode(text: String(repeating: "券", count: 40) + "12").version == 7)
        #expect(try QRCode(text: String(repeating: "券", count: 40) + "123").version == 8)
        #expect(try QRCode(text: "A\u{0}B") != QRCode(text: "A"))
    }

    @Test("a text longer than version 40 holds is refused, and so is none")
    func limits() throws {
        for (level, length) in [(QRCode.Level.low, 4296), (.medium, 3391), (.quartile, 2420), (.high, 1852)] {
            #expect(try QRCode(text: String(repeating: "A", count: length), level: level).side == 177)
            #expect(throws: QRCodeError.textTooLong(byteCount: length + 1)) {
                try QRCode(text: String(repeating: "A", count: length + 1), level: level)
            }
        }
        #expect(try QRCode(text: String(repeating: "7", count: 7089), level: .low).version == 40)
        for length in [7090, 10_000_000] {
            #expect(throws: QRCodeError.textTooLong(byteCount: length)) {
                try QRCode(text: String(repeating: "7", count: length), level: .low)
            }
        }
        #expect(throws: QRCodeError.emptyText) { try QRCode(text: "") }
    }

    @Test("the three finder patterns are where they belong, and around the code all is light")
    func modules() throws {
        let code = try QRCode(text: "WENHUI")
        #expect(code.side == 4 * code.version + 17)
        for (left, top) in [(0, 0), (code.side - 7, 0), (0, code.side - 7)] {
            for row in 0..<7 {
                for column in 0..<7 {
                    let ring = max(abs(column - 3), abs(row - 3))
                    #expect(code[left + column, top + row] == (ring != 2))
                }
            }
        }
        #expect(!code[-1, 0] && !code[0, -1] && !code[code.side, 0] && !code[0, code.side])
        #expect(!code[-4, -4] && !code[1000, 1000])
    }

    @Test("threads make the same code at once")
    func threads() async throws {
        let expected = try QRCode(text: "WENHUI 370782")
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<50).allSatisfy { _ in (try? QRCode(text: "WENHUI 370782")) == expected }
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}

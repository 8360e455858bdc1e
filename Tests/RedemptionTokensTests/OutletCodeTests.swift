import RedemptionTokens
import Testing

@Suite("Outlet codes")
struct OutletCodeTests {
    @Test("the text has 22 characters and comes back; nothing else does")
    func text() throws {
        let code = try #require(OutletCode(ledger: 370_782, outlet: 12))
        #expect(code.text.hasPrefix("WH4:3707820000000012"))
        #expect(code.text.utf8.count == 22)
        #expect(OutletCode(code.text) == code)
        for place in code.text.indices.dropFirst(4) {
            for digit in "0123456789" where digit != code.text[place] {
                var other = code.text
                other.replaceSubrange(place...place, with: [digit])
                #expect(OutletCode(other) == nil, "\(other)")
            }
        }
        let odd = [
            "", "WH4:", "wh4:" + code.text.dropFirst(4), code.text + "0", "WH3:" + code.text.dropFirst(4),
        ]
        for text in odd { #expect(OutletCode(text) == nil, "\(text)") }
        #expect(OutletCode(ledger: 370_782, outlet: 0) == nil)
        #expect(OutletCode(ledger: 99_999, outlet: 1) == nil)
        let last = try #require(OutletCode(ledger: 999_999, outlet: .max))
        #expect(OutletCode(last.text) == last)
        #expect(throws: ScannedTextError.self) { try ScannedText(code.text) }
    }
}

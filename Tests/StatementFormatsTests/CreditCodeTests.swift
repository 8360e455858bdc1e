import StatementFormats
import Testing

@Suite("Credit codes, GB 32100-2015")
struct CreditCodeTests {
    /// 清华大学 and 北京大学; their ninth to seventeenth characters also satisfy GB 11714.
    private static let universities = ["12100000400000624D", "12100000400002259P"]

    @Test("Codes of public institutions are valid", arguments: universities)
    func institutions(text: String) throws {
        #expect(try CreditCode(text, practice: false).text == text)
        #expect(try CreditCode(text.lowercased(), practice: false).text == text)
        #expect(CreditCode.checkCharacter(of: String(text.prefix(17))) == text.last)
    }

    @Test("Every change of one character is found", arguments: universities + ["91999900YN000001X0"])
    func corruption(text: String) {
        for place in text.indices {
            for other in "0123456789ABCDEFGHJKLMNPQRTUWXY" where other != text[place] {
                let corrupt =
                    String(text[..<place]) + String(other) + String(text[text.index(after: place)...])
                #expect(throws: CreditCode.Problem.self) { try CreditCode(corrupt, practice: true) }
            }
        }
    }

    @Test(
        "Each problem has its own reason",
        arguments: [
            ("", CreditCode.Problem.length), ("12100000400000624", .length), ("12100000400000624DD", .length),
            ("12100000400000624I", .character), ("12100000400O00624D", .character),
            ("12100000400000624-", .character), ("129A0000400000624D", .division),
            ("12990000400000624D", .division), ("12999901400000624D", .division),
            ("12100000400000624E", .checkCharacter),
        ])
    func problems(text: String, problem: CreditCode.Problem) {
        #expect(throws: problem) { try CreditCode(text, practice: true) }
    }

    @Test("Demonstration merchants exist in practice ledgers only")
    func practice() throws {
        #expect(try CreditCode("91999900YN000001X0", practice: true).isPractice)
        #expect(throws: CreditCode.Problem.practiceOnly) {
            try CreditCode("91999900YN000001X0", practice: false)
        }
    }

    @Test("Only seventeen characters of the alphabet have a check character")
    func noCheckCharacter() {
        #expect(CreditCode.checkCharacter(of: "1210000040000062") == nil)
        #expect(CreditCode.checkCharacter(of: "1210000040000062O") == nil)
        #expect(CreditCode.checkCharacter(of: "91999900YN000001X") == "0")
    }
}

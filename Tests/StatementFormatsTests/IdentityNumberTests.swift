import LedgerDomain
import StatementFormats
import Testing

@Suite("Identity numbers, GB 11643-1999")
struct IdentityNumberTests {
    @Test(
        "The standard's examples are valid",
        arguments: ["11010519491231002X", "440524188001010014", "11010519491231002x"])
    func examples(text: String) throws {
        let number = try IdentityNumber(text, practice: false)
        #expect(number.text == text.uppercased())
        #expect(!number.isPractice)
        let last = IdentityNumber.checkCharacter(of: String(number.text.prefix(17)))
        #expect(last == number.text.last)
    }

    @Test("The date of birth is read")
    func birthDate() throws {
        let number = try IdentityNumber("11010519491231002X", practice: false)
        #expect(number.birthDate == BusinessDay(year: 1949, month: 12, day: 31))
    }

    @Test(
        "Every change of one character is found",
        arguments: ["11010519491231002X", "440524188001010014", "999900194901010017"])
    func corruption(text: String) {
        for place in text.indices {
            for other in "0123456789X" where other != text[place] {
                let corrupt = text.replacingCharacters(at: place, by: other)
                #expect(throws: IdentityNumber.Problem.self) { try IdentityNumber(corrupt, practice: true) }
            }
        }
    }

    @Test(
        "Every swap of two different neighbours is found",
        arguments: ["11010519491231002X", "440524188001010014"])
    func swaps(text: String) {
        for (left, right) in zip(text.indices, text.indices.dropFirst()) where text[left] != text[right] {
            let corrupt = text.replacingCharacters(at: left, by: text[right])
                .replacingCharacters(at: right, by: text[left])
            #expect(throws: IdentityNumber.Problem.self) { try IdentityNumber(corrupt, practice: true) }
        }
    }

    @Test(
        "Each problem has its own reason",
        arguments: [
            ("", IdentityNumber.Problem.length),
            ("1101051949123100", .length),
            ("11010519491231002X0", .length),
            ("1101051949123100AX", .character),
            ("X1010519491231002X", .character),
            ("11010519491231002Y", .character),
            ("11010519491231００2", .length),
            ("160105194912310020", .division),
            ("999901194912310020", .division),
            ("110105194902300020", .birthDate),
            ("110105194913010020", .birthDate),
            ("110105179912310020", .birthDate),
            ("110105190002290020", .birthDate),
            ("110105194912310021", .checkCharacter),
        ])
    func problems(text: String, problem: IdentityNumber.Problem) {
        #expect(throws: problem) { try IdentityNumber(text, practice: true) }
    }

    @Test("Demonstration people exist in practice ledgers only")
    func practice() throws {
        let number = try IdentityNumber("999900194901010017", practice: true)
        #expect(number.isPractice)
        #expect(throws: IdentityNumber.Problem.practiceOnly) {
            try IdentityNumber("999900194901010017", practice: false)
        }
        _ = try IdentityNumber("11010519491231002X", practice: true)
    }

    @Test(
        "Residents from 香港, 澳门 and 台湾 have divisions of their own", arguments: ["810000", "820000", "830000"])
    func residencePermits(division: String) throws {
        let first = division + "19900101001"
        let last = try #require(IdentityNumber.checkCharacter(of: first))
        _ = try IdentityNumber("\(first)\(last)", practice: false)
    }

    @Test(
        "Only seventeen digits have a check character",
        arguments: ["", "1101051949123100", "1101051949123100X"])
    func noCheckCharacter(text: String) {
        #expect(IdentityNumber.checkCharacter(of: text) == nil)
    }

    @Test("Printing one shows the division and nothing of the person")
    func printing() throws {
        let number = try IdentityNumber("11010519491231002X", practice: false)
        #expect("\(number)" == "110105************")
        let row = ResidentRowHolder(number: number)
        #expect(!String(reflecting: row).contains("1231002"))
    }

    private struct ResidentRowHolder { let number: IdentityNumber }
}

extension String {
    fileprivate func replacingCharacters(at place: Index, by other: Character) -> String {
        String(self[..<place]) + String(other) + String(self[index(after: place)...])
    }
}

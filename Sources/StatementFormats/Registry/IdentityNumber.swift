package import LedgerDomain

/// A resident's identity number (GB 11643-1999), for registries and claims; it cannot be mistyped by one digit.
///
/// Printing it shows no more than the division: logs and test failures hold no personal data.
package struct IdentityNumber: Hashable, Sendable {
    /// The eighteen characters, with an upper-case X.
    package let text: String
    /// The date of birth that the number carries.
    package let birthDate: BusinessDay

    /// Why a text is no identity number, without the text itself.
    package enum Problem: Error, CaseIterable, Hashable, Sendable {
        /// Not eighteen characters.
        case length
        /// Something other than digits, or than a digit or X at the end.
        case character
        /// The first six digits are no division of GB/T 2260.
        case division
        /// Demonstration people (999900) exist in practice ledgers only.
        case practiceOnly
        /// Digits 7 to 14 are no date between 1800 and 2099.
        case birthDate
        /// The last character does not fit the others: a digit was mistyped.
        case checkCharacter
    }

    /// Reads a number as a person entered it; 999900 is taken only for a `practice` ledger.
    package init(_ text: String, practice: Bool) throws(Problem) {
        let number = text.uppercased()
        let characters = Array(number.utf8)
        guard characters.count == 18 else { throw .length }
        let digits = characters.prefix(17).map { Int($0) - 0x30 }
        guard digits.allSatisfy({ (0...9).contains($0) }), let last = number.last,
            last == "X" || last.isASCII && last.isNumber
        else { throw .character }
        guard let division = Division(digits: characters.prefix(6)) else { throw .division }
        guard practice || !division.isPractice else { throw .practiceOnly }
        func decimal(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        let year = decimal(6..<10)
        guard (1800...2099).contains(year),
            let birthDate = BusinessDay(year: year, month: decimal(10..<12), day: decimal(12..<14))
        else { throw .birthDate }
        guard IdentityNumber.checkCharacter(of: String(number.prefix(17))) == last else {
            throw .checkCharacter
        }
        self.text = number
        self.birthDate = birthDate
    }

    /// Whether it belongs to a demonstration person (division 999900).
    package var isPractice: Bool { text.hasPrefix("999900") }

    /// The eighteenth character for the first seventeen digits, for who makes numbers (ISO 7064 MOD 11-2).
    ///
    /// `nil` where `first17` is anything but seventeen digits.
    package static func checkCharacter(of first17: String) -> Character? {
        let digits = first17.utf8.map { Int($0) - 0x30 }
        guard digits.count == 17, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return checkCharacters[sum % 11]
    }

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters: [Character] = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"]
}

extension IdentityNumber: CustomStringConvertible {
    /// The division, and stars for the person.
    package var description: String { "\(text.prefix(6))************" }
}

extension IdentityNumber.Problem {
    /// What an officer reads next to the row.
    package var message: String {
        switch self {
        case .length: "must have 18 characters"
        case .character: "must be digits, with a digit or X at the end"
        case .division: "does not begin with a division code of GB/T 2260"
        case .practiceOnly: "is of a demonstration person (999900), for practice ledgers (演练) only"
        case .birthDate: "has no valid date of birth in digits 7 to 14"
        case .checkCharacter: "has a wrong check character: a digit was mistyped"
        }
    }
}

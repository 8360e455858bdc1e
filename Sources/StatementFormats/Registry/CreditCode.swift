/// A legal person's 统一社会信用代码 (GB 32100-2015), for registries and statements.
package struct CreditCode: Hashable, Sendable {
    /// The eighteen characters, in upper case.
    package let text: String

    /// Why a text is no credit code.
    package enum Problem: Error, CaseIterable, Hashable, Sendable {
        /// Not eighteen characters.
        case length
        /// A character outside the code's alphabet, which has no I, O, S, V and Z.
        case character
        /// Characters 3 to 8 are no division of GB/T 2260, nor 100000 for the state.
        case division
        /// Demonstration merchants (999900) exist in practice ledgers only.
        case practiceOnly
        /// The last character does not fit the others: one was mistyped.
        case checkCharacter
    }

    /// Reads a code as a person entered it; the division 999900 is taken only for a `practice` ledger.
    package init(_ text: String, practice: Bool) throws(Problem) {
        let code = text.uppercased()
        let characters = Array(code.utf8)
        guard characters.count == 18 else { throw .length }
        guard characters.allSatisfy({ CreditCode.values[$0] != nil }) else { throw .character }
        let digits = characters[2..<8]
        if !digits.elementsEqual("100000".utf8) {
            guard let division = Division(digits: digits) else { throw .division }
            guard practice || !division.isPractice else { throw .practiceOnly }
        }
        guard CreditCode.checkCharacter(of: String(code.prefix(17))) == code.last else {
            throw .checkCharacter
        }
        self.text = code
    }

    /// Whether it belongs to a demonstration merchant (division 999900).
    package var isPractice: Bool { text.dropFirst(2).hasPrefix("999900") }

    /// The eighteenth character for the first seventeen, for who makes codes (GB 32100-2015, annex A).
    ///
    /// `nil` where `first17` is anything but seventeen characters of the alphabet, in upper case.
    package static func checkCharacter(of first17: String) -> Character? {
        let numbers = first17.utf8.compactMap { values[$0] }
        guard first17.utf8.count == 17, numbers.count == 17 else { return nil }
        let sum = zip(numbers, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return alphabet[(31 - sum % 31) % 31]
    }

    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    private static let values = Dictionary(
        uniqueKeysWithValues: "0123456789ABCDEFGHJKLMNPQRTUWXY".utf8.enumerated().map {
            ($0.element, $0.offset)
        })
}

extension CreditCode: CustomStringConvertible {
    /// The code itself: it is public.
    package var description: String { text }
}

extension CreditCode.Problem {
    /// What an officer reads next to the row.
    package var message: String {
        switch self {
        case .length: "must have 18 characters"
        case .character: "has a character that credit codes do not use (I, O, S, V, Z or no letter)"
        case .division: "does not have a division code of GB/T 2260 in characters 3 to 8"
        case .practiceOnly: "is of a demonstration merchant (999900), for practice ledgers (演练) only"
        case .checkCharacter: "has a wrong check character: a character was mistyped"
        }
    }
}

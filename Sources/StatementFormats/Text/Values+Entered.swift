import LedgerDomain

extension Amount {
    /// Reads a positive amount of yuan with at most two decimals, as a person entered it.
    init(entered text: String) throws(TextFault) {
        do {
            try self.init(yuan: text)
        } catch {
            throw TextFault(
                message: "“\(text)” \(error.meaning)", allowed: ["yuan such as 30, 30.5 or 30.50"])
        }
    }
}

extension AmountTextError {
    /// The error as the rest of a sentence that begins with the text.
    var meaning: String {
        switch self {
        case .empty: "is empty"
        case .notANumber: "is not an amount in yuan"
        case .moreThanTwoDecimals: "has more than two decimals; there is nothing smaller than a fen"
        case .notPositive: "is not more than zero"
        case .tooLarge: "is more than \(Amount.limit.yuan) yuan"
        }
    }
}

extension Instant {
    /// Reads an RFC 3339 time with its offset, as a person entered it.
    init(entered text: String) throws(TextFault) {
        guard let instant = Instant(text: text) else {
            throw TextFault(
                message: "“\(text)” is not a time with an offset", allowed: ["2018-06-01T10:00:00+08:00"])
        }
        self = instant
    }
}

extension BusinessDay {
    /// Reads a date, as a person entered it.
    init(entered text: String) throws(TextFault) {
        guard let day = BusinessDay(text: text) else {
            throw TextFault(message: "“\(text)” is not a date", allowed: ["2018-06-01"])
        }
        self = day
    }
}

extension IdentityNumber {
    /// Reads an identity number, as a person entered it; demonstration people only in a practice ledger.
    init(entered text: String, practice: Bool) throws(TextFault) {
        do throws(Problem) {
            self = try IdentityNumber(text, practice: practice)
        } catch {
            throw TextFault(message: error.message)
        }
    }
}

extension LedgerCode {
    /// Reads a GB/T 2260 division code; 999900 only in a practice ledger.
    init(entered text: String, practice: Bool) throws(TextFault) {
        guard let code = LedgerCode(text: text), let division = Division(digits: text.utf8) else {
            throw TextFault(message: "“\(text)” is not a GB/T 2260 division code", allowed: ["370782"])
        }
        guard practice || !division.isPractice else {
            throw TextFault(message: "the division 999900 is for practice ledgers (演练) only")
        }
        self = code
    }
}

extension RuleDocument {
    /// Reads a whole number in a range, for ``value(_:_:)``.
    static func whole(_ range: ClosedRange<Int>) -> (String) throws(TextFault) -> Int {
        { (text) throws(TextFault) in
            guard let number = Int(text), range.contains(number) else {
                throw TextFault(
                    message: "“\(text)” is not a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
            }
            return number
        }
    }
}

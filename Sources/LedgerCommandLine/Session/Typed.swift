import ArgumentParser
import Cryptography
import LedgerDomain
import StatementFormats

/// Reads what people type, and says what was wrong and what would be right.
enum Typed {
    /// Yuan with at most two decimals: `30`, `30.5`, `30.50`.
    static func amount(_ text: String) throws -> Amount {
        do {
            return try Amount(yuan: text)
        } catch {
            let reason =
                switch error {
                case .empty, .notANumber: "it must be yuan in digits, such as 30.50"
                case .moreThanTwoDecimals: "it has more than two decimals; nothing is smaller than a fen"
                case .notPositive: "it must be more than zero"
                case .tooLarge: "it must be at most \(Amount.limit.yuan)"
                }
            throw ValidationError("金额有误 \(text): \(reason).")
        }
    }

    /// Yuan, or 0 for nothing.
    static func amountOrZero(_ text: String) throws -> Amount {
        ["0", "0.0", "0.00"].contains(text) ? .zero : try amount(text)
    }

    /// A group of people: `rural`.
    static func group(_ text: String) throws -> String {
        do {
            return try GroupName.check(text)
        } catch {
            throw ValidationError("人群有误 \(text): \(error.message).")
        }
    }

    /// A day: `2018-06-01`.
    static func day(_ text: String) throws -> BusinessDay {
        guard let day = BusinessDay(text: text) else {
            throw ValidationError("日期有误 \(text): it must be a day such as 2018-06-01.")
        }
        return day
    }

    /// An instant with its offset: `2018-06-01T10:00:00+08:00`.
    static func instant(_ text: String) throws -> Instant {
        guard let instant = Instant(text: text) else {
            throw ValidationError("时间有误 \(text): it must be an instant such as 2018-06-01T10:00:00+08:00.")
        }
        return instant
    }

    /// A GB/T 2260 code: `370782`.
    static func ledger(_ text: String) throws -> LedgerCode {
        guard let code = LedgerCode(text: text) else {
            throw ValidationError("区划代码有误 \(text): it must be six digits such as 370782.")
        }
        return code
    }

    /// What a key or a credential is named by: sixteen hexadecimal digits.
    static func keyID(_ text: String) throws -> KeyID {
        guard let bytes = [UInt8](hexadecimal: text), let id = KeyID(bytes) else {
            throw ValidationError("编号有误 \(text): it must be 16 hexadecimal digits such as 1c9d4fd0b1e2a3f4.")
        }
        return id
    }
}

/// Twenty digits that a cashier types where the scanner is broken: a voucher's number and a short MAC of the
/// half minute.
///
/// Which ledger it is for is known where it is typed.
package struct TypedCode: Hashable, Sendable, CustomStringConvertible {
    /// The voucher's number in the ledger, from 1.
    package let voucher: UInt32
    /// Eight decimal digits of the MAC; see ``TypedCodeKey``.
    package let code: UInt32

    /// How many codes there are for a half minute; one that is guessed is right by chance once in so many.
    package static let codes: Range<UInt32> = 0..<100_000_000

    init(voucher: UInt32, code: UInt32) {
        self.voucher = voucher
        self.code = code
    }

    /// Reads what was typed: ASCII or full-width digits, with blanks and hyphens anywhere.
    package init(_ text: String) throws(TypedCodeError) {
        guard text.utf8.count <= TypedCode.longestText else { throw .tooLong }
        var digits: [UInt8] = []
        for character in text.unicodeScalars {
            switch character {
            case "0"..."9": digits.append(UInt8(truncatingIfNeeded: character.value))
            case "\u{ff10}"..."\u{ff19}":
                digits.append(UInt8(truncatingIfNeeded: character.value - 0xff10 + 0x30))
            case " ", "\t", "\r", "\n", "\u{a0}", "\u{3000}", "-", "\u{2010}"..."\u{2014}", "\u{2212}",
                "\u{ff0d}":
                continue
            default: throw .notDigits
            }
        }
        guard digits.count == 20 else { throw .length(digits.count) }
        guard CheckDigits.areRight(in: digits) else { throw .checkDigits }
        guard let number = UInt64(digits: digits[..<10]), let voucher = UInt32(exactly: number), voucher > 0,
            let code = UInt64(digits: digits[10..<18])
        else { throw .noVoucher }
        self.init(voucher: voucher, code: UInt32(code))
    }

    /// The twenty digits.
    package var digits: String {
        CheckDigits.appended(to: decimal(voucher, width: 10) + decimal(code, width: 8))
    }

    /// The digits in groups of four, as a page shows them.
    package var description: String {
        var groups: [String] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.append(String(rest.prefix(4)))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    /// Text longer than this, in bytes, is not looked at.
    private static let longestText = 256
}

/// Why what was typed is not a code.
package enum TypedCodeError: Error, Equatable, Sendable {
    case tooLong
    /// Something that is neither digit nor blank nor hyphen.
    case notDigits
    /// There are not twenty digits.
    case length(Int)
    /// The check digits do not fit: a digit is mistyped.
    case checkDigits
    /// It begins with a number that no voucher has.
    case noVoucher
}

extension TypedCodeError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .tooLong: "it is much longer than 20 digits"
        case .notDigits: "a typed code has nothing but digits"
        case .length(let length): "a typed code has 20 digits, not \(length)"
        case .checkDigits: "a digit is mistyped"
        case .noVoucher: "there can be no voucher with this number"
        }
    }
}

/// Two check digits after a decimal number (ISO/IEC 7064 MOD 97-10): they find every single wrong digit and
/// every swap of neighbours.
enum CheckDigits {
    /// The digits, ASCII, with their check digits, `02` to `98`.
    static func appended(to digits: String) -> String { digits + of(digits.utf8) }

    /// Whether the last two of the ASCII digits are the check digits of the others.
    ///
    /// They are computed and compared: the remainder alone would also accept `99` for `02`.
    static func areRight(in digits: some BidirectionalCollection<UInt8>) -> Bool {
        of(digits.dropLast(2)).utf8.elementsEqual(digits.suffix(2))
    }

    private static func of(_ digits: some Sequence<UInt8>) -> String {
        let remainder = digits.reduce(0) { ($0 * 10 + Int($1 - UInt8(ascii: "0"))) % 97 }
        return decimal(98 - remainder * 100 % 97, width: 2)
    }
}

/// `number` in decimal with leading zeros, at least `width` digits.
func decimal(_ number: some BinaryInteger, width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension UInt64 {
    /// Reads ASCII digits, leading zeros and all; `nil` for anything else, none, or more than 19.
    init?(digits: some Collection<UInt8>) {
        guard (1...19).contains(digits.count) else { return nil }
        self = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            self = self * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
    }
}

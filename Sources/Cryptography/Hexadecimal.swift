extension [UInt8] {
    /// The bytes as lower-case hexadecimal digits, two a byte, for people and text files.
    package var hexadecimal: String {
        String(unsafeUninitializedCapacity: count * 2) { digits in
            for (place, byte) in enumerated() {
                digits[place * 2] = [UInt8].digit(byte >> 4)
                digits[place * 2 + 1] = [UInt8].digit(byte & 15)
            }
            return count * 2
        }
    }

    /// Reads hexadecimal digits, two a byte, in either case; `nil` for anything else.
    package init?(hexadecimal text: some StringProtocol) {
        self = []
        reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for digit in text.utf8 {
            guard let value = [UInt8].value(of: digit) else { return nil }
            if let first = high {
                append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else { return nil }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

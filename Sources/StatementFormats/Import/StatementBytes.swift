import Foundation
import LedgerDomain

/// What the bytes of a statement's fields mean, without making text of those that are plain digits.
enum StatementBytes {
    /// Why an amount is none.
    enum AmountProblem: Error { case unreadable, decimals, tooLarge }

    /// An amount in fen: `12.5`, `-0.01`, `¥1,234.56`, full-width digits; yuan with at most two decimals, or fen.
    static func amount(_ bytes: UnsafeRawBufferPointer, isFen: Bool = false) throws(AmountProblem) -> Int64 {
        if let plain = plainAmount(bytes, isFen: isFen) { return plain }
        guard let text = text(bytes) else { throw .unreadable }
        var narrow = text.narrowed.filter { $0 != "," && $0 != " " && $0 != "¥" && $0 != "￥" && $0 != "+" }
        var isNegative = false
        if narrow.hasPrefix("-") {
            isNegative = true
            narrow.removeFirst()
        } else if narrow.hasPrefix("("), narrow.hasSuffix(")") {
            // As accountants write it.
            isNegative = true
            narrow = String(narrow.dropFirst().dropLast())
        }
        let parts = narrow.split(separator: ".", omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard (1...2).contains(parts.count), isDigits, !parts[0].isEmpty else { throw .unreadable }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.dropFirst(isFen ? 0 : 2).allSatisfy({ $0 == "0" }) else { throw .decimals }
        guard parts[0].utf8.count <= 13, let whole = Int64(parts[0]),
            let cents = Int64((fraction.prefix(2) + "00").prefix(2))
        else { throw .tooLarge }
        let fen: Int64 = isFen ? whole : whole * 100 + cents
        return isNegative ? -fen : fen
    }

    /// An amount of plain ASCII digits with a point or none; `nil` for anything else.
    private static func plainAmount(_ bytes: UnsafeRawBufferPointer, isFen: Bool) -> Int64? {
        var place = 0
        let count = bytes.count
        guard count > 0, count <= 14 else { return nil }
        let isNegative = bytes[0] == UInt8(ascii: "-")
        if isNegative { place = 1 }
        var value: Int64 = 0
        var decimals = -1
        guard place < count, bytes[place] != UInt8(ascii: ".") else { return nil }
        while place < count {
            let byte = bytes[place]
            if byte >= 0x30, byte <= 0x39 {
                value = value * 10 + Int64(byte - 0x30)
                if decimals >= 0 { decimals += 1 }
            } else if byte == UInt8(ascii: "."), decimals < 0, !isFen {
                decimals = 0
            } else {
                return nil
            }
            place += 1
        }
        guard decimals <= 2 else { return nil }
        let fen = isFen ? value : decimals <= 0 ? value * 100 : decimals == 1 ? value * 10 : value
        return isNegative ? -fen : fen
    }

    /// A time in Shanghai, `2018-06-02 10:00:00`, its date in another order where that is told, or with `T`, `/` or no seconds; or a day alone, then without seconds.
    static func time(
        _ bytes: UnsafeRawBufferPointer, _ order: StatementMapping.DateOrder = .yearMonthDay
    ) -> (day: BusinessDay, second: UInt32?)? {
        guard bytes.count >= 8 else { return nil }
        guard bytes.allSatisfy(isOfTime) else { return plainTime(bytes, order) }
        var numbers: [Int] = []
        numbers.reserveCapacity(6)
        var current = -1, digits = 0
        for byte in bytes {
            if byte >= 0x30, byte <= 0x39 {
                current = max(current, 0) * 10 + Int(byte - 0x30)
                digits += 1
                guard digits <= 14 else { return nil }
            } else {
                if current >= 0 { numbers.append(current) }
                (current, digits) = (-1, 0)
                // Parts of a second and an offset say nothing here: statements are in Shanghai's time.
                if byte == UInt8(ascii: "."), numbers.count >= 6 { break }
            }
        }
        if current >= 0 { numbers.append(current) }
        // 20180602, and 20180602100000, as banks write them.
        if let first = numbers.first, first > 9_999 {
            let rest = numbers.dropFirst()
            if first > 99_999_999 {
                numbers = [
                    first / 10_000_000_000, first / 100_000_000 % 100, first / 1_000_000 % 100,
                    first / 10_000 % 100, first / 100 % 100, first % 100,
                ]
            } else {
                numbers = [first / 10_000, first / 100 % 100, first % 100] + rest
            }
        }
        if numbers.count >= 3, numbers[0] < 100 {
            switch order {
            case .yearMonthDay: break
            case .dayMonthYear: numbers.swapAt(0, 2)
            case .monthDayYear: numbers.replaceSubrange(0..<3, with: [numbers[2], numbers[0], numbers[1]])
            }
        }
        guard numbers.count >= 3, numbers[0] >= 1970, numbers[0] < 2100,
            let day = BusinessDay(year: numbers[0], month: numbers[1], day: numbers[2])
        else { return nil }
        guard numbers.count >= 5 else { return numbers.count == 3 ? (day, nil) : nil }
        let second = numbers.count > 5 ? numbers[5] : 0
        guard numbers[3] < 24, numbers[4] < 60, second < 61 else { return nil }
        let local = Int64(day.days) * 86_400 + Int64(numbers[3] * 3_600 + numbers[4] * 60 + second)
        guard let moment = UInt32(exactly: local - 8 * 3_600) else { return nil }
        return (day, moment)
    }

    /// What stands in times that need no thought.
    private static func isOfTime(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: " "),
            UInt8(ascii: "T"):
            true
        default: false
        }
    }

    /// A time with Chinese words, full-width digits or Shanghai's offset; nothing else is guessed at, such as PM or Z.
    private static func plainTime(
        _ bytes: UnsafeRawBufferPointer, _ order: StatementMapping.DateOrder
    ) -> (day: BusinessDay, second: UInt32?)? {
        guard var text = text(bytes)?.narrowed else { return nil }
        for word in ["+08:00", "+0800"] where text.hasSuffix(word) { text.removeLast(word.count) }
        for (word, sign) in [("年", "-"), ("月", "-"), ("日", " "), ("时", ":"), ("分", ":"), ("秒", "")] {
            text = text.replacing(word, with: sign)
        }
        let plain = Array(text.utf8)
        guard plain.allSatisfy(isOfTime) else { return nil }
        return plain.withUnsafeBytes { time($0, order) }
    }

    /// A field as text: UTF-8, or GB 18030.
    static func text(_ bytes: UnsafeRawBufferPointer) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(data: Data(bytes), encoding: GB18030.encoding)
    }

    /// The field without spaces and tabs around it.
    static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, bytes.count)
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
}

extension StatementBytes.AmountProblem {
    /// The rest of a sentence that begins with the text.
    var meaning: String {
        switch self {
        case .unreadable: "is not an amount"
        case .decimals: "has more than two decimals; there is nothing smaller than a fen"
        case .tooLarge: "is larger than any amount that these books hold"
        }
    }
}

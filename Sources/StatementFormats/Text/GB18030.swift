import Foundation

/// GB18030 text, which office programs in China still save by default.
enum GB18030 {
    /// Core Foundation's kCFStringEncodingGB_18030_2000.
    static let encoding = String.Encoding(rawValue: 0x8000_0632)

    /// The text of bytes that are GB18030 through and through and look like Chinese; `nil` for anything else.
    ///
    /// Nearly every run of bytes above 0x80 has some meaning in GB18030, damaged UTF-8 too. So bytes with a line of
    /// Chinese in good UTF-8 are refused, and so is text in which more than one character in ten is a rare one: UTF-8
    /// that is read as GB18030 gives little else.
    static func text(_ bytes: [UInt8]) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        guard !lines.contains(where: isChineseInUTF8), isCommon(bytes) else { return nil }
        guard let text = String(data: Data(bytes), encoding: encoding) else { return nil }
        // Private use and replacement characters stand for what nobody typed.
        let isPlain = text.unicodeScalars.allSatisfy {
            !(0xE000...0xF8FF).contains($0.value) && $0.value != 0xFFFD
        }
        return isPlain ? text : nil
    }

    /// Whether a line has three-byte characters and is UTF-8.
    private static func isChineseInUTF8(_ line: ArraySlice<UInt8>) -> Bool {
        line.contains { (0xE3...0xE9).contains($0) } && String(validating: line, as: UTF8.self) != nil
    }

    /// Whether nine in ten of the two-byte characters are of GB 2312, which has the ordinary ones.
    private static func isCommon(_ bytes: [UInt8]) -> Bool {
        var (all, common, place) = (0, 0, 0)
        while place < bytes.count {
            guard bytes[place] >= 0x80 else {
                place += 1
                continue
            }
            guard place + 1 < bytes.count else { return false }
            let (lead, trail) = (bytes[place], bytes[place + 1])
            // Four bytes, of which the second is a digit: rare by themselves.
            let isLong = (0x30...0x39).contains(trail)
            all += 1
            if (0xA1...0xF7).contains(lead), trail >= 0xA1 { common += 1 }
            place += isLong ? 4 : 2
        }
        return common * 10 >= all * 9
    }
}

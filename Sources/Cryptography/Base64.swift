extension [UInt8] {
    /// The bytes in base64 with padding (RFC 4648 §4), for signed notes and other text files.
    package var base64: String {
        var text: [UInt8] = []
        text.reserveCapacity((count + 2) / 3 * 4)
        for start in stride(from: 0, to: count, by: 3) {
            let taken = Swift.min(3, count - start)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < taken ? UInt32(self[start + offset]) : 0) }
            for digit in 0..<4 {
                text.append(
                    digit <= taken
                        ? base64Alphabet[Int(group >> (18 - 6 * UInt32(digit)) & 63)] : base64Padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads base64 in its one canonical form (RFC 4648 §3.5 and §4), from ASCII.
    ///
    /// `nil` for anything that ``base64`` would not print: another alphabet, missing padding, spaces and line
    /// breaks, or bits that are left over and not zero.
    package init?(base64 text: some Collection<UInt8>) {
        let length = text.count
        guard length.isMultiple(of: 4) else { return nil }
        self = []
        reserveCapacity(length / 4 * 3)
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for character in text {
            if character == base64Padding {
                padding += 1
                group <<= 6
            } else {
                let value = base64Values[Int(character)]
                guard padding == 0, value < 64 else { return nil }
                group = group << 6 | UInt32(value)
            }
            digits += 1
            guard digits.isMultiple(of: 4) else { continue }
            append(UInt8(truncatingIfNeeded: group >> 16))
            append(UInt8(truncatingIfNeeded: group >> 8))
            append(UInt8(truncatingIfNeeded: group))
            group = 0
        }
        guard padding <= 2, suffix(padding).allSatisfy({ $0 == 0 }) else { return nil }
        removeLast(padding)
    }
}

private let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
private let base64Padding = UInt8(ascii: "=")

/// What each byte stands for in base64; 255 for those that stand for nothing.
private let base64Values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in base64Alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
}()

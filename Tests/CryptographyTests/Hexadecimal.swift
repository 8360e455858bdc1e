import Testing

/// The bytes that hexadecimal digits, two a byte, stand for; spaces are for the reader.
func bytes(_ hexadecimal: String) throws -> [UInt8] {
    let digits = hexadecimal.filter { !$0.isWhitespace }.map { $0 }
    return try stride(from: 0, to: digits.count, by: 2).map {
        try #require(UInt8(String(digits[$0..<min($0 + 2, digits.count)]), radix: 16))
    }
}

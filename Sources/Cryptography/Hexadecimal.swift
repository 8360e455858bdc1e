extension [UInt8] {
    /// The bytes as lower-case hexadecimal digits, two a byte, for people and text files.
    package var hexadecimal: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

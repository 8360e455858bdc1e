extension UInt64 {
    /// Reads a tree size or a leaf's index as the C2SP formats print them: ASCII digits without leading
    /// zeros.
    ///
    /// `nil` for anything else, and for 2⁶³ and above: implementations that count in signed integers must not
    /// see another number than we do, and no log gets there.
    init?(decimal digits: some Collection<UInt8>) {
        let zero = UInt8(ascii: "0")
        guard let first = digits.first, first != zero || digits.count == 1, digits.count <= 19 else {
            return nil
        }
        self = 0
        for digit in digits {
            guard digit >= zero, digit <= UInt8(ascii: "9") else { return nil }
            // Nineteen digits fit 64 bits.
            self = self * 10 + UInt64(digit - zero)
        }
        guard self <= UInt64(Int64.max) else { return nil }
    }
}

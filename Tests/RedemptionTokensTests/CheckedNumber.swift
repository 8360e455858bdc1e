/// The digits with two check digits after them (ISO/IEC 7064 MOD 97-10), computed as the standard has it.
func checked(_ digits: String) -> String {
    let check = 98 - remainder97(digits.utf8) * 100 % 97
    return digits + (check < 10 ? "0\(check)" : "\(check)")
}

/// The remainder modulo 97; 1 where the check digits are right.
func remainder97(_ digits: some Sequence<UInt8>) -> Int {
    var remainder = 0
    for digit in digits { remainder = (remainder * 10 + Int(digit) - 48) % 97 }
    return remainder
}

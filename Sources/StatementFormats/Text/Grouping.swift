package import LedgerDomain

extension Amount {
    /// Yuan with two decimals and thousands separators, for tables: `1,234,567.80`.
    package var grouped: String {
        let parts = yuan.split(separator: ".")
        return grouping(String(parts[0])) + "." + parts[1]
    }
}

extension Int {
    /// With thousands separators: `1,234,567`.
    package var grouped: String { grouping(String(self)) }
}

private func grouping(_ text: String) -> String {
    var digits = Array(text)
    var place = digits.count - 3
    while place > (digits.first == "-" ? 1 : 0) {
        digits.insert(",", at: place)
        place -= 3
    }
    return String(digits)
}

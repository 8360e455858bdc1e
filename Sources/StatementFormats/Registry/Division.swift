/// The six digits of a GB/T 2260 division inside an identity number or a credit code.
///
/// Only the province is checked: the counties of sixty years are not a list anybody has.
struct Division {
    private let digits: [UInt8]

    /// Takes six ASCII digits whose province exists; `nil` otherwise.
    init?(digits: some Collection<UInt8>) {
        self.digits = Array(digits)
        guard self.digits.count == 6, self.digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        guard isPractice || Division.provinces.contains(province) else { return nil }
    }

    /// Whether it is 999900, the division of demonstration people and merchants.
    var isPractice: Bool { digits.elementsEqual("999900".utf8) }

    private var province: UInt8 { (digits[0] - 0x30) * 10 + digits[1] - 0x30 }

    /// The first two digits of GB/T 2260, with 81, 82 and 83 for residence permits of people from 香港, 澳门, 台湾.
    private static let provinces: Set<UInt8> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
        50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
    ]
}

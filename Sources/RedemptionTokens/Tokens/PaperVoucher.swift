/// A voucher on paper: its number and a random serial, printed as a QR code and in digits, redeemed online.
package struct PaperVoucher: Hashable, Sendable {
    package let voucher: VoucherReference
    /// The secret that makes the paper worth something; sixteen decimal digits.
    package let serial: UInt64

    /// What its text begins with, before 34 digits.
    package static let prefix = "WH3:"
    /// The serials that there are; whoever prints draws one at random.
    package static let serials: Range<UInt64> = 0..<10_000_000_000_000_000

    /// `nil` for a serial of more than sixteen digits.
    package init?(voucher: VoucherReference, serial: UInt64) {
        guard PaperVoucher.serials.contains(serial) else { return nil }
        self.voucher = voucher
        self.serial = serial
    }

    /// Reads the digits after the prefix: ledger, number, serial, and two check digits.
    package init(digits: some BidirectionalCollection<UInt8>) throws(PaperVoucherError) {
        guard digits.count == 34 else { throw .length(digits.count) }
        let digits = Array(digits)
        guard let ledger = UInt64(digits: digits[..<6]), let number = UInt64(digits: digits[6..<16]),
            let serial = UInt64(digits: digits[16..<32]), UInt64(digits: digits[32...]) != nil
        else { throw .notDigits }
        guard CheckDigits.areRight(in: digits) else { throw .checkDigits }
        guard let ledger = UInt32(exactly: ledger), let number = UInt32(exactly: number),
            let voucher = VoucherReference(ledger: ledger, number: number)
        else { throw .noVoucher }
        self.voucher = voucher
        self.serial = serial
    }

    /// What the QR code says: 38 characters.
    package var text: String {
        let digits = [
            decimal(voucher.ledger, width: 6), decimal(voucher.number, width: 10),
            decimal(serial, width: 16),
        ]
        return PaperVoucher.prefix + CheckDigits.appended(to: digits.joined())
    }
}

/// Why digits are not a paper voucher.
package enum PaperVoucherError: Error, Equatable, Sendable {
    /// There are not 34 of them.
    case length(Int)
    case notDigits
    /// The check digits do not fit: a digit is mistyped or misread.
    case checkDigits
    /// They name a ledger or a voucher that cannot exist.
    case noVoucher
}

extension PaperVoucherError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .length(let length): "a paper voucher has 34 digits, not \(length)"
        case .notDigits: "a paper voucher has nothing but digits"
        case .checkDigits: "a digit is mistyped"
        case .noVoucher: "there can be no voucher with this number"
        }
    }
}

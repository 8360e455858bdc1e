/// What hangs at a till for phones to scan: which outlet they sign for. It is public and proves nothing.
///
/// A code that somebody pasted over it makes phones sign for another outlet, and the till refuses what they show.
package struct OutletCode: Hashable, Sendable {
    package let ledger: UInt32
    /// The outlet's number in the ledger, from 1.
    package let outlet: UInt32

    /// What its text begins with, before 18 digits.
    package static let prefix = "WH4:"

    /// `nil` for a code that no ledger has, and for outlet zero.
    package init?(ledger: UInt32, outlet: UInt32) {
        guard VoucherReference.ledgers.contains(ledger), outlet > 0 else { return nil }
        self.ledger = ledger
        self.outlet = outlet
    }

    /// Reads a text: ledger, number, and two check digits; `nil` for anything else.
    package init?(_ text: String) {
        guard text.hasPrefix(OutletCode.prefix) else { return nil }
        let digits = Array(text.utf8.dropFirst(OutletCode.prefix.utf8.count))
        guard digits.count == 18, UInt64(digits: digits[16...]) != nil,
            let ledger = UInt64(digits: digits[..<6]).flatMap(UInt32.init(exactly:)),
            let outlet = UInt64(digits: digits[6..<16]).flatMap(UInt32.init(exactly:)),
            CheckDigits.areRight(in: digits)
        else { return nil }
        self.init(ledger: ledger, outlet: outlet)
    }

    /// What the QR code says: 22 characters.
    package var text: String {
        let digits = decimal(ledger, width: 6) + decimal(outlet, width: 10)
        return OutletCode.prefix + CheckDigits.appended(to: digits)
    }
}

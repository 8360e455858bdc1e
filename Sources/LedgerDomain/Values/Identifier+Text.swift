/// A kind of thing that people name by a letter, the ledger, a number and a check digit.
package protocol Numbered {
    /// The letter that starts the printed form.
    static var letter: Character { get }
}

extension Fund: Numbered { package static var letter: Character { "F" } }
extension Programme: Numbered { package static var letter: Character { "P" } }
extension Batch: Numbered { package static var letter: Character { "B" } }
extension Voucher: Numbered { package static var letter: Character { "V" } }
extension Authorisation: Numbered { package static var letter: Character { "A" } }
extension Redemption: Numbered { package static var letter: Character { "R" } }
extension Merchant: Numbered { package static var letter: Character { "M" } }
extension Outlet: Numbered { package static var letter: Character { "O" } }
extension Terminal: Numbered { package static var letter: Character { "T" } }
extension Settlement: Numbered { package static var letter: Character { "S" } }
extension Session: Numbered { package static var letter: Character { "C" } }
extension Award: Numbered { package static var letter: Character { "W" } }
extension RemittancePlan: Numbered { package static var letter: Character { "L" } }
extension Payee: Numbered { package static var letter: Character { "Y" } }
extension FiledReport: Numbered { package static var letter: Character { "Q" } }
extension Correction: Numbered { package static var letter: Character { "K" } }
extension Resolution: Numbered { package static var letter: Character { "D" } }

/// Why a typed identifier was not taken.
package enum IdentifierTextError: Error, Equatable, Sendable {
    /// Not of the form `V370782-00000001-0`.
    case malformed(expected: String)
    /// The letter says that it names another kind of thing.
    case wrongKind(expected: Character, found: Character)
    /// It belongs to another ledger.
    case wrongLedger(expected: LedgerCode)
    /// The check digit does not fit: a digit was mistyped.
    case checkDigit
}

extension Identifier where Entity: Numbered {
    /// The printed form, such as `V370782-00012345-7`: letter, ledger, number, check digit
    /// (ISO/IEC 7064 MOD 11,10 over the ledger's and the number's digits).
    package func text(in ledger: LedgerCode) -> String {
        let number = padded(rawValue, to: 8)
        return "\(Entity.letter)\(ledger)-\(number)-\(checkDigit(of: ledger.description + number))"
    }

    /// Reads the printed form, or the bare number in digits, with or without its leading zeros.
    package init(text: String, in ledger: LedgerCode) throws(IdentifierTextError) {
        // Swift's own reading takes a plus sign.
        if text.first != "+", let bare = UInt32(text), bare > 0 {
            self.init(bare)
            return
        }
        let malformed = IdentifierTextError.malformed(expected: Identifier(1).text(in: ledger))
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let letter = parts[0].first, parts[2].count == 1 else { throw malformed }
        guard letter == Entity.letter else {
            throw .wrongKind(expected: Entity.letter, found: letter)
        }
        guard let code = LedgerCode(text: String(parts[0].dropFirst())), let number = UInt32(parts[1]),
            number > 0, parts[1] == padded(number, to: 8)
        else { throw malformed }
        guard code == ledger else { throw .wrongLedger(expected: ledger) }
        guard parts[2] == "\(checkDigit(of: code.description + padded(number, to: 8)))" else {
            throw .checkDigit
        }
        self.init(number)
    }
}

/// ISO/IEC 7064 MOD 11,10 over decimal digits: finds every single wrong digit and nearly all swaps.
private func checkDigit(of digits: String) -> Int {
    var product = 10
    for digit in digits.utf8 {
        var sum = (product + Int(digit) - 0x30) % 10
        if sum == 0 { sum = 10 }
        product = sum * 2 % 11
    }
    return (11 - product) % 10
}

/// `number` in decimal with leading zeros, at least `width` digits.
package func padded(_ number: some BinaryInteger, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

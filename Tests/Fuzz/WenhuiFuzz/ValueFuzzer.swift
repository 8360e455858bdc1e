import LedgerDomain

/// The texts that people type: amounts, days, instants, codes and identifiers.
///
/// They have several spellings on purpose (`30` and `30.00`, the bare number of an identifier, any offset from
/// UTC). So here the value comes back: what is printed is read as the same.
enum ValueFuzzer: ParserFuzzer {
    private static let ledger = LedgerCode(370_782)

    static func seeds() throws -> [[UInt8]] {
        [
            "30", "30.5", "0.05", "1000000000000.00", "2018-06-01", "9999-12-31", "370782",
            "2018-06-01T10:00:00+08:00", "2018-06-01T02:00:00.5Z",
            "9999-12-31T23:59:59+08:00", "9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+09:00",
            "V370782-00000001-0", "12345",
            VoucherID(12345).text(in: ledger), FundID(.max).text(in: ledger),
        ].map { Array($0.utf8) }
    }

    static func check(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self) else { return }
        if let amount = try? Amount(yuan: text) {
            expect((try? Amount(yuan: amount.yuan)) == amount, "an amount is read as it was printed")
        }
        if let instant = Instant(text: text) {
            expect(Instant(text: instant.text) == instant, "an instant is read as it was printed")
        }
        if let day = BusinessDay(text: text) {
            expect(day.text == text, "a day is printed as it was read")
        }
        if let code = LedgerCode(text: text) {
            expect(code.description == text, "a code is printed as it was read")
        }
        check(text, as: Voucher.self)
        check(text, as: Fund.self)
    }

    private static func check<Entity: Numbered>(_ text: String, as kind: Entity.Type) {
        guard let number = try? Identifier<Entity>(text: text, in: ledger) else { return }
        let printed = number.text(in: ledger)
        expect(
            (try? Identifier<Entity>(text: printed, in: ledger)) == number, "an identifier is read as printed"
        )
        expect(
            text.contains("-") ? text == printed : text.utf8.allSatisfy { (0x30...0x39).contains($0) },
            "an identifier is printed as it was read")
    }
}

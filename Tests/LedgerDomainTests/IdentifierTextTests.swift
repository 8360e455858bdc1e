import LedgerDomain
import Testing

@Suite("Identifiers as people type them")
struct IdentifierTextTests {
    private static let ledger = LedgerCode(370_782)

    @Test(
        "what is printed is read, and so is the bare number",
        arguments: [1, 12, 12_345_678, 123_456_789, .max] as [UInt32])
    func taken(_ number: UInt32) throws {
        let identifier = VoucherID(number)
        let printed = identifier.text(in: Self.ledger)
        for text in [printed, "\(number)", "00\(number)"] {
            #expect(try VoucherID(text: text, in: Self.ledger) == identifier)
        }
    }

    @Test(
        "a sign, or zeros that are not printed, are refused",
        arguments: [
            "V370782-0000000012-0", "V370782-+00000012-0", "V370782-+0000012-0", "V370782-12-0", "+12", "-0",
            "0",
            "",
        ])
    func refused(_ text: String) {
        #expect(throws: IdentifierTextError.malformed(expected: VoucherID(1).text(in: Self.ledger))) {
            try VoucherID(text: text, in: Self.ledger)
        }
    }
}

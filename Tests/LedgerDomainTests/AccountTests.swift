import CBOR
import LedgerDomain
import Testing

@Suite("Accounts in events")
struct AccountTests {
    @Test("an account of every kind comes back as it went", arguments: Account.Kind.allCases)
    func roundTrip(_ kind: Account.Kind) throws {
        let account = Account(kind: kind, owner: 370_782)
        #expect(try Account(cborBytes: account.cborBytes) == account)
    }

    @Test(
        "an account that nobody owns is refused with an owner, an account of no kind altogether",
        arguments: [[0x82, 0x01, 0x01], [0x82, 0x02, 0x01], [0x82, 0x00, 0x00], [0x82, 0x0b, 0x00]]
            as [[UInt8]])
    func refused(_ bytes: [UInt8]) {
        #expect(throws: CBORError.unexpectedKey(offset: 0)) { try Account(cborBytes: bytes) }
    }
}

import CBOR
import Cryptography
import RedemptionTokens
import Testing

@Suite("Formats of tokens")
struct TokenFormatTests {
    private let ledger: SampleLedger

    init() throws { ledger = try SampleLedger() }

    @Test("an online token has 116 bytes, 178 characters, and the bytes that it always had")
    func online() throws {
        let token = SignedClaims(signing: ledger.online(), by: ledger.issuer)
        #expect(token.bytes.count == 116)
        #expect(token.text.utf8.count == 178)
        #expect(token.text.hasPrefix("WH1:"))
        #expect(try SignedClaims<OnlineToken>(token.bytes) == token)
        #expect(token.message.verify(with: ledger.issuer.publicKey) == .valid)
        #expect(token.bytes.hexadecimal == TokenFormatTests.pinned)
    }

    @Test("an online token has this length for the first and the last voucher of any ledger")
    func onlineLength() throws {
        for (code, number) in [(100_000, 1), (999_999, UInt32.max)] as [(UInt32, UInt32)] {
            let voucher = try #require(VoucherReference(ledger: code, number: number))
            for issuedAt: Int64 in [1_700_000_000, 4_294_967_235] {
                let token = OnlineToken(voucher: voucher, id: TokenID(0), issuedAt: issuedAt)
                #expect(SignedClaims(signing: token, by: ledger.issuer).bytes.count == 116)
            }
        }
    }

    @Test("somebody else's reading of RFC 9052 verifies what we sign")
    func generic() throws {
        let token = SignedClaims(signing: ledger.online(), by: ledger.issuer)
        let shown = try ledger.shown()
        guard case .ed25519(let issuer) = ledger.issuer.publicKey,
            case .es256(let device) = ledger.device.publicKey
        else { throw UnexpectedShape() }
        #expect(GenericSign1(token.bytes)?.isValid(ed25519: issuer) == true)
        #expect(GenericSign1(shown.credential.bytes)?.isValid(ed25519: issuer) == true)
        #expect(GenericSign1(shown.presentation.bytes)?.isValid(p256: device) == true)
    }

    @Test("a credential and its presentation come back from bytes and text, and have the measured lengths")
    func offline() throws {
        let shown = try ledger.shown()
        #expect(try PresentedCredential(shown.bytes) == shown)
        #expect(shown.credential.bytes.count == 181)
        #expect(shown.presentation.bytes.count == 118)
        #expect(shown.bytes.count == 304)
        #expect(shown.text.utf8.count == 460)
        #expect(try ScannedText(shown.text) == .offline(shown))
        let largest = Presentation(
            counter: .max, slot: TimeSlot(.max), amount: .max, outlet: .max)
        let credential = try ledger.credential(programme: .max, cap: .max)
        #expect(try VoucherCredential(cborBytes: credential.cborBytes).programme == .max)
        let longest = PresentedCredential(
            SignedClaims(signing: credential, by: ledger.issuer), largest, by: ledger.device)
        #expect(longest.text.utf8.count <= ScannedText.maximumLength)
        // A QR code of version 13 at level M holds 483 characters.
        #expect(longest.text.utf8.count <= 483)
        #expect(longest.bytes.count == 318)
        #expect(try ScannedText(longest.text) == .offline(longest))
    }

    @Test("the lives of credentials are positive and at most seven days, also when they are read")
    func lives() throws {
        let week = VoucherCredential.longestLife
        let good = SignedClaims(signing: try ledger.credential(), by: ledger.issuer)
        guard case .es256(let key) = ledger.device.publicKey else { throw UnexpectedShape() }
        for life in [0, -1, week + 1] {
            let credential = VoucherCredential(
                voucher: ledger.voucher, programme: 1, id: TokenID(1), device: DeviceKey(key), cap: 1,
                issuedAt: 1_000_000, expiry: 1_000_000 + life)
            #expect(credential == nil)
        }
        // The same claims with an expiry one second later, and with the issue's, put together by hand.
        var payload = good.message.payload
        payload[6] += 1
        #expect(throws: TokenFormatError.claims(.outOfRange(offset: 2))) {
            try SignedClaims<VoucherCredential>(COSESign1(signing: payload, by: ledger.issuer).bytes)
        }
        payload.replaceSubrange(2..<7, with: payload[8..<13])
        #expect(throws: TokenFormatError.claims(.outOfRange(offset: 2))) {
            try SignedClaims<VoucherCredential>(COSESign1(signing: payload, by: ledger.issuer).bytes)
        }
    }

    @Test("vouchers are six digits and a number, and nothing else is one")
    func vouchers() {
        #expect(VoucherReference(ledger: 99_999, number: 1) == nil)
        #expect(VoucherReference(ledger: 1_000_000, number: 1) == nil)
        #expect(VoucherReference(ledger: 370_782, number: 0) == nil)
        #expect(VoucherReference(packed: 1) == nil)
        #expect(VoucherReference(packed: .max) == nil)
        #expect(ledger.voucher.packed == 370_782 << 32 | 12_345)
        #expect(VoucherReference(packed: ledger.voucher.packed) == ledger.voucher)
    }

    @Test("key IDs follow from algorithm and key")
    func keyIDs() throws {
        let key = ledger.issuer.publicKey
        #expect(TokenKeyID(of: key).rawValue == SHA256Digest(of: [0x32] + key.bytes).words.0)
        let device = ledger.device.publicKey
        #expect(TokenKeyID(of: device).rawValue == SHA256Digest(of: [0x26] + device.bytes).words.0)
        #expect(TokenKeyID(0x0a).description == "000000000000000a")
    }

    private static let pinned =
        "d2844da2013204482f61092af2ba4c61a0581fa3041a6a18a555074801020304050607083a000100"
        + "001b0005a85e000030395840cbee918c152ecbf79ead3e579905c8917874662dbb1b516d2ab42f5a"
        + "1548bb81e295673bae4bd6857942513f168911ada9b02e00eb533eb79953db94b23f220c"
}

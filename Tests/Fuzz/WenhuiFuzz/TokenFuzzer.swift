import Cryptography
import RedemptionTokens

/// Signed tokens, presentations and lists, as bytes: what is accepted is written with the very same bytes.
enum TokenFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        let samples = TokenSamples()
        return samples.texts.compactMap { try? Base45.decode($0.utf8.dropFirst(4)) } + samples.lists
    }

    static func check(_ input: [UInt8]) {
        if let token = try? SignedClaims<OnlineToken>(input) {
            expect(token.bytes == input, "an online token has one form")
            expect((try? ScannedText(token.text)) == .online(token), "an online token's text is read")
        }
        if let token = try? SignedClaims<VoucherCredential>(input) {
            expect(token.bytes == input, "a credential has one form")
        }
        if let token = try? SignedClaims<Presentation>(input) {
            expect(token.bytes == input, "a presentation has one form")
        }
        if let shown = try? PresentedCredential(input) {
            expect(shown.bytes == input, "a presented credential has one form")
            expect((try? ScannedText(shown.text)) == .offline(shown), "a presented credential's text is read")
        }
        if let list = try? SignedClaims<KeyList>(input) {
            expect(list.bytes == input, "a key list has one form")
            for key in list.claims.keys {
                expect(list.claims.lookup(key.id) == key, "an ID finds its one key")
            }
        }
        if let list = try? SignedClaims<RevocationList>(input) {
            expect(list.bytes == input, "a revocation list has one form")
            expect(list.claims.credentials.allSatisfy(list.claims.covers), "a list covers what is on it")
        }
        if input.count <= 400 {
            expect((try? Base45.decode(Base45.encode(input).utf8)) == input, "base45 comes back")
        }
    }
}

/// What scanners and keyboards deliver.
///
/// Blanks do not count, and typed codes have several spellings. So here the value comes back: what is printed
/// is read as the same.
enum ScanFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        (TokenSamples().texts + ["0000 0123 4587 6543 2137", "https://example.com", "6901234567892"])
            .map { Array($0.utf8) }
    }

    static func check(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self), let scanned = try? ScannedText(text) else {
            return
        }
        let printed =
            switch scanned {
            case .online(let token): token.text
            case .offline(let shown): shown.text
            case .paper(let paper): paper.text
            case .typed(let code): code.description
            }
        expect((try? ScannedText(printed)) == scanned, "what was scanned is read as it was printed")
        if case .typed = scanned { return }
        expect(text.contains(printed), "a text has one form")
    }
}

/// One of everything, from fixed keys.
private struct TokenSamples {
    var texts: [String] = []
    var lists: [[UInt8]] = []

    init() {
        let seed = [UInt8](repeating: 1, count: 32)
        let now: Int64 = 1_780_000_000
        guard let issuing = Ed25519PrivateKey(seed: seed), let phone = P256PrivateKey(scalar: seed),
            let guomi = SM2PrivateKey(scalar: seed).map(TokenSigner.sm2),
            let voucher = VoucherReference(ledger: 370_782, number: 12_345)
        else { return }
        let (issuer, device) = (TokenSigner.ed25519(issuing), TokenSigner.es256(phone))
        let token = OnlineToken(voucher: voucher, id: TokenID(7), issuedAt: now)
        texts += [issuer, guomi].map { SignedClaims(signing: token, by: $0).text }
        if let credential = VoucherCredential(
            voucher: voucher, programme: 1, id: TokenID(8), device: DeviceKey(phone.publicKey), cap: 20_000,
            issuedAt: now, expiry: now + 86_400)
        {
            let presentation = Presentation(counter: 1, slot: TimeSlot(at: now), amount: 100, outlet: 2)
            texts.append(
                PresentedCredential(SignedClaims(signing: credential, by: issuer), presentation, by: device)
                    .text)
        }
        if let paper = PaperVoucher(voucher: voucher, serial: 42) { texts.append(paper.text) }
        if let active = ListedKey(issuer.publicKey, notBefore: 0, notAfter: now, status: .active),
            let revoked = ListedKey(
                device.publicKey, notBefore: 0, notAfter: now, status: .revoked(at: 5)),
            let next = ListedKey(guomi.publicKey, notBefore: 0, notAfter: now, status: .published),
            let list = KeyList(ledger: 370_782, sequence: 1, issuedAt: now, keys: [active, revoked, next])
        {
            lists.append(list.signed(by: issuer))
        }
        if let list = RevocationList(
            ledger: 370_782, sequence: 1, issuedAt: now, credentials: [TokenID(1), TokenID(2)], vouchers: [3])
        {
            lists.append(list.signed(by: issuer))
        }
    }
}

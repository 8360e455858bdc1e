import RedemptionTokens
import Testing

@Suite("What the verifier takes")
struct TokenVerifierTests {
    private let ledger: SampleLedger
    private let now = SampleLedger.now

    init() throws { ledger = try SampleLedger() }

    private func online(_ issuedAt: Int64 = SampleLedger.now) -> SignedClaims<OnlineToken> {
        SignedClaims(signing: ledger.online(issuedAt: issuedAt), by: ledger.issuer)
    }

    @Test("a good online token is taken, and says what must not happen twice")
    func goodOnline() throws {
        let token = online()
        let verified = try ledger.verifier().verify(online: token)
        #expect(verified.voucher == ledger.voucher)
        #expect(verified.keyID == TokenKeyID(of: ledger.issuer.publicKey))
        #expect(verified.replayKey == .online(ledger.voucher, token.claims.id))
        #expect(verified.rememberedUntil == now + 65)
        #expect(verified.sale == nil)
        // The ledger itself needs no revocation list.
        let alone = TokenVerifier(keys: try ledger.keys(), now: now)
        #expect(try alone.verify(online: token) == verified)
    }

    @Test("a good presentation is taken, and says what is sold")
    func goodPresentation() throws {
        let shown = try ledger.shown()
        let verified = try ledger.verifier().verify(presentation: shown, at: SampleLedger.outlet)
        #expect(verified.voucher == ledger.voucher)
        #expect(verified.replayKey == .offline(credential: shown.credential.claims.id, counter: 7))
        #expect(verified.rememberedUntil == shown.credential.claims.expiry + 5)
        let sale = try #require(verified.sale)
        #expect(sale.amount == 3_500)
        #expect(sale.outlet == SampleLedger.outlet)
        #expect(sale.cap == 20_000)
        #expect(sale.slot == TimeSlot(at: now))
    }

    @Test("an online token is good for a minute, and five seconds for the clocks")
    func onlineTimes() throws {
        let token = online()
        for (offset, refusal) in [
            (-6, .tokenTooEarly), (-5, nil), (0, nil), (60, nil), (64, nil), (65, .tokenExpired),
            (86_000, .tokenExpired),
        ] as [(Int64, TokenRefusal?)] {
            expect(refusal, "\(offset) s") {
                try ledger.verifier(now: now + offset).verify(online: token)
            }
        }
    }

    @Test("a credential is good from its issue to its expiry")
    func credentialTimes() throws {
        for (issuedAt, life, refusal) in [
            (now, 60, nil), (now + 5, 60, nil), (now + 6, 60, .credentialTooEarly), (now - 60, 60, nil),
            (now - 64, 60, nil), (now - 65, 60, .credentialExpired),
        ] as [(Int64, Int64, TokenRefusal?)] {
            let credential = SignedClaims(
                signing: try ledger.credential(issuedAt: issuedAt, life: life), by: ledger.issuer)
            let shown = PresentedCredential(credential, ledger.presentation(), by: ledger.device)
            expect(refusal, "issued at \(issuedAt - now) s") {
                try ledger.verifier().verify(presentation: shown, at: SampleLedger.outlet)
            }
        }
    }

    @Test("a presentation is good in its half minute, the one before and the next")
    func slots() throws {
        for (offset, refusal) in [
            (-60, .presentationExpired), (-30, nil), (0, nil), (30, nil), (60, .presentationTooEarly),
        ] as [(Int64, TokenRefusal?)] {
            let shown = try ledger.shown(ledger.presentation(at: now + offset))
            expect(refusal, "\(offset) s") {
                try ledger.verifier().verify(presentation: shown, at: SampleLedger.outlet)
            }
        }
    }

    @Test("an amount is positive and within both caps")
    func amounts() throws {
        for (amount, refusal) in [
            (0, .noAmount), (1, nil), (20_000, nil), (20_001, .overCap), (.max, .overCap),
        ] as [(UInt32, TokenRefusal?)] {
            let shown = try ledger.shown(ledger.presentation(amount: amount))
            expect(refusal, "\(amount) fen") {
                try ledger.verifier().verify(presentation: shown, at: SampleLedger.outlet)
            }
        }
        let shown = try ledger.shown(ledger.presentation(amount: 10_000))
        let strict = TokenPolicy(offlineCap: 9_999)
        expect(.overCap, "the till's own cap") {
            try ledger.verifier(policy: strict).verify(presentation: shown, at: SampleLedger.outlet)
        }
    }

    @Test("a key is good when it is active or retired, in its window")
    func keys() throws {
        let token = online()
        let cases: [(ListedKey, TokenRefusal?)] = [
            (try ledger.listed(status: .active), nil), (try ledger.listed(status: .retired), nil),
            (try ledger.listed(status: .published), .keyNotInUse),
            (try ledger.listed(status: .revoked(at: now - 5)), .keyRevoked),
            // Who has a stolen key can put any time into a token, so it matters not since when.
            (try ledger.listed(status: .revoked(at: now + 5_000)), .keyRevoked),
            (try ledger.listed(notBefore: now), nil), (try ledger.listed(notBefore: now + 1), .keyTooEarly),
            (try ledger.listed(notAfter: now + 1), nil), (try ledger.listed(notAfter: now), .keyExpired),
            (try ledger.listed(notAfter: now, status: .retired), .keyExpired),
            (try ledger.listed(try ed25519(30)), .keyUnknown),
        ]
        for (key, refusal) in cases {
            let list = try ledger.keys([key])
            expect(refusal, "\(key.status)") { try ledger.verifier(keys: list).verify(online: token) }
            let shown = try ledger.shown()
            guard key.notBefore < now - 3_600 else { continue }
            expect(refusal, "\(key.status), offline") {
                try ledger.verifier(keys: list).verify(presentation: shown, at: SampleLedger.outlet)
            }
        }
    }

    @Test("a credential that claims to be older than its key is refused, though the key is good now")
    func backdated() throws {
        let list = try ledger.keys([ledger.listed(notBefore: now - 3_599)])
        let shown = try ledger.shown()
        expect(.keyTooEarly, "issued a second before the key's window") {
            try ledger.verifier(keys: list).verify(presentation: shown, at: SampleLedger.outlet)
        }
    }

    @Test("lists are neither too old nor from the future")
    func listAges() throws {
        let (token, shown) = (online(), try ledger.shown())
        let policy = TokenPolicy(keyListAge: 1_000, revocationListAge: 100)
        for (age, refusal) in [
            (1_000, nil), (1_001, .keyListTooOld), (-5, nil), (-6, .listTooEarly),
        ] as [(Int64, TokenRefusal?)] {
            let verifier = try ledger.verifier(
                keys: ledger.keys(issuedAt: now - age), revocations: ledger.revocations(issuedAt: now),
                policy: policy)
            expect(refusal, "keys \(age) s old") { try verifier.verify(online: token) }
            expect(refusal, "keys \(age) s old") {
                try verifier.verify(presentation: shown, at: SampleLedger.outlet)
            }
        }
        for (age, refusal) in [
            (100, nil), (101, .revocationListTooOld), (-5, nil), (-6, .listTooEarly),
        ] as [(Int64, TokenRefusal?)] {
            let verifier = try ledger.verifier(
                keys: ledger.keys(issuedAt: now), revocations: ledger.revocations(issuedAt: now - age),
                policy: policy)
            expect(refusal, "revocations \(age) s old") {
                try verifier.verify(presentation: shown, at: SampleLedger.outlet)
            }
        }
        let without = TokenVerifier(keys: try ledger.keys(), now: now)
        expect(.revocationListMissing, "no revocations") {
            try without.verify(presentation: shown, at: SampleLedger.outlet)
        }
    }

    @Test("what is revoked is refused")
    func revocations() throws {
        let (token, shown) = (online(), try ledger.shown())
        let credential = try ledger.revocations(credentials: [shown.credential.claims.id.rawValue])
        let voucher = try ledger.revocations(vouchers: [ledger.voucher.number])
        expect(.credentialRevoked, "credential") {
            try ledger.verifier(revocations: credential).verify(
                presentation: shown, at: SampleLedger.outlet)
        }
        expect(.voucherRevoked, "voucher") {
            try ledger.verifier(revocations: voucher).verify(presentation: shown, at: SampleLedger.outlet)
        }
        expect(.voucherRevoked, "voucher, online") {
            try ledger.verifier(revocations: voucher).verify(online: token)
        }
        expect(nil, "another's credential, online") {
            try ledger.verifier(revocations: credential).verify(online: token)
        }
    }

    @Test(
        "every refusal has a code of its own and a sentence in both languages",
        arguments: TokenRefusal.allCases)
    func sentences(_ refusal: TokenRefusal) {
        #expect(TokenRefusal.allCases.filter { $0.code == refusal.code } == [refusal])
        #expect(refusal.code.split(separator: ".").count == 2)
        #expect(refusal.code.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x2e || $0 == 0x2d })
        #expect(refusal.english.hasSuffix("."))
        #expect(refusal.chinese.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) })
        #expect(TokenRefusal.allCases.filter { $0.english == refusal.english } == [refusal])
        #expect(TokenRefusal.allCases.filter { $0.chinese == refusal.chinese } == [refusal])
    }
}

/// Expects a refusal, or none.
func expect(
    _ refusal: TokenRefusal?, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> VerifiedToken
) {
    do {
        _ = try body()
        #expect(refusal == nil, "\(comment)", sourceLocation: sourceLocation)
    } catch {
        #expect(error as? TokenRefusal == refusal, "\(comment)", sourceLocation: sourceLocation)
    }
}

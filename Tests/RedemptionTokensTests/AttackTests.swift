import CBOR
import Cryptography
import RedemptionTokens
import Testing

@Suite("Attacks on tokens")
struct AttackTests {
    private let ledger: SampleLedger

    init() throws { ledger = try SampleLedger() }

    private var token: SignedClaims<OnlineToken> { token(of: ledger) }

    private func token(of ledger: SampleLedger) -> SignedClaims<OnlineToken> {
        SignedClaims(signing: ledger.online(), by: ledger.issuer)
    }

    private func verify(_ bytes: [UInt8], in ledger: SampleLedger? = nil) throws -> VerifiedToken {
        try (ledger ?? self.ledger).verifier().verify(online: SignedClaims(bytes))
    }

    private func verify(_ shown: PresentedCredential, in ledger: SampleLedger? = nil) throws -> VerifiedToken
    {
        try (ledger ?? self.ledger).verifier().verify(presentation: shown, at: SampleLedger.outlet)
    }

    @Test(
        "another algorithm in the header is refused, for the issuer and for the device",
        arguments: CryptographicProfile.allCases)
    func algorithmConfusion(_ profile: CryptographicProfile) throws {
        let ledger = try SampleLedger(profile)
        for other in TokenAlgorithm.allCases where other != ledger.issuer.publicKey.algorithm {
            expect(.algorithmMismatch, "\(other) in the issuer's place") {
                try verify(replacingAlgorithm(of: token(of: ledger).bytes, with: other), in: ledger)
            }
        }
        let shown = try ledger.shown()
        for other in TokenAlgorithm.allCases where other != .es256 {
            let presentation = try replacingAlgorithm(of: shown.presentation.bytes, with: other)
            let confused = PresentedCredential(
                credential: shown.credential, presentation: try SignedClaims(presentation))
            expect(.presentationAlgorithm, "\(other) in place of ES256") { try verify(confused, in: ledger) }
        }
    }

    @Test(
        "a key under the ID of another, of the same algorithm or of another, is refused",
        arguments: CryptographicProfile.allCases)
    func keyConfusion(_ profile: CryptographicProfile) throws {
        let ledger = try SampleLedger(profile)
        let issuer = ledger.issuer.publicKey
        let claims = ledger.online()
        expect(.signature, "another key of the algorithm under the issuer's ID") {
            let forged = SignedClaims(signing: claims, by: ledger.listKey, keyID: TokenKeyID(of: issuer))
            return try verify(forged.bytes, in: ledger)
        }
        // Keys of the other algorithms, also where all are listed and each signs under the other's ID.
        for other in try signers(9) where other.publicKey.algorithm != issuer.algorithm {
            let verifier = try ledger.verifier(keys: ledger.keys([ledger.listed(), ledger.listed(other)]))
            for (signer, named) in [(other, issuer), (ledger.issuer, other.publicKey)] {
                expect(.algorithmMismatch, "\(signer.publicKey.algorithm) for \(named.algorithm)") {
                    try verifier.verify(
                        online: SignedClaims(signing: claims, by: signer, keyID: TokenKeyID(of: named)))
                }
            }
            expect(nil, "\(other.publicKey.algorithm) under its own ID") {
                try verifier.verify(online: SignedClaims(signing: claims, by: other))
            }
        }
    }

    @Test("the bytes of one algorithm's key are no key of another, and no ID of it")
    func keysOfTwoAlgorithms() throws {
        for signer in try signers(9) {
            let key = signer.publicKey
            for algorithm in TokenAlgorithm.allCases where algorithm != key.algorithm {
                // Half of all abscissas are on a curve: the ID tells such a key from the real one.
                guard let confused = TokenPublicKey(algorithm, bytes: key.bytes) else { continue }
                #expect(confused != key)
                #expect(TokenKeyID(of: confused) != TokenKeyID(of: key))
                #expect(confused.verify(signer.signature(for: [1]), for: [1]) == .invalid)
            }
        }
    }

    @Test(
        "the list key and the device's key issue nothing, and neither do another profile's keys",
        arguments: CryptographicProfile.allCases)
    func foreignIssuers(_ profile: CryptographicProfile) throws {
        let ledger = try SampleLedger(profile)
        for signer in try [ledger.listKey, ledger.device] + signers(9) {
            expect(.keyUnknown, "\(signer.publicKey.algorithm)") {
                try verify(SignedClaims(signing: ledger.online(), by: signer).bytes, in: ledger)
            }
            let credential = SignedClaims(signing: try ledger.credential(cap: .max), by: signer)
            expect(.keyUnknown, "\(signer.publicKey.algorithm)") {
                try verify(
                    PresentedCredential(credential, ledger.presentation(), by: ledger.device), in: ledger)
            }
        }
        // Nor does the issuer present: it is not the device.
        let credential = SignedClaims(signing: try ledger.credential(), by: ledger.issuer)
        expect(.presentationAlgorithm, "the issuer as device") {
            try verify(PresentedCredential(credential, ledger.presentation(), by: ledger.issuer), in: ledger)
        }
    }

    @Test(
        "zeros and ones for r and s are no signature of an issuer or a device",
        arguments: CryptographicProfile.allCases)
    func zeroSignatures(_ profile: CryptographicProfile) throws {
        let ledger = try SampleLedger(profile)
        let shown = try ledger.shown()
        let (zero, one) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 31) + [1])
        for signature in [zero + zero, zero + one, one + zero, one + one] {
            let presentation = try SignedClaims<Presentation>(
                replacingSignature(of: shown.presentation.bytes, with: signature))
            expect(.presentationSignature, "device") {
                try verify(
                    PresentedCredential(credential: shown.credential, presentation: presentation), in: ledger)
            }
            expect(.signature, "issuer") {
                try verify(replacingSignature(of: token(of: ledger).bytes, with: signature), in: ledger)
            }
        }
    }

    @Test("the other form of an ECDSA signature is refused, and said to be")
    func highS() throws {
        let shown = try ledger.shown()
        let twin = try SignedClaims<Presentation>(
            replacingSignature(
                of: shown.presentation.bytes, with: upperTwin(of: shown.presentation.message.signature)))
        expect(.presentationForm, "device") {
            try verify(PresentedCredential(credential: shown.credential, presentation: twin))
        }
        let other = try p256(9)
        let verifier = try ledger.verifier(keys: ledger.keys([ledger.listed(other)]))
        let token = SignedClaims(signing: ledger.online(), by: other)
        let bytes = replacingSignature(of: token.bytes, with: upperTwin(of: token.message.signature))
        expect(.signatureForm, "issuer") { try verifier.verify(online: SignedClaims(bytes)) }
    }

    @Test("an online token with any bit changed is refused", arguments: CryptographicProfile.allCases)
    func flippedOnline(_ profile: CryptographicProfile) throws {
        let ledger = try SampleLedger(profile)
        let bytes = token(of: ledger).bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: (any Error).self, "bit \(bit) of byte \(index)") {
                    try verify(damaged, in: ledger)
                }
            }
        }
    }

    @Test("a presented credential with any bit changed is refused")
    func flippedPresentation() throws {
        let bytes = try ledger.shown().bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: (any Error).self, "bit \(bit) of byte \(index)") {
                    try verify(PresentedCredential(damaged))
                }
            }
        }
    }

    @Test("a presentation made for another outlet is refused")
    func otherOutlet() throws {
        let shown = try ledger.shown()
        expect(.otherOutlet, "replayed") {
            try ledger.verifier().verify(presentation: shown, at: SampleLedger.outlet + 1)
        }
    }

    @Test("a presentation with another credential is refused, be it of the same device or voucher")
    func otherCredential() throws {
        let shown = try ledger.shown()
        // A second credential of the same phone, with a higher cap.
        let second = SignedClaims(signing: try ledger.credential(id: 77, cap: .max), by: ledger.issuer)
        expect(.otherCredential, "same device") {
            try verify(PresentedCredential(credential: second, presentation: shown.presentation))
        }
        // Another phone presents this phone's credential.
        let thief = try p256(40)
        expect(.presentationSignature, "stolen") {
            try verify(PresentedCredential(shown.credential, ledger.presentation(), by: thief))
        }
        // Another phone's own credential, renamed in the presentation's header.
        let others = SignedClaims(signing: try ledger.credential(id: 78, device: thief), by: ledger.issuer)
        let renamed = SignedClaims(
            signing: ledger.presentation(), by: ledger.device, keyID: TokenKeyID(TokenID(78).rawValue))
        expect(.presentationSignature, "renamed") {
            try verify(PresentedCredential(credential: others, presentation: renamed))
        }
    }

    @Test("a voucher of another ledger is refused, though the key is this one's")
    func otherLedger() throws {
        let voucher = try #require(VoucherReference(ledger: 370_783, number: 1))
        let claims = OnlineToken(voucher: voucher, id: TokenID(1), issuedAt: SampleLedger.now)
        expect(.otherLedger, "370783") {
            try verify(SignedClaims(signing: claims, by: ledger.issuer).bytes)
        }
    }

    @Test(
        "a key list's signature is no token's, nor the other way, even by one key for both",
        arguments: CryptographicProfile.allCases)
    func contexts(_ profile: CryptographicProfile) throws {
        let ledger = try SampleLedger(profile)
        let bytes = try ledger.keys().signed(by: ledger.issuer)
        #expect(throws: TokenFormatError.self) { try SignedClaims<OnlineToken>(bytes) }
        #expect(throws: TokenFormatError.self) { try SignedClaims<VoucherCredential>(bytes) }
        #expect(throws: SignedListError.self) {
            try KeyList(opening: token(of: ledger).bytes, by: ledger.issuer.publicKey)
        }
    }

    @Test("one counter signed twice is two sales with one replay key")
    func doubleSpend() throws {
        let verifier = try ledger.verifier()
        let first = try verifier.verify(
            presentation: ledger.shown(ledger.presentation(amount: 100)), at: SampleLedger.outlet)
        let second = try verifier.verify(
            presentation: ledger.shown(ledger.presentation(amount: 200)), at: SampleLedger.outlet)
        #expect(first != second)
        #expect(first.replayKey == second.replayKey)
    }

    @Test(
        "one token in two texts or with a fresh signature has one replay key")
    func replay() throws {
        for other in [try p256(9), try sm2(9)] {
            let verifier = try ledger.verifier(keys: ledger.keys([ledger.listed(), ledger.listed(other)]))
            let first = SignedClaims(signing: ledger.online(), by: other)
            let second = SignedClaims(signing: ledger.online(), by: other)
            #expect(first.text != second.text)
            #expect(
                try verifier.verify(online: first).replayKey == verifier.verify(online: second).replayKey)
        }
    }

    private func replacingSignature(of bytes: [UInt8], with signature: [UInt8]) -> [UInt8] {
        bytes.dropLast(64) + signature
    }

    private func replacingAlgorithm(
        of bytes: [UInt8], with algorithm: TokenAlgorithm
    ) throws -> [UInt8] {
        guard case .tag(let tag, .array(var parts)) = CBORTree(bytes),
            case .embedded(.map(var header)) = parts[0]
        else { throw UnexpectedShape() }
        header[0].value = .number(major: 1, UInt64(-1 - algorithm.rawValue))
        parts[0] = .embedded(.map(header))
        return CBORTree.tag(tag, .array(parts)).bytes
    }
}

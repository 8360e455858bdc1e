import CBOR
import Cryptography
import RedemptionTokens
import Testing

@Suite("Attacks on tokens")
struct AttackTests {
    private let ledger: SampleLedger

    init() throws { ledger = try SampleLedger() }

    private var token: SignedClaims<OnlineToken> {
        SignedClaims(signing: ledger.online(), by: ledger.issuer)
    }

    private func verify(_ bytes: [UInt8]) throws -> VerifiedToken {
        try ledger.verifier().verify(online: SignedClaims(bytes))
    }

    private func verify(_ shown: PresentedCredential) throws -> VerifiedToken {
        try ledger.verifier().verify(presentation: shown, at: SampleLedger.outlet)
    }

    @Test("another algorithm in the header is refused, for the issuer and for the device")
    func algorithmConfusion() throws {
        expect(.algorithmMismatch, "ES256 in place of Ed25519") {
            try verify(try replacingAlgorithm(of: token.bytes, with: .es256))
        }
        let shown = try ledger.shown()
        let presentation = try replacingAlgorithm(of: shown.presentation.bytes, with: .ed25519)
        let confused = PresentedCredential(
            credential: shown.credential, presentation: try SignedClaims(presentation))
        expect(.presentationAlgorithm, "Ed25519 in place of ES256") { try verify(confused) }
    }

    @Test("a key under the ID of another, of the same algorithm or of another, is refused")
    func keyConfusion() throws {
        let issuerID = TokenKeyID(of: ledger.issuer.publicKey)
        let claims = ledger.online()
        expect(.signature, "another Ed25519 key under the issuer's ID") {
            try verify(SignedClaims(signing: claims, by: ledger.listKey, keyID: issuerID).bytes)
        }
        expect(.algorithmMismatch, "a P-256 key under the issuer's ID") {
            try verify(SignedClaims(signing: claims, by: ledger.device, keyID: issuerID).bytes)
        }
        // Both keys are listed, and each signs under the other's ID.
        let other = try p256(9)
        let list = try ledger.keys([ledger.listed(), ledger.listed(other)])
        let verifier = try ledger.verifier(keys: list)
        expect(.algorithmMismatch, "the issuer's key under the ID of a P-256 key") {
            try verifier.verify(
                online: SignedClaims(
                    signing: claims, by: ledger.issuer, keyID: TokenKeyID(of: other.publicKey)))
        }
        expect(nil, "the P-256 key under its own ID") {
            try verifier.verify(online: SignedClaims(signing: claims, by: other))
        }
    }

    @Test("the list key and the device's key issue nothing")
    func foreignIssuers() throws {
        for signer in [ledger.listKey, ledger.device] {
            expect(.keyUnknown, "\(signer.publicKey.algorithm)") {
                try verify(SignedClaims(signing: ledger.online(), by: signer).bytes)
            }
            let credential = SignedClaims(signing: try ledger.credential(cap: .max), by: signer)
            expect(.keyUnknown, "\(signer.publicKey.algorithm)") {
                try verify(PresentedCredential(credential, ledger.presentation(), by: ledger.device))
            }
        }
        // Nor does the issuer present: it is not the device.
        let credential = SignedClaims(signing: try ledger.credential(), by: ledger.issuer)
        expect(.presentationAlgorithm, "the issuer as device") {
            try verify(PresentedCredential(credential, ledger.presentation(), by: ledger.issuer))
        }
    }

    @Test("zeros and ones for r and s are no signature of an issuer or a device")
    func zeroSignatures() throws {
        let shown = try ledger.shown()
        let (zero, one) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 31) + [1])
        for signature in [zero + zero, zero + one, one + zero, one + one] {
            let presentation = try SignedClaims<Presentation>(
                replacingSignature(of: shown.presentation.bytes, with: signature))
            expect(.presentationSignature, "device") {
                try verify(
                    PresentedCredential(credential: shown.credential, presentation: presentation))
            }
            expect(.signature, "issuer") {
                try verify(replacingSignature(of: token.bytes, with: signature))
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

    @Test("an online token with any bit changed is refused")
    func flippedOnline() throws {
        let bytes = token.bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: (any Error).self, "bit \(bit) of byte \(index)") { try verify(damaged) }
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

    @Test("a key list's signature is no token's, nor the other way, even by one key for both")
    func contexts() throws {
        let bytes = try ledger.keys().signed(by: ledger.issuer)
        #expect(throws: TokenFormatError.self) { try SignedClaims<OnlineToken>(bytes) }
        #expect(throws: TokenFormatError.self) { try SignedClaims<VoucherCredential>(bytes) }
        #expect(throws: SignedListError.self) {
            try KeyList(opening: token.bytes, by: ledger.issuer.publicKey)
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

    @Test("one token in two texts or with a fresh signature has one replay key")
    func replay() throws {
        let other = try p256(9)
        let verifier = try ledger.verifier(keys: ledger.keys([ledger.listed(), ledger.listed(other)]))
        let first = SignedClaims(signing: ledger.online(), by: other)
        let second = SignedClaims(signing: ledger.online(), by: other)
        #expect(first.text != second.text)
        #expect(
            try verifier.verify(online: first).replayKey == verifier.verify(online: second).replayKey)
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

import CBOR
import Cryptography
import RedemptionTokens
import Testing

@Suite("Public keys for other programs")
struct KeyEncodingTests {
    @Test("a key of every algorithm comes back from its bytes in lists, and in no other form")
    func listed() throws {
        for signer in try signers(9) {
            let key = signer.publicKey
            #expect(TokenPublicKey(key.algorithm, bytes: key.bytes) == key)
            #expect(TokenPublicKey(key.algorithm, bytes: key.bytes + [0]) == nil)
            #expect(TokenPublicKey(key.algorithm, bytes: key.bytes.dropLast()) == nil)
            #expect(TokenPublicKey(key.algorithm, bytes: []) == nil)
        }
        guard case .sm2(let key) = try sm2(9).publicKey else { throw UnexpectedShape() }
        #expect(TokenPublicKey(.sm2, bytes: key.bytes) == nil, "an uncompressed point is not what lists hold")
    }

    @Test("the algorithm of SM2 is a number for private use, and its tokens have 120 bytes")
    func sm2Token() throws {
        #expect(TokenAlgorithm.sm2.rawValue < -65_536)
        let ledger = try SampleLedger(.guomi)
        let token = SignedClaims(signing: ledger.online(), by: ledger.issuer)
        #expect(token.bytes.count == 120)
        #expect(token.message.algorithm == .sm2)
        #expect(try ScannedText(token.text) == .online(token))
        let verified = try ledger.verifier().verify(online: token)
        #expect(verified.keyID == TokenKeyID(of: ledger.issuer.publicKey))
        let key = ledger.issuer.publicKey
        #expect(TokenKeyID(of: key).rawValue == SHA256Digest(of: [0x3a, 0, 2, 7, 0x35] + key.bytes).words.0)
    }

    @Test("the lines of a PEM have at most 64 characters and hold the key")
    func pem() throws {
        for signer in try signers(9) {
            let lines = signer.publicKey.pem.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.first == "-----BEGIN PUBLIC KEY-----")
            #expect(lines.suffix(2) == ["-----END PUBLIC KEY-----", ""])
            let body = lines.dropFirst().dropLast(2)
            #expect(body.allSatisfy { (1...64).contains($0.utf8.count) })
            let encoded = try #require([UInt8](base64: body.joined().utf8))
            #expect(encoded == signer.publicKey.subjectPublicKeyInfo)
            #expect(Int(encoded[1]) == encoded.count - 2, "the length of the sequence")
        }
    }

    @Test("a COSE key is deterministic CBOR with the key's ID and algorithm")
    func coseKey() throws {
        for signer in try signers(9) {
            let key = signer.publicKey
            let bytes = key.coseKey(id: TokenKeyID(of: key))
            #expect(CBORTree(bytes).bytes == bytes)
            guard case .map(let entries) = CBORTree(bytes) else { throw UnexpectedShape() }
            #expect(entries.count == (key.algorithm == .ed25519 ? 5 : 6))
        }
        let key = try ed25519(1).publicKey
        #expect(
            key.coseKey(id: TokenKeyID(1)).hexadecimal
                == "a501010248000000000000000103322006215820" + key.bytes.hexadecimal)
    }
}

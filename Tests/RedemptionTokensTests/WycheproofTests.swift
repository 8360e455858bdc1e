import Cryptography
import RedemptionTokens
import Testing

@Suite(
    "Signatures against Wycheproof's vectors", .enabled(if: VectorFolder.exists, "the vectors are not here"))
struct WycheproofTests {
    private struct Vectors: Decodable {
        let numberOfTests: Int
        let testGroups: [Group]
    }

    private struct Group: Decodable {
        let publicKey: Key
        let tests: [Case]
    }

    private struct Key: Decodable {
        let pk: String?
        let uncompressed: String?
    }

    private struct Case: Decodable {
        let tcId: Int
        let comment: String
        let msg: String
        let sig: String
        let result: String
    }

    @Test("every P-256 signature r‖s is accepted or refused as Wycheproof expects")
    func p256() throws {
        let vectors = try VectorFolder.read(
            Vectors.self, from: "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json")
        var count = 0
        for group in vectors.testGroups {
            let point = bytes(hexadecimal: try #require(group.publicKey.uncompressed))
            let key = try #require(P256PublicKey(x963: point))
            #expect(key.x963 == point)
            #expect(P256PublicKey(compressed: key.compressed) == key)
            for test in group.tests {
                let (signature, message) = (bytes(hexadecimal: test.sig), bytes(hexadecimal: test.msg))
                let isValid = key.isValid(signature, for: message)
                #expect(isValid == (test.result == "valid"), "case \(test.tcId): \(test.comment)")
                // As a token's key, it takes the lower s only.
                let verdict = TokenPublicKey.es256(key).verify(signature, for: message)
                let form: SignatureVerdict = P256PublicKey.isLowS(signature) ? .valid : .highS
                #expect(verdict == (isValid ? form : .invalid), "case \(test.tcId): \(test.comment)")
                count += 1
            }
        }
        #expect(count == vectors.numberOfTests)
    }

    @Test("every Ed25519 signature is accepted or refused as Wycheproof expects")
    func ed25519() throws {
        let vectors = try VectorFolder.read(Vectors.self, from: "wycheproof/ed25519_test.json")
        var count = 0
        for group in vectors.testGroups {
            let pk = bytes(hexadecimal: try #require(group.publicKey.pk))
            let key = try #require(TokenPublicKey(.ed25519, bytes: pk))
            for test in group.tests {
                let verdict = key.verify(bytes(hexadecimal: test.sig), for: bytes(hexadecimal: test.msg))
                #expect(
                    verdict == (test.result == "valid" ? .valid : .invalid),
                    "case \(test.tcId): \(test.comment)")
                count += 1
            }
        }
        #expect(count == vectors.numberOfTests)
    }
}

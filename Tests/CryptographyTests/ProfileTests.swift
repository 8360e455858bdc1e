import Cryptography
import Testing

@Suite("Profiles")
struct ProfileTests {
    private static let key = SecretKey(bytes: [UInt8](1...32))

    @Test("what one profile sealed the other does not open", arguments: CryptographicProfile.allCases)
    func sealing(_ profile: CryptographicProfile) throws {
        let key = SecretKey.random()
        let sealed = try Sealer(key: key, profile: profile).seal([1, 2], context: [3])
        for other in CryptographicProfile.allCases where other != profile {
            #expect(throws: SealError.cannotOpen) {
                try Sealer(key: key, profile: other).open(sealed, context: [3])
            }
        }
        #expect(try Sealer(key: key, profile: profile).open(sealed, context: [3]) == [1, 2])
    }

    @Test("a MAC is the profile's HMAC over the domain and the message, and no other profile's")
    func authentication() throws {
        let key = try #require(Self.key)
        let domains: [MessageAuthenticator.Domain] = [.identity, .pseudonym, .typedCode]
        for profile in CryptographicProfile.allCases {
            let authenticator = MessageAuthenticator(key: key, profile: profile)
            for domain in domains {
                let code = authenticator.code([7, 8], domain: domain)
                #expect(code.count == 32)
                #expect(authenticator.isValid(code, for: [7, 8], domain: domain))
                #expect(!authenticator.isValid(code, for: [7, 9], domain: domain))
                #expect(!authenticator.isValid(Array(code.dropLast()), for: [7, 8], domain: domain))
                for other in domains where other != domain {
                    #expect(!authenticator.isValid(code, for: [7, 8], domain: other))
                }
                for other in CryptographicProfile.allCases where other != profile {
                    let foreign = MessageAuthenticator(key: key, profile: other)
                    #expect(!foreign.isValid(code, for: [7, 8], domain: domain))
                }
            }
        }
        let guomi = MessageAuthenticator(key: key, profile: .guomi).code([7, 8], domain: .identity)
        #expect(guomi == HMACSM3(key: key.bytes).code([3, 7, 8]))
    }

    @Test("the international profile's MACs and keys are what they were before there was another")
    func international() throws {
        let key = try #require(Self.key)
        // From Python: hmac.digest(bytes(range(1, 33)), bytes([3, 7, 8]), "sha256").
        #expect(
            MessageAuthenticator(key: key).code([7, 8], domain: .identity).hexadecimal
                == "b3ccb180cd81aa3a2a26ae886237ac3e5a85d65199d5ebf515c2c1a7c3e04a37")
        #expect(
            key.derived(for: "sealing", profile: .international).bytes == key.derived(for: "sealing").bytes)
        #expect(key.derived(for: "sealing", profile: .guomi).bytes != key.derived(for: "sealing").bytes)
        #expect(CryptographicProfile.international.digest(of: [1]) == SHA256Digest.of([1]))
        #expect(CryptographicProfile.guomi.digest(of: [1]) == SM3Digest.of([1]))
    }

    @Test("an SM2 key follows from a secret, the same each time, and from another secret another")
    func derivedKeys() throws {
        let key = try #require(Self.key)
        let first = SM2PrivateKey(derivedFrom: key)
        #expect(first.scalar == SM2PrivateKey(derivedFrom: key).scalar)
        #expect(first.scalar == key.derivedWithSM3(for: "SM2 0").bytes)
        #expect(first.publicKey.isValid(first.signature(for: [1]), for: [1]))
        #expect(SM2PrivateKey(derivedFrom: key.derivedWithSM3(for: "another")).scalar != first.scalar)
    }

    @Test("where one spelling counts, a point is read in its 33 bytes only")
    func compressed() throws {
        let key = SM2PrivateKey(derivedFrom: try #require(Self.key)).publicKey
        #expect(SM2PublicKey(compressed: key.compressed) == key)
        #expect(SM2PublicKey(compressed: key.bytes) == nil)
        #expect(SM2PublicKey(compressed: []) == nil)
        #expect(SM2PublicKey(compressed: [4] + key.compressed.dropFirst()) == nil)
        #expect(SM2PublicKey(compressed: [2] + [UInt8](repeating: 0xff, count: 32)) == nil)
    }
}

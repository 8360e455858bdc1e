import Cryptography
import Testing

@Suite("Sealing with SM4 and HMAC-SM3")
struct SM4SealerTests {
    private let key = SecretKey.random()
    private let context = Array("370782/resident".utf8)

    @Test("what was sealed opens again, whatever its length", arguments: [0, 1, 15, 16, 17, 100, 10_000])
    func roundTrip(_ size: Int) throws {
        let plain = SecureRandom.bytes(size)
        let sealer = SM4Sealer(key: key)
        let sealed = try sealer.seal(plain, context: context)
        #expect(sealed.count == size + 48)
        #expect(try sealer.open(sealed, context: context) == plain)
        #expect(try SM4Sealer(key: key).open(sealed, context: context) == plain)
        #expect(try sealer.seal(plain, context: context) != sealed, "the first counter is new each time")
    }

    @Test("no changed bit, missing byte or added byte opens")
    func tampering() throws {
        let sealer = SM4Sealer(key: key)
        let sealed = try sealer.seal(Array("张三 370782199001011234".utf8), context: context)
        for place in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[place] ^= 1 << bit
                #expect(throws: SealError.cannotOpen) { try sealer.open(changed, context: context) }
            }
            #expect(throws: SealError.cannotOpen) {
                try sealer.open(Array(sealed[..<place]), context: context)
            }
        }
        #expect(throws: SealError.cannotOpen) { try sealer.open(sealed + [0], context: context) }
        #expect(throws: SealError.cannotOpen) { try sealer.open([0] + sealed, context: context) }
    }

    @Test("another key and another context do not open")
    func otherKeyAndContext() throws {
        let sealer = SM4Sealer(key: key)
        let sealed = try sealer.seal([1, 2, 3], context: context)
        #expect(throws: SealError.cannotOpen) { try SM4Sealer(key: .random()).open(sealed, context: context) }
        #expect(throws: SealError.cannotOpen) { try sealer.open(sealed, context: []) }
        #expect(throws: SealError.cannotOpen) { try sealer.open(sealed, context: context + [0]) }
    }

    @Test("no byte moves between the context and what is sealed")
    func boundary() throws {
        let sealer = SM4Sealer(key: key)
        let sealed = try sealer.seal([1, 2, 3], context: [7, 8])
        #expect(throws: SealError.cannotOpen) { try sealer.open([8] + sealed, context: [7]) }
        #expect(throws: SealError.cannotOpen) {
            try sealer.open(Array(sealed.dropFirst()), context: [7, 8, sealed[0]])
        }
    }

    @Test("AES-GCM and SM4 do not open each other's")
    func profiles() throws {
        let (sm4, aes) = (SM4Sealer(key: key), Sealer(key: key))
        #expect(throws: SealError.cannotOpen) { try aes.open(try sm4.seal([1], context: []), context: []) }
        #expect(throws: SealError.cannotOpen) { try sm4.open(try aes.seal([1], context: []), context: []) }
    }

    @Test(
        "keys are derived as the openssl command derives them with HKDF",
        .enabled(if: OpenSSLCommand.isHere, "no openssl command"), arguments: ["SM4-CTR", "HMAC-SM3", "另一"])
    func derivation(_ use: String) throws {
        let arguments = [
            "kdf", "-keylen", "32", "-binary", "-kdfopt", "digest:SM3", "-kdfopt",
            "hexkey:\(key.bytes.hexadecimal)",
            "-kdfopt", "hexinfo:\(Array(use.utf8).hexadecimal)", "HKDF",
        ]
        #expect(try OpenSSLCommand().run(arguments) == key.derivedWithSM3(for: use).bytes)
        #expect(key.derivedWithSM3(for: use).bytes != key.derived(for: use).bytes)
    }
}

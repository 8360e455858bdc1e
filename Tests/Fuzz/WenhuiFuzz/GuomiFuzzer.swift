import Cryptography

/// Points and signatures of SM2: a key has two spellings, and one of them is printed as it was read.
enum SM2Fuzzer: ParserFuzzer {
    private static let key = SM2PrivateKey(derivedFrom: GuomiSamples.secret)
    private static let message = Array("文惠券".utf8)

    static func seeds() throws -> [[UInt8]] {
        let point = key.publicKey
        return [
            point.bytes, point.compressed, point.compressed + key.signature(for: message),
            point.compressed.dropLast() + [0], [4] + [UInt8](repeating: 0, count: 64),
        ]
    }

    static func check(_ input: [UInt8]) {
        if let key = SM2PublicKey(bytes: input) {
            expect(input == key.bytes || input == key.compressed, "a point has two forms")
            expect(SM2PublicKey(bytes: key.bytes) == key, "a point is read as it was printed")
            expect(SM2PublicKey(compressed: key.compressed) == key, "and compressed too")
            expect(
                (SM2PublicKey(compressed: input) == key) == (input.count == 33), "one form where one counts")
        }
        guard let other = SM2PublicKey(compressed: Array(input.prefix(33))) else { return }
        let signature = Array(input.dropFirst(33))
        let isValid = other.isValid(signature, for: message)
        expect(!isValid || signature.count == 64, "a signature has 64 bytes")
        // Nobody can make this key sign anything else.
        expect(!isValid || !other.isValid(signature, for: message + [0]), "a signature is of one message")
    }
}

/// What SM4 sealed: nothing opens but what was sealed.
enum SealedFuzzer: ParserFuzzer {
    private static let sealer = SM4Sealer(key: GuomiSamples.secret)
    private static let context = Array("370782".utf8)
    /// What has been sealed under this key; the seeds of an earlier run are of these too.
    private static let plain: [[UInt8]] = [[], [1], [UInt8](repeating: 7, count: 40)]

    static func seeds() throws -> [[UInt8]] {
        try plain.map { try sealer.seal($0, context: context) } + [[], [UInt8](repeating: 0, count: 48)]
    }

    static func check(_ input: [UInt8]) {
        if let opened = try? sealer.open(input, context: context) {
            expect(plain.contains(opened), "only what was sealed is opened")
            expect(opened.count == input.count - 48, "a counter and a MAC come with it")
            expect((try? sealer.open(input, context: context + [0])) == nil, "only in its context")
        }
        guard input.count <= 4096, let sealed = try? sealer.seal(input, context: context) else { return }
        expect((try? sealer.open(sealed, context: context)) == input, "what is sealed comes back")
    }
}

private enum GuomiSamples {
    /// The same in every run.
    static let secret: SecretKey = {
        guard let secret = SecretKey(bytes: [UInt8](1...32)) else {
            preconditionFailure("32 bytes are a key")
        }
        return secret
    }()
}

import Cryptography
import Foundation
import Testing

@Suite("Ed25519 (RFC 8032)")
struct RFC8032Tests {
    private struct Published: Decodable {
        struct Example: Decodable {
            var secret: String
            var `public`: String
            var message: String
            var signature: String
        }
        var examples: [Example]
    }

    @Test("the examples of section 7.1 are verified, and any signature of ours for them too")
    func examples() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "Fixtures/rfc/rfc8032-section-7.1.json"))
        let examples = try JSONDecoder().decode(Published.self, from: data).examples
        #expect(examples.count == 3)
        for example in examples {
            let secret = try #require([UInt8](hexadecimal: example.secret))
            let message = [UInt8](hexadecimal: example.message) ?? []
            let signature = try #require([UInt8](hexadecimal: example.signature))
            let key = try #require(Ed25519PrivateKey(seed: secret))
            #expect(key.publicKey.bytes.hexadecimal == example.public)
            #expect(key.publicKey.isValid(signature, for: message))
            #expect(!key.publicKey.isValid(signature, for: message + [0]))
            #expect(key.publicKey.isValid(key.signature(for: message), for: message))
        }
    }
}

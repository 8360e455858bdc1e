import Cryptography
import Foundation
import RedemptionTokens
import Testing

@Suite("COSE_Sign1 against the COSE working group's examples")
struct COSEVectorTests {
    private struct Vector: Decodable {
        var fail: Bool?
        var input: Input
        var intermediates: Intermediates?
        var output: Output
    }

    private struct Input: Decodable {
        var sign0: Sign?
    }

    private struct Sign: Decodable {
        var key: Key
        var external: String?
    }

    private struct Key: Decodable {
        var crv: String
        var x: String?
        var y: String?
        var xHex: String?
        var yHex: String?

        enum CodingKeys: String, CodingKey {
            case crv, x, y
            case xHex = "x_hex"
            case yHex = "y_hex"
        }
    }

    private struct Intermediates: Decodable {
        var signed: String?

        enum CodingKeys: String, CodingKey {
            case signed = "ToBeSign_hex"
        }
    }

    private struct Output: Decodable {
        var cbor: String
    }

    private static let files = VectorFolder.files(in: "cose")

    @Test("all of the examples are here", .enabled(if: VectorFolder.exists, "the vectors are not here"))
    func count() {
        #expect(COSEVectorTests.files.count == 18)
    }

    @Test(
        "an example is accepted or refused as it says, and never taken for a token of ours",
        .enabled(if: VectorFolder.exists, "the vectors are not here"), arguments: files)
    func example(_ file: String) throws {
        let vector = try VectorFolder.read(Vector.self, from: file)
        let message = bytes(hexadecimal: vector.output.cbor)
        // None has a key ID of eight bytes in its protected header.
        #expect(throws: COSESign1Error.self) { try COSESign1(message) }
        guard let sign = vector.input.sign0, sign.key.crv != "Ed448" else {
            // Another structure (COSE_Sign, Mac0, Encrypt0), or a curve that we do not have.
            if vector.input.sign0 == nil { #expect(GenericSign1(message) == nil) }
            return
        }
        guard let parsed = GenericSign1(message) else {
            #expect(vector.fail == true)
            return
        }
        let external = bytes(hexadecimal: sign.external ?? "")
        let isValid: Bool
        let x = sign.key.xHex.map(bytes(hexadecimal:)) ?? decoded(base64URL: sign.key.x ?? "")
        if sign.key.crv == "Ed25519" {
            let key = try #require(Ed25519PublicKey(bytes: x))
            isValid = parsed.isValid(ed25519: key, external: external)
        } else {
            #expect(sign.key.crv == "P-256")
            let y = sign.key.yHex.map(bytes(hexadecimal:)) ?? decoded(base64URL: sign.key.y ?? "")
            let key = try #require(P256PublicKey(x963: [4] + x + y))
            isValid = parsed.isValid(p256: key, external: external)
        }
        #expect(isValid == (vector.fail != true))
        if isValid, let expected = vector.intermediates?.signed {
            #expect(parsed.signedBytes(external: external) == bytes(hexadecimal: expected))
        }
    }

    private struct Published: Decodable {
        struct Example: Decodable {
            var x: String
            var y: String
            /// The bytes of the unprotected header, which nobody signs: from, to before.
            var unsigned: [Int]
            var message: String
        }
        var examples: [Example]
    }

    @Test("the examples of RFC 8392 A.3 and RFC 9052 C.2.1 are verified, whatever folder is here")
    func published() throws {
        let examples = try RFCExamples.read(Published.self, from: "cose-sign1").examples
        #expect(examples.count == 2)
        for example in examples {
            let key = try #require(P256PublicKey(x963: [4] + bytes(hexadecimal: example.x + example.y)))
            let message = bytes(hexadecimal: example.message)
            let parsed = try #require(GenericSign1(message))
            #expect(parsed.isValid(p256: key))
            for index in message.indices {
                var damaged = message
                damaged[index] ^= 1
                // What is outside of the signature: tag and unprotected header.
                let isUnsigned =
                    index == 0 || (example.unsigned[0]..<example.unsigned[1]).contains(index)
                if !isUnsigned { #expect(GenericSign1(damaged)?.isValid(p256: key) != true, "byte \(index)") }
            }
        }
    }

    private func decoded(base64URL text: String) -> [UInt8] {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return [UInt8](base64: (standard + padding).utf8) ?? []
    }
}

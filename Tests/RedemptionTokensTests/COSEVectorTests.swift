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

    @Test("the examples of RFC 8392 A.3 and RFC 9052 C.2.1 are verified, whatever folder is here")
    func published() throws {
        for (x, y, text) in PublishedMessages.all {
            let key = try #require(P256PublicKey(x963: [4] + bytes(hexadecimal: x + y)))
            let message = bytes(hexadecimal: text)
            let parsed = try #require(GenericSign1(message))
            #expect(parsed.isValid(p256: key))
            for index in message.indices {
                var damaged = message
                damaged[index] ^= 1
                // What is outside of the signature: tag and unprotected header.
                let isUnsigned = index == 0 || PublishedMessages.unsigned(text, index)
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

/// Messages from RFCs with the keys that signed them.
private enum PublishedMessages {
    /// RFC 8392 A.3, and RFC 9052 C.2.1: abscissa, ordinate, message.
    static let all = [
        (
            "143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f",
            "60f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9",
            "d28443a10126a05850a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a"
                + "2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b7158405427c1ff"
                + "28d23fbad1f29c4c7c6a555e601d6fa29f9179bc3d7438bacaca5acd08c8d4d4f96131680c429a01f85951ecee743a"
                + "52b9b63632c57209120e1c9e30"
        ),
        (
            "bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff",
            "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e",
            "d28443a10126a10442313154546869732069732074686520636f6e74656e742e58408eb33e4ca31d1c465ab05aac34cc"
                + "6b23d58fef5c083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345"
                + "cacb36"
        ),
    ]

    /// Whether a byte is in the unprotected header, which nobody signs.
    static func unsigned(_ text: String, _ index: Int) -> Bool {
        text.hasPrefix("d28443a10126a1") ? (6..<11).contains(index) : index == 6
    }
}

import Cryptography
import Testing

@Suite("Base64 in its canonical form (RFC 4648)")
struct Base64Tests {
    @Test(
        "text is written and read as in the RFC's test vectors",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ plain: String, _ encoded: String) {
        #expect(utf8(plain).base64 == encoded)
        #expect([UInt8](base64: encoded.utf8) == utf8(plain))
    }

    @Test("every pair of bytes comes back, at every place of a group")
    func roundTrips() {
        for first in UInt8.min...UInt8.max {
            for bytes in [[first], [first, 255 - first], [7, first, first], [first, 0, 255, first]] {
                #expect([UInt8](base64: bytes.base64.utf8) == bytes)
            }
        }
    }

    @Test(
        "anything that would be printed otherwise is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Zm9v=", "====", "A===", "=Zg=", "Z=g=",
            "Zg==Zg==",
            "Zm9v\n", "Zm 9v", "Zm9_", "Zm9-", "Zm9v====", "Zm9vé", "\u{0}AAA",
        ])
    func strictness(_ text: String) {
        #expect([UInt8](base64: text.utf8) == nil)
    }
}

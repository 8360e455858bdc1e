import Cryptography
import Testing

@Suite("SM3 (GB/T 32905)")
struct SM3DigestTests {
    @Test(
        "the standard's two examples and the empty message have the digests it prints",
        arguments: [
            ("", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
            ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            (
                String(repeating: "abcd", count: 16),
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
            ),
        ])
    func examples(_ message: String, _ digest: String) {
        #expect(SM3Digest.of(Array(message.utf8)).hexadecimal == digest)
    }

    @Test("every thread gets the same digest")
    func threads() async {
        let message = SecureRandom.bytes(1000)
        let expected = SM3Digest.of(message)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<1000).allSatisfy { _ in SM3Digest.of(message) == expected } }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}

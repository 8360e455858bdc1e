import Cryptography
import Testing

@Suite("Passwords and their second factor")
struct PasswordTests {
    @Test(
        "scrypt gives the vectors of RFC 7914 §12",
        arguments: [
            ("", "", 4, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"),
            (
                "password", "NaCl", 10, 8, 16,
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
            ),
            (
                "pleaseletmein", "SodiumChloride", 14, 8, 1,
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            ),
        ])
    func scrypt(
        _ password: String, _ salt: String, _ cost: Int, _ block: Int, _ parallel: Int, _ half: String
    ) {
        let key = Scrypt(logCost: cost, blockSize: block, parallelism: parallel)
            .key(Array(password.utf8), salt: Array(salt.utf8), byteCount: 64)
        #expect(key?.prefix(32).map { $0 } == [UInt8](hexadecimal: half))
    }

    @Test("A password is known again, another is not, and what is kept says how it was made")
    func kept() {
        let cost = Scrypt(logCost: 10, blockSize: 8, parallelism: 1)
        let hash = PasswordHash("正确的密码 horse", cost: cost)
        #expect(hash.text.hasPrefix("$scrypt$ln=10,r=8,p=1$"))
        #expect(hash.isOf("正确的密码 horse"))
        #expect(!hash.isOf("正确的密码 Horse"))
        #expect(!hash.isOf(""))
        #expect(PasswordHash("正确的密码 horse", cost: cost) != hash)
        #expect(!PasswordHash(text: "$scrypt$ln=99,r=8,p=1$00$00").isOf(""))
        #expect(!PasswordHash(text: "").isOf(""))
    }

    @Test(
        "One-time codes are those of RFC 6238 Appendix B",
        arguments: [
            (Int64(59), "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ])
    func codes(seconds: Int64, code: String) {
        let password = OneTimePassword(secret: Array("12345678901234567890".utf8))
        #expect(password.code(step: seconds / 30, digits: 8) == code)
    }

    @Test("A code is taken a step early or late, once, and never again")
    func once() {
        let password = OneTimePassword(secret: Array("12345678901234567890".utf8))
        let code = password.code(step: 100)
        #expect(password.step(of: code, at: 3_000, after: 0) == 100)
        #expect(password.step(of: code, at: 2_970, after: 0) == 100)
        #expect(password.step(of: code, at: 3_030, after: 0) == 100)
        #expect(password.step(of: code, at: 3_060, after: 0) == nil)
        #expect(password.step(of: code, at: 3_000, after: 100) == nil)
        #expect(password.step(of: "", at: 3_000, after: 0) == nil)
    }

    @Test(
        "A secret is written as RFC 4648 §10 writes it",
        arguments: [
            ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func base32(text: String, encoded: String) {
        #expect(OneTimePassword(secret: Array(text.utf8)).text == encoded)
    }
}

import Cryptography
import Testing

@Suite("SM2 against the openssl command", .enabled(if: OpenSSLCommand.isHere, "no openssl command"))
struct SM2CommandTests {
    private let key = SM2PrivateKey.random()
    private let message = Array("文惠券".utf8)
    private let usual = "1234567812345678"

    @Test("the command accepts what we sign")
    func ours() throws {
        let command = try folder()
        for _ in 0..<5 {
            try command.write(der(key.signature(for: message)), to: "signature")
            #expect(try accepts(command, id: usual))
        }
        #expect(try !accepts(command, id: "8765432187654321"))
        try command.write(message + [0], to: "message")
        #expect(try !accepts(command, id: usual))
    }

    @Test("we accept what the command signs, with the usual id and no other")
    func theirs() throws {
        let command = try folder()
        for _ in 0..<5 {
            #expect(key.publicKey.isValid(try signed(command, id: usual), for: message))
        }
        #expect(!key.publicKey.isValid(try signed(command, id: "8765432187654321"), for: message))
        #expect(!key.publicKey.isValid(try signed(command, id: usual + "0"), for: message))
        #expect(!key.publicKey.isValid(try signed(command, id: nil), for: message))
    }

    /// A folder with the message and, as an ECPrivateKey (RFC 5915), the key.
    private func folder() throws -> OpenSSLCommand {
        let command = try OpenSSLCommand()
        try command.write(message, to: "message")
        let curve = try bytes("a00a06082a811ccf5501822d")
        let encoded =
            try bytes("3077020101 0420") + key.scalar + curve + bytes("a144034200") + key.publicKey.bytes
        try command.write(encoded, to: "key")
        return command
    }

    private func arguments(_ verb: String, id: String?) -> [String] {
        ["pkeyutl", verb, "-rawin", "-digest", "sm3", "-inkey", "key", "-keyform", "DER", "-in", "message"]
            + (id.map { ["-pkeyopt", "distid:\($0)"] } ?? [])
    }

    private func accepts(_ command: borrowing OpenSSLCommand, id: String) throws -> Bool {
        try command.run(arguments("-verify", id: id) + ["-sigfile", "signature"]) != nil
    }

    private func signed(_ command: borrowing OpenSSLCommand, id: String?) throws -> [UInt8] {
        try raw(try #require(try command.run(arguments("-sign", id: id))))
    }

    /// The 64 bytes of a signature as two integers in DER, as the command reads it.
    private func der(_ signature: [UInt8]) -> [UInt8] {
        let numbers = [signature[..<32], signature[32...]].flatMap { number in
            let digits = number.drop { $0 == 0 }
            let signed = (digits.first ?? 0) < 128 ? Array(digits) : [0] + digits
            return [2, UInt8(signed.count)] + signed
        }
        return [0x30, UInt8(numbers.count)] + numbers
    }

    /// The 64 bytes of what the command signed.
    private func raw(_ encoded: [UInt8]) throws -> [UInt8] {
        var rest = encoded.dropFirst(2)
        var signature: [UInt8] = []
        for _ in 0..<2 {
            let count = Int(try #require(rest.dropFirst().first))
            let digits = rest.dropFirst(2).prefix(count).drop { $0 == 0 }
            signature += [UInt8](repeating: 0, count: 32 - digits.count) + digits
            rest = rest.dropFirst(2 + count)
        }
        return signature
    }
}

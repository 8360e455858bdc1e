import Cryptography
import Testing

@Suite("SM4 in counter mode (GB/T 32907)")
struct SM4Tests {
    @Test("the standard's example block is what the first counter becomes")
    func example() throws {
        let key = try bytes("0123456789abcdeffedcba9876543210")
        let stream = SM4CounterMode.apply([UInt8](repeating: 0, count: 16), key: key, counter: key)
        #expect(stream.hexadecimal == "681edf34d206965e86b3e94f536e4246")
    }

    @Test(
        "the openssl command encrypts to the same bytes, and the same function decrypts them",
        .enabled(if: OpenSSLCommand.isHere, "no openssl command"),
        arguments: [0, 1, 15, 16, 17, 1000, 100_000])
    func command(_ size: Int) throws {
        let (key, plain) = (SecureRandom.bytes(16), SecureRandom.bytes(size))
        // The counter carries through all of its bytes.
        let counter = [UInt8](repeating: 255, count: 16)
        let encrypted = SM4CounterMode.apply(plain, key: key, counter: counter)
        let command = try OpenSSLCommand()
        try command.write(plain, to: "plain")
        let arguments = [
            "enc", "-sm4-ctr", "-K", key.hexadecimal, "-iv", counter.hexadecimal, "-in", "plain",
        ]
        #expect(try command.run(arguments) == encrypted)
        #expect(SM4CounterMode.apply(encrypted, key: key, counter: counter) == plain)
    }
}

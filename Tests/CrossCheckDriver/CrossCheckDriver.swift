import Cryptography
import QRCodes

/// Does what a cross-check asks for: reads lines of a verb and hexadecimal words, and answers each with a line.
///
/// A word without bytes is "-". An answer is hexadecimal too, or "no" where something was refused.
@main
enum CrossCheckDriver {
    static func main() {
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            let arguments = words.dropFirst().compactMap(bytes)
            guard let verb = words.first, arguments.count == words.count - 1,
                let answer = answer(verb, Array(arguments))
            else {
                print("no")
                continue
            }
            print(answer.isEmpty ? "-" : answer.hexadecimal)
        }
    }

    private static func answer(_ verb: String, _ arguments: [[UInt8]]) -> [UInt8]? {
        switch (verb, arguments.count) {
        case ("sm3", 1): SM3Digest.of(arguments[0])
        case ("hmac-sm3", 2): HMACSM3(key: arguments[0]).code(arguments[1])
        case ("sm2-public", 1): SM2PrivateKey(scalar: arguments[0])?.publicKey.bytes
        case ("sm2-read", 1): SM2PublicKey(bytes: arguments[0])?.bytes
        case ("sm2-sign", 2): SM2PrivateKey(scalar: arguments[0])?.signature(for: arguments[1])
        case ("sm2-verify", 3): isSigned(arguments[0], arguments[1], by: arguments[2]) ? [] : nil
        case ("sm4-seal", 3):
            sealer(arguments[0]).flatMap { try? $0.seal(arguments[1], context: arguments[2]) }
        case ("sm4-open", 3):
            sealer(arguments[0]).flatMap { try? $0.open(arguments[1], context: arguments[2]) }
        case ("qr-png", 3): code(arguments[0], arguments[1])?.png(scale: Int(arguments[2].first ?? 1))
        case ("qr-svg", 2): (code(arguments[0], arguments[1])?.svg()).map { Array($0.utf8) }
        case ("qr-terminal", 2): (code(arguments[0], arguments[1])?.terminal).map { Array($0.utf8) }
        case ("qr-version", 2): code(arguments[0], arguments[1]).map { [UInt8($0.version)] }
        default: nil
        }
    }

    /// The code of a text at the level that the number of its byte says, from 0 for low to 3 for high.
    private static func code(_ text: [UInt8], _ level: [UInt8]) -> QRCode? {
        guard let number = level.first, number < 4 else { return nil }
        return try? QRCode(
            text: String(decoding: text, as: UTF8.self), level: QRCode.Level.allCases[Int(number)])
    }

    private static func isSigned(_ signature: [UInt8], _ message: [UInt8], by key: [UInt8]) -> Bool {
        SM2PublicKey(bytes: key)?.isValid(signature, for: message) ?? false
    }

    private static func sealer(_ key: [UInt8]) -> SM4Sealer? { SecretKey(bytes: key).map(SM4Sealer.init) }

    private static func bytes(_ word: String) -> [UInt8]? {
        word == "-" ? [] : [UInt8](hexadecimal: word)
    }
}

import Cryptography
import Foundation
import Testing

@Suite("Ed25519 against Wycheproof's vectors")
struct Ed25519WycheproofTests {
    private struct Vectors: Decodable {
        let numberOfTests: Int
        let testGroups: [Group]
    }

    private struct Group: Decodable {
        let publicKey: Key
        let tests: [Case]
    }

    private struct Key: Decodable {
        let pk: String
    }

    private struct Case: Decodable {
        let tcId: Int
        let comment: String
        let msg: String
        let sig: String
        let result: String
    }

    /// Beside the package where the vectors are; elsewhere there is nothing to test.
    private static let file = PublishedNotes.package.appending(
        path: "../shared/vectors/wycheproof/ed25519_test.json")

    @Test(
        "every signature is accepted or refused as Wycheproof expects",
        .enabled(if: FileManager.default.fileExists(atPath: file.path), "the vectors are not here"))
    func vectors() throws {
        let vectors = try JSONDecoder().decode(Vectors.self, from: try Data(contentsOf: Self.file))
        var count = 0
        for group in vectors.testGroups {
            let key = try #require(Ed25519PublicKey(bytes: try Self.bytes(group.publicKey.pk)))
            for test in group.tests {
                let isValid = key.isValid(try Self.bytes(test.sig), for: try Self.bytes(test.msg))
                #expect(isValid == (test.result == "valid"), "case \(test.tcId): \(test.comment)")
                count += 1
            }
        }
        #expect(count == vectors.numberOfTests)
    }

    private static func bytes(_ hexadecimal: String) throws -> [UInt8] {
        let digits = Array(hexadecimal)
        return try stride(from: 0, to: digits.count, by: 2).map {
            try #require(UInt8(String(digits[$0..<min($0 + 2, digits.count)]), radix: 16))
        }
    }
}

import Cryptography
import Foundation
import Testing

@Suite("HMAC-SM3 against Wycheproof's vectors")
struct HMACSM3WycheproofTests {
    private struct Vectors: Decodable {
        let numberOfTests: Int
        let testGroups: [Group]
    }

    private struct Group: Decodable {
        let tagSize: Int
        let tests: [Case]
    }

    private struct Case: Decodable {
        let tcId: Int
        let comment: String
        let key: String
        let msg: String
        let tag: String
        let result: String
    }

    /// Beside the package where the vectors are; elsewhere there is nothing to test.
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/vectors/wycheproof/hmac_sm3_test.json")

    @Test(
        "every code is accepted or refused as Wycheproof expects, and half a code is none",
        .enabled(if: FileManager.default.fileExists(atPath: file.path), "the vectors are not here"))
    func vectors() throws {
        let vectors = try JSONDecoder().decode(Vectors.self, from: try Data(contentsOf: Self.file))
        var count = 0
        for group in vectors.testGroups {
            for test in group.tests {
                let (message, tag) = (try bytes(test.msg), try bytes(test.tag))
                let mac = HMACSM3(key: try bytes(test.key))
                let isExpected = test.result == "valid"
                let comment: Comment = "case \(test.tcId): \(test.comment)"
                #expect(mac.code(message).starts(with: tag) == isExpected, comment)
                #expect(mac.isValid(tag, for: message) == (isExpected && group.tagSize == 256), comment)
                count += 1
            }
        }
        #expect(count == vectors.numberOfTests)
    }

    @Test("a MAC takes an empty key, and gives the same code again and again")
    func emptyKey() {
        let mac = HMACSM3(key: [])
        #expect(mac.code([]) == mac.code([]))
        #expect(mac.code([]) == HMACSM3(key: [UInt8](repeating: 0, count: 64)).code([]))
        #expect(mac.code([1]) != mac.code([]))
    }
}

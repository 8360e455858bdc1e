import AuditLog
import Testing

@Suite("Malformed policies (C2SP tlog-policy)")
struct MalformedPolicyTests {
    private static let log = PublishedNotes.sumDatabase
    private static let first = PublishedNotes.remora
    private static let second = PublishedNotes.garden

    @Test(
        "a malformed policy is refused with the line and the reason",
        arguments: [
            ("", 1, .missingQuorum), ("\n\n", 3, .missingQuorum), ("witness w \(first)\n", 2, .missingQuorum),
            ("quorum none", 1, .unterminated), ("\nquorum none\n# end", 3, .unterminated),
            ("quorum none\r\n", 1, .controlCharacter(13)), ("quorum none\n\u{1}", 2, .unterminated),
            ("quorum none\n\u{1}\n", 2, .controlCharacter(1)),
            ("# \u{7f}\nquorum none\n", 1, .controlCharacter(127)),
            ("quibble w1\nquorum none\n", 1, .keyword), ("Log \(log)\nquorum none\n", 1, .keyword),
            ("log\nquorum none\n", 1, .wordCount), ("log \(log) a b\nquorum none\n", 1, .wordCount),
            ("witness w1 \(first) https://w1.example.com/ # comment\nquorum w1\n", 1, .wordCount),
            ("witness w1\nquorum none\n", 1, .wordCount), ("group g all\nquorum none\n", 1, .wordCount),
            ("quorum\n", 1, .wordCount), ("quorum a b\n", 1, .wordCount),
            ("log garbage\nquorum none\n", 1, .key(.malformed)),
            ("log \u{fffd}\nquorum none\n", 1, .key(.malformed)),
            (
                "log a+00000000+\(log.split(separator: "+", maxSplits: 2)[2])\nquorum none\n", 1,
                .key(.id(expected: "1a2447fb"))
            ),
            ("log a+00000000+Yw==\nquorum none\n", 1, .key(.unknownType(0x63))),
            ("log \(first)\nquorum none\n", 1, .keyType(.cosignature)),
            ("witness w \(log)\nquorum none\n", 1, .keyType(.ed25519)),
            ("log \(log)\nlog \(log) https://log.example.com/\nquorum none\n", 2, .repeatedKey),
            ("witness w \(first)\nwitness v \(first)\nquorum w\n", 2, .repeatedKey),
            ("witness none \(first)\nquorum none\n", 1, .reservedName),
            ("witness w \(first)\ngroup none any w\nquorum w\n", 2, .reservedName),
            ("witness w \(first)\ngroup g 0 w\nquorum g\n", 2, .threshold),
            ("witness w \(first)\ngroup g 2 w\nquorum g\n", 2, .threshold),
            ("witness w \(first)\ngroup g -1 w\nquorum g\n", 2, .threshold),
            ("witness w \(first)\ngroup g 01 w\nquorum g\n", 2, .threshold),
            ("witness w \(first)\ngroup g ALL w\nquorum g\n", 2, .threshold),
            ("quorum none\nquorum none\n", 2, .repeatedQuorum),
            ("witness w \(first)\nquorum w\nquorum none\n", 3, .repeatedQuorum),
        ] as [(String, Int, WitnessPolicyError.Reason)])
    func malformed(_ text: String, _ line: Int, _ reason: WitnessPolicyError.Reason) {
        let error = #expect(throws: WitnessPolicyError.self) { try WitnessPolicy(utf8(text)) }
        #expect(error?.line == line)
        #expect(error?.reason == reason)
    }

    @Test(
        "names must be defined above, once, and be a member once",
        arguments: [
            ("witness w \(first)\nwitness w \(second)\nquorum w\n", 2, .repeatedName(PolicyName("w".utf8))),
            ("witness w \(first)\ngroup w any w\nquorum w\n", 2, .repeatedName(PolicyName("w".utf8))),
            ("witness w \(first)\ngroup g any v\nquorum g\n", 2, .unknownName(PolicyName("v".utf8))),
            ("group g any w\nwitness w \(first)\nquorum g\n", 1, .unknownName(PolicyName("w".utf8))),
            ("witness w \(first)\ngroup g any none w\nquorum g\n", 2, .unknownName(PolicyName("none".utf8))),
            ("witness w \(first)\ngroup g any w g\nquorum g\n", 2, .unknownName(PolicyName("g".utf8))),
            ("witness w \(first)\ngroup g all w w\nquorum g\n", 2, .repeatedMember(PolicyName("w".utf8))),
            (
                "witness w \(first)\nwitness v \(second)\ngroup g any w v\ngroup h any w\nquorum g\n", 4,
                .repeatedMember(PolicyName("w".utf8))
            ),
            ("quorum w\nwitness w \(first)\n", 1, .unknownName(PolicyName("w".utf8))),
            ("quorum unknown\n", 1, .unknownName(PolicyName("unknown".utf8))),
        ] as [(String, Int, WitnessPolicyError.Reason)])
    func names(_ text: String, _ line: Int, _ reason: WitnessPolicyError.Reason) throws {
        let error = try #require(throws: WitnessPolicyError.self) { try WitnessPolicy(utf8(text)) }
        #expect(error.line == line)
        #expect(error.reason == reason)
    }
}

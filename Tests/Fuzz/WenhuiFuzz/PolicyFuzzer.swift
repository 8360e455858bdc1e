import AuditLog
import Cryptography

/// Witness policies.
///
/// People write them, with comments, blanks, and lines in any order that the names allow; the standard wants
/// that. So a policy is not printed as it was read: what is printed is read as the same policy, and printed
/// the same again.
enum PolicyFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        try Fixtures.logFiles(".policy") + [HonestLog.shared.policy, Array("# nobody\nquorum none\n".utf8)]
    }

    static func check(_ input: [UInt8]) {
        guard let policy = try? WitnessPolicy(input) else { return }
        let printed = policy.bytes
        let again = try? WitnessPolicy(printed)
        expect(again == policy, "a policy is read as it was printed")
        expect(again?.bytes == printed, "a policy is printed in one way")
        expect(
            policy.isSatisfied(by: []) == (policy.quorum == nil), "nobody's cosignatures satisfy nobody else")
        let all = policy.witnesses.map { $0.key }
        expect(Set(all.map(\.publicKey.bytes)).count == all.count, "a witness counts once")
        for log in policy.logs {
            let known = policy.log(of: LogOrigin(log.key.name))
            expect(known?.keys.contains(log.key) == true, "a log is found by its origin")
        }
    }
}

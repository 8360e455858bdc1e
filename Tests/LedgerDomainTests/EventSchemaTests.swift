import Foundation
import LedgerDomain
import Testing

@Suite("Schema/event.cddl, by which others read the log")
struct EventSchemaTests {
    /// The named numbers of the description, by the name of their kind.
    private static let choices: [String: [String: Int]] = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Schema/event.cddl").standardizedFileURL
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        var found: [String: [String: Int]] = [:]
        for choice in text.matches(of: /(?m)^([a-z-]+) += &\(([^)]*)\)/) {
            var members: [String: Int] = [:]
            for member in choice.output.2.matches(of: /([a-z-]+): ([0-9]+)/) {
                members[String(member.output.1)] = Int(member.output.2)
            }
            found[String(choice.output.1)] = members
        }
        return found
    }()

    private func expect<Choice: CaseIterable & RawRepresentable>(
        _ type: Choice.Type, _ name: String
    ) where Choice.RawValue == UInt8 {
        let cases = Choice.allCases.map { choice in
            let words = "\(choice)".replacing(/[A-Z]/) { "-\($0.output.lowercased())" }
            return (words, Int(choice.rawValue))
        }
        #expect(EventSchemaTests.choices[name] == Dictionary(uniqueKeysWithValues: cases), "\(name)")
    }

    @Test("It has every number that an event may have, by the same name")
    func choices() {
        expect(AccessKind.self, "access-kind")
        expect(Role.self, "role")
        expect(Setting.self, "setting")
        expect(FundLevel.self, "fund-level")
        expect(RefundRule.self, "refund-rule")
        expect(LapseDestination.self, "lapse-destination")
        expect(Release.self, "release")
        expect(ImportKind.self, "import-kind")
        expect(ProgrammeRule.Kind.self, "rule-kind")
        expect(Merchant.Status.self, "merchant-status")
        expect(FiledReport.Kind.self, "report-kind")
        expect(Resolution.Manner.self, "resolution-manner")
        expect(Resolution.Class.self, "difference-class")
    }
}

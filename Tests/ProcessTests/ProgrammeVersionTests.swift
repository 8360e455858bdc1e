import Foundation
import Testing

@Suite("New versions of a running programme")
struct ProgrammeVersionTests {
    private static func rule(name: String = "优先", document: String = "演练文旅发〔2018〕3号", share: String) -> String
    {
        """
        name: \(name)
        document: \(document)
        kind: threshold
        faces: [10.00]
        validity: 30d
        own-payment: \(share)
        refund: forfeit
        lapse: batch
        """
    }

    @Test("A second person approves exactly what was shown; the difference names sentences and document")
    func revision() throws {
        let folder = try PracticeFolder()
        func run(_ arguments: [String]) throws -> Finished {
            try folder.run(["programme"] + arguments + ["--clock", "2030-06-01T09:00:00+08:00"])
        }
        let first = try folder.write(Self.rule(share: "1.00"), to: "first.yaml")
        #expect(try run(["submit", first]).status == 0)
        expectRefused(try run(["revise", "1", first]), "programme.not-approved")
        #expect(try run(["approve", "1", "--as", "approver"]).status == 0)
        expectRefused(try run(["revise", "1", first]), "programme.rule-unchanged")
        let renamed = try run([
            "revise", "1", try folder.write(Self.rule(name: "别的", share: "2.00"), to: "name.yaml"),
        ])
        #expect(renamed.status == 64)
        #expect(renamed.errors.contains("“优先”"), "\(renamed)")

        let second = try folder.write(
            Self.rule(document: "演练文旅发〔2018〕9号", share: "2.00"), to: "second.yaml")
        let proposed = try run(["revise", "1", second])
        #expect(proposed.status == 0)
        for change in ["演练文旅发〔2018〕3号", "演练文旅发〔2018〕9号", "1.00", "2.00"] {
            #expect(proposed.output.contains(change), "\(change) in \(proposed.output)")
        }
        let digest = try #require(proposed.output.firstMatch(of: /[0-9a-f]{32}/)).output
        let approve = ["approve-rule", "1", "--proposal", String(digest)]
        expectRefused(try run(approve), "approval.same-person")
        let other = String(repeating: "0", count: 32)
        expectRefused(
            try run(["approve-rule", "1", "--proposal", other, "--as", "approver"]),
            "programme.rule-not-proposed")
        #expect(try run(approve + ["--as", "approver"]).status == 0)
        let shown = try folder.run(["programme", "show", "1"]).output
        #expect(shown.contains("2.00") && !shown.contains("Difference"), "\(shown)")
        // What is in force is compared with, not what the programme began with.
        let third = try run(["revise", "1", first])
        #expect(third.output.contains("演练文旅发〔2018〕9号"), "\(third.output)")
    }
}

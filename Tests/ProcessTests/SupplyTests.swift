import Foundation
import Testing

@Suite("Sessions, awards and points")
struct SupplyTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures").standardizedFileURL
    private static let resident = "999900197806040043"

    /// A ledger with merchants and a programme whose money pays sessions, awards and vouchers for points.
    final class Stage {
        let folder: PracticeFolder

        init() throws {
            folder = try PracticeFolder()
            for (what, file) in [
                ("resident", "residents"), ("merchant", "merchants"), ("outlet", "outlets"),
            ] {
                try run([what, "import", SupplyTests.fixtures.path + "/registry/\(file).csv"])
            }
            let rule = SupplyTests.fixtures.path + "/programmes/points.yaml"
            try run(["programme", "submit", rule])
            try run(["programme", "approve", "1", "--as", "approver"])
            try run(["programme", "allocate", "1", "--fund", "1", "300.00"])
        }

        @discardableResult
        func run(_ arguments: [String], at clock: String = "2030-06-01T09:00:00+08:00") throws -> String {
            let done = try attempt(arguments, at: clock)
            guard done.status == 0 else { throw ProgramFailure("\(arguments): \(done)") }
            return done.output
        }

        func attempt(_ arguments: [String], at clock: String = "2030-06-01T09:00:00+08:00") throws -> Finished
        {
            try folder.run(arguments + (arguments[0] == "book" ? [] : ["--clock", clock]))
        }

        func propose(seats: Int, attestor: String = "door") throws -> Finished {
            try attempt([
                "session", "propose", "--programme", "1", "--outlet", "YL-0001", "--title", "评弹专场",
                "--starts",
                "2030-06-20T19:30:00+08:00", "--ends", "2030-06-20T21:30:00+08:00", "--price", "80.00",
                "--ticket",
                "30.00", "--subsidy", "40.00", "--seats", "\(seats)", "--fund", "1=1", "--attestor", attestor,
            ])
        }

        /// What the merchants are owed, in fen, as the trial balance has it.
        func owed() throws -> Int {
            let text = try folder.run(["book", "trial-balance", "--json"]).output
            let range = try #require(text.range(of: "\"payable\":"))
            return Int(text[range.upperBound...].prefix { $0.isNumber || $0 == "-" }) ?? .min
        }
    }

    private static let evening = "2030-06-20T19:00:00+08:00"

    @Test("A session pays for attested admissions alone, after it is over, out of what was kept for it")
    func session() throws {
        let stage = try Stage()
        expectRefused(try stage.propose(seats: 3, attestor: "officer"), "approval.same-person")
        #expect(try stage.propose(seats: 3).status == 0)
        expectRefused(try stage.attempt(["session", "approve", "1"]), "approval.same-person")
        try stage.run(["session", "approve", "1", "--as", "approver"])
        #expect(try stage.propose(seats: 5).status == 0)
        expectRefused(
            try stage.attempt(["session", "approve", "2", "--as", "approver"]), "programme.insufficient")
        let admit = { (ticket: String, paid: String, clock: String, who: String) in
            try stage.attempt(
                ["session", "admit", "1", "--ticket", ticket, "--paid", paid, "--as", who], at: clock)
        }
        expectRefused(try admit("A-1", "30.00", "2030-06-19T23:59:59+08:00", "door"), "session.not-begun")
        expectRefused(try admit("A-1", "30.00", Self.evening, "officer"), "session.not-attestor")
        #expect(try admit("A-1", "30.00", Self.evening, "door").status == 0)
        expectRefused(try admit("A-1", "30.00", Self.evening, "door"), "ticket.used")
        expectRefused(try admit("A-2", "30.01", Self.evening, "door"), "ticket.above-low-price")
        #expect(try admit("A-2", "0", Self.evening, "door").status == 0)
        let settle = ["session", "settle", "1"]
        expectRefused(try stage.attempt(settle, at: Self.evening), "session.not-over")
        let close = ["session", "close", "1"]
        expectRefused(try stage.attempt(close + ["--as", "door"], at: Self.evening), "session.not-over")
        let night = "2030-06-20T21:30:00+08:00"
        expectRefused(try stage.attempt(settle + ["--as", "door"], at: night), "approval.same-person")
        // Whoever is not counted yet is not paid for, so the attestor says when everybody is.
        expectRefused(try stage.attempt(settle, at: night), "session.not-counted")
        expectRefused(
            try stage.attempt(["session", "cancel", "1", "--reason", "演员生病"], at: night), "session.attended")
        expectRefused(try stage.attempt(close, at: night), "session.not-attestor")
        try stage.run(close + ["--as", "door"], at: night)
        try stage.run(settle, at: night)
        #expect(try stage.owed() == 4_000)
        expectRefused(try admit("A-3", "30.00", night, "door"), "session.not-open")
        try stage.run(["book", "check"])
    }

    @Test("A session whose count nobody closes is settled thirty days after its end")
    func forgotten() throws {
        let stage = try Stage()
        #expect(try stage.propose(seats: 3).status == 0)
        try stage.run(["session", "approve", "1", "--as", "approver"])
        try stage.run(
            ["session", "admit", "1", "--ticket", "A-1", "--paid", "30.00", "--as", "door"], at: Self.evening)
        let settle = ["session", "settle", "1"]
        expectRefused(try stage.attempt(settle, at: "2030-07-20T21:29:59+08:00"), "session.not-counted")
        try stage.run(settle, at: "2030-07-20T21:30:00+08:00")
        #expect(try stage.owed() == 4_000)
    }

    @Test("A cancelled session gives everything back by one command, whatever the rule would keep")
    func cancellation() throws {
        let stage = try Stage()
        #expect(try stage.propose(seats: 1).status == 0)
        try stage.run(["session", "approve", "1", "--as", "approver"])
        try stage.run([
            "batch", "propose", "--programme", "1", "--face", "10.00", "--quota", "3", "--fund", "1=1",
            "--release",
            "directed", "--from", "2030-06-01T00:00:00+08:00", "--until", "2030-07-01T00:00:00+08:00",
        ])
        try stage.run(["batch", "approve", "1", "--as", "approver"])
        for _ in 0..<2 {
            try stage.run(["voucher", "issue", "--batch", "1", "--resident", Self.resident])
        }
        let sale = ["--outlet", "YL-0001", "--bill", "80.00", "--session", "1"]
        try stage.run(["redeem", "1", "--order", "B-1"] + sale)
        try stage.run(["redeem", "refund", "1", "--bill", "20.00"])
        try stage.run(["redeem", "authorise", "2", "--order", "B-2"] + sale, at: "2030-06-02T09:00:00+08:00")
        // A booking holds until the session is over.
        let later = "2030-06-20T12:00:00+08:00"
        expectRefused(
            try stage.attempt(
                ["redeem", "2", "--outlet", "YL-0002", "--bill", "30.00", "--order", "B-3"], at: later),
            "voucher.held")
        let elsewhere = [
            "redeem", "2", "--outlet", "YL-0002", "--bill", "30.00", "--order", "B-4", "--session", "1",
        ]
        expectRefused(try stage.attempt(elsewhere, at: later), "session.elsewhere")
        let cancel = ["session", "cancel", "1", "--reason", "演员生病", "--key", "cancel-1"]
        let first = try stage.run(cancel, at: later)
        #expect(first.contains("bookings voided 撤销预约     1"), "\(first)")
        #expect(try stage.owed() == 0)
        let again = try stage.run(cancel, at: later)
        #expect(again.contains("repeated"), "\(again)")
        for voucher in ["1", "2"] {
            let shown = try stage.folder.run(["voucher", "show", voucher]).output
            #expect(shown.contains("usable"), "\(shown)")
        }
        expectRefused(
            try stage.attempt(["session", "settle", "1"], at: "2030-06-21T09:00:00+08:00"), "session.not-open"
        )
        try stage.run(["book", "check"])
    }
}

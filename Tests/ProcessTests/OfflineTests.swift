import Foundation
import LedgerService
import Testing

@Suite("Tills without a network")
struct OfflineTests {
    /// A ledger with vouchers and a key, phones with credentials, tills, and a clock that the test moves.
    final class Fair {
        let books: LoadedBooks
        private let folder: URL
        private let start: Date

        init(vouchers: Int = 4) throws {
            books = try LoadedBooks(vouchers: vouchers)
            // After all that is in the books, however long they took to make.
            start = Date(timeIntervalSince1970: (Date().timeIntervalSince1970 / 30).rounded(.up) * 30 + 60)
            folder = try temporaryFolder("fair")
            try done(["key", "generate"], at: 0)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

        private func clock(_ seconds: Int) -> [String] {
            ["--clock", start.addingTimeInterval(Double(seconds)).ISO8601Format()]
        }

        /// Runs a command on the ledger so many seconds after the start.
        func run(_ arguments: [String], at seconds: Int) throws -> Finished {
            try Program.wenhui.run(arguments + clock(seconds) + ["--data", books.folder.path])
        }

        @discardableResult
        func done(_ arguments: [String], at seconds: Int) throws -> Finished {
            let done = try run(arguments, at: seconds)
            guard done.status == 0 else { throw ProgramFailure("\(arguments): \(done)") }
            return done
        }

        /// Runs a command that needs no ledger.
        func alone(_ arguments: [String], at seconds: Int? = nil) throws -> Finished {
            try Program.wenhui.run(arguments + (seconds.map(clock) ?? []))
        }

        /// Makes a phone with a credential for a voucher; returns the credential's ID.
        @discardableResult
        func phone(_ name: String, voucher: Int, at seconds: Int = 1) throws -> String {
            let made = try alone(["phone", "new", path(name), "--json"])
            let key = try JSONDecoder().decode([String: String].self, from: Data(made.output.utf8))["key"]
            let issued = try done(
                [
                    "token", "credential", "\(voucher)", "--device", key ?? "", "--out", path("\(name).cwt"),
                    "--json",
                ], at: seconds)
            let loaded = try alone(["phone", "load", path(name), path("\(name).cwt")])
            guard loaded.status == 0 else { throw ProgramFailure("\(loaded)") }
            return try JSONDecoder().decode(Issued.self, from: Data(issued.output.utf8)).credential
        }

        func present(
            _ phone: String, outlet: Int, again counter: Int? = nil, at seconds: Int
        ) throws -> String {
            let again = counter.map { ["--again", "\($0)"] } ?? []
            let shown = try alone(
                ["phone", "present", path(phone), "--outlet", "\(outlet)", "--text"] + again, at: seconds)
            return shown.output.trimmingCharacters(in: .newlines)
        }

        func enrol(_ till: String, outlet: Int, at seconds: Int = 2) throws {
            try done(["till", "enrol", "--till", path(till), "--outlet", "\(outlet)"], at: seconds)
        }

        func sell(_ till: String, _ shown: String, order: String, at seconds: Int) throws -> Finished {
            try alone(
                ["till", "sell", shown, "--till", path(till), "--bill", "120.00", "--order", order],
                at: seconds)
        }

        func upload(_ till: String, as name: String = "officer", at seconds: Int) throws -> Uploaded {
            let answer = try done(
                ["till", "upload", "--till", path(till), "--json", "--as", name], at: seconds)
            return try JSONDecoder().decode(Uploaded.self, from: Data(answer.output.utf8))
        }

        func check() throws {
            for command in ["check", "replay"] {
                let done = try Program.wenhui.run(["book", command, "--data", books.folder.path])
                #expect(done.status == 0, "\(done)")
            }
        }
    }

    struct Issued: Decodable {
        var credential: String
    }

    struct Uploaded: Decodable {
        struct Answer: Decodable {
            var order: String
            var outcome: String
            var subsidy: Int?
        }
        var answers: [Answer]
        var waiting: Int
        var paid: Int
        var absorbed: Int
        var refused: Int
    }

    @Test(
        "A phone that was copied pays at two tills: both are paid, the programme absorbs one, the log convicts"
    )
    func copiedPhone() throws {
        let fair = try Fair()
        try fair.phone("a", voucher: 1)
        try FileManager.default.copyItem(atPath: fair.path("a"), toPath: fair.path("copy"))
        for (till, outlet) in [("t1", 1), ("t2", 2)] { try fair.enrol(till, outlet: outlet) }
        let first = try fair.present("a", outlet: 1, at: 60)
        #expect(try fair.sell("t1", first, order: "A-1", at: 60).status == 0)
        let second = try fair.present("copy", outlet: 2, at: 90)
        #expect(try fair.sell("t2", second, order: "B-1", at: 90).status == 0)

        let one = try fair.upload("t1", at: 600)
        #expect((one.paid, one.absorbed, one.waiting) == (1, 0, 0))
        let two = try fair.upload("t2", at: 601)
        #expect((two.paid, two.absorbed, two.waiting) == (0, 1, 0))
        let conflicts = try Program.wenhui.run([
            "audit", "conflicts", "--json", "--data", fair.books.folder.path,
        ])
        let found = try JSONDecoder().decode(Conflicts.self, from: Data(conflicts.output.utf8)).conflicts
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.proven && $0.absorbed && $0.twin != nil })
        try fair.check()
    }

    struct Conflicts: Decodable {
        struct Conflict: Decodable {
            var proven: Bool
            var absorbed: Bool
            var twin: Int?
        }
        var conflicts: [Conflict]
    }

    @Test("One presentation at two tills of an outlet is paid once; a till refuses a second look at it")
    func samePresentation() throws {
        let fair = try Fair()
        try fair.phone("a", voucher: 1)
        for till in ["t1", "t2"] { try fair.enrol(till, outlet: 1) }
        let shown = try fair.present("a", outlet: 1, at: 60)
        #expect(try fair.sell("t1", shown, order: "A-1", at: 60).status == 0)
        #expect(try fair.sell("t1", shown, order: "A-1", at: 61).status == 0)
        expectRefused(try fair.sell("t1", shown, order: "A-2", at: 62), "offline.code-used")
        #expect(try fair.sell("t2", shown, order: "A-3", at: 70).status == 0)
        #expect(try fair.upload("t1", at: 600).paid == 1)
        let second = try fair.upload("t2", at: 601)
        #expect((second.paid, second.refused) == (0, 1))
        #expect(second.answers.first?.outcome.hasPrefix("presentation.used") == true)
        try fair.check()
    }

    @Test("A batch that was booked and never answered is booked once, whoever uploads it again")
    func uploadedTwice() throws {
        let fair = try Fair()
        try fair.enrol("t1", outlet: 1)
        for voucher in 1...3 {
            try fair.phone("p\(voucher)", voucher: voucher)
            let shown = try fair.present("p\(voucher)", outlet: 1, at: 60 + voucher)
            #expect(try fair.sell("t1", shown, order: "A-\(voucher)", at: 60 + voucher).status == 0)
        }
        // The till as it was before any answer: half of its answers, and all of them, are lost.
        let journal = fair.path("t1/journal")
        let before = try Data(contentsOf: URL(fileURLWithPath: journal))
        #expect(try fair.upload("t1", at: 600).paid == 3)
        let answered = try Data(contentsOf: URL(fileURLWithPath: journal))
        for kept in [before.count, before.count + (answered.count - before.count) / 2] {
            try answered.prefix(kept).write(to: URL(fileURLWithPath: journal))
            let again = try fair.upload("t1", as: "another", at: 700)
            #expect((again.paid, again.refused, again.waiting) == (3, 0, 0))
        }
        #expect(try fair.upload("t1", at: 800).answers.isEmpty)
        try fair.check()
    }

    @Test("A revoked credential sells until the till's list knows it, and a list of yesterday sells nothing")
    func revocation() throws {
        let fair = try Fair()
        let credential = try fair.phone("a", voucher: 1)
        try fair.phone("b", voucher: 2)
        for till in ["t1", "t2"] { try fair.enrol(till, outlet: 1) }
        try fair.done(["token", "revoke", credential], at: 10)
        let stale = try fair.present("a", outlet: 1, at: 60)
        #expect(try fair.sell("t1", stale, order: "A-1", at: 60).status == 0)
        try fair.done(["till", "sync", "--till", fair.path("t2")], at: 61)
        expectRefused(try fair.sell("t2", stale, order: "A-2", at: 62), "credential.revoked")
        #expect(try fair.upload("t1", at: 300).paid == 1)

        let late = 90_000
        let shown = try fair.present("b", outlet: 1, at: late)
        expectRefused(
            try fair.sell("t1", shown, order: "A-3", at: late), "revocations.too-old")
        try fair.done(["till", "sync", "--till", fair.path("t1")], at: late)
        #expect(try fair.sell("t1", shown, order: "A-3", at: late).status == 0)
        try fair.check()
    }

    @Test(
        "A till that is online is told: revoked, spent and held are refused, and the programme pays nothing")
    func online() throws {
        let fair = try Fair()
        let credential = try fair.phone("a", voucher: 1)
        try fair.phone("b", voucher: 2)
        #expect(try fair.redeem(fair.present("b", outlet: 1, at: 60), order: "A-1", at: 61).status == 0)
        let again = try fair.present("b", outlet: 1, at: 90)
        expectRefused(try fair.redeem(again, order: "A-2", at: 91), "presentation.over-cap")
        expectRefused(
            try fair.run(
                [
                    "redeem", fair.present("b", outlet: 2, at: 92), "--outlet", "2", "--bill", "120.00",
                    "--order", "B-1",
                ],
                at: 93), "voucher.used")
        expectRefused(try fair.redeem("1", order: "A-3", at: 94), "voucher.held")
        try fair.done(["token", "revoke", credential], at: 100)
        expectRefused(
            try fair.redeem(fair.present("a", outlet: 1, at: 120), order: "A-4", at: 121),
            "credential.revoked")
        let conflicts = try Program.wenhui.run([
            "audit", "conflicts", "--json", "--data", fair.books.folder.path,
        ])
        let found = try JSONDecoder().decode(Conflicts.self, from: Data(conflicts.output.utf8)).conflicts
        #expect(found.isEmpty)
        try fair.check()
    }

    @Test("A second credential waits until tills can upload no more for the first, whatever became of that")
    func oneAtATime() throws {
        let fair = try Fair()
        try fair.phone("a", voucher: 1)
        try fair.enrol("t1", outlet: 1)
        #expect(try fair.sell("t1", fair.present("a", outlet: 1, at: 60), order: "A-1", at: 60).status == 0)
        #expect(try fair.upload("t1", at: 100).paid == 1)
        try fair.done(["redeem", "refund", "1", "--bill", "120.00"], at: 200)
        let key = "03" + String(repeating: "0", count: 62) + "05"
        let second = try fair.run(["token", "credential", "1", "--device", key], at: 300)
        #expect([3, 64].contains(second.status), "\(second)")
        try fair.check()
    }

    @Test("A clock that was set back sells nothing, at the till nor on the phone")
    func clocks() throws {
        let fair = try Fair()
        try fair.phone("a", voucher: 1)
        try fair.phone("b", voucher: 2)
        try fair.enrol("t1", outlet: 1)
        let shown = try fair.present("a", outlet: 1, at: 300)
        #expect(try fair.sell("t1", shown, order: "A-1", at: 300).status == 0)
        let early = try fair.present("b", outlet: 1, at: 200)
        expectRefused(try fair.sell("t1", early, order: "A-2", at: 200), "offline.clock-set-back")
        expectRefused(try fair.sell("t1", early, order: "A-2", at: 310), "presentation.expired")
        #expect(try fair.upload("t1", at: 600).paid == 1)
    }

    @Test("A credential that another ledger signed, or that was never recorded here, is paid nothing")
    func foreignCredential() throws {
        let fair = try Fair()
        let copy = fair.path("copy")
        // An insider with the folder's key issues in a copy of the folder, which the ledger never hears of.
        try FileManager.default.copyItem(atPath: fair.books.folder.path, toPath: copy)
        let made = try fair.alone(["phone", "new", fair.path("a"), "--json"])
        let key = try JSONDecoder().decode([String: String].self, from: Data(made.output.utf8))["key"]
        let issued = try fair.alone(
            [
                "token", "credential", "1", "--device", key ?? "", "--out", fair.path("a.cwt"), "--data",
                copy,
            ], at: 1)
        #expect(issued.status == 0, "\(issued)")
        #expect(try fair.alone(["phone", "load", fair.path("a"), fair.path("a.cwt")]).status == 0)
        try fair.enrol("t1", outlet: 1)
        let shown = try fair.present("a", outlet: 1, at: 60)
        #expect(try fair.sell("t1", shown, order: "A-1", at: 60).status == 0)
        let answer = try fair.upload("t1", at: 600)
        #expect((answer.paid, answer.absorbed, answer.refused) == (0, 0, 1))
        #expect(answer.answers.first?.outcome.hasPrefix("credential.unknown") == true)
        try fair.check()
    }

    @Test("A key that is rotated while tills are offline goes on paying; a revoked one does not")
    func rotation() throws {
        let fair = try Fair()
        try fair.phone("a", voucher: 1)
        try fair.enrol("t1", outlet: 1)
        try fair.done(["key", "generate", "--lead", "0"], at: 20)
        try fair.done(["key", "rotate"], at: 30)
        let shown = try fair.present("a", outlet: 1, at: 60)
        #expect(try fair.sell("t1", shown, order: "A-1", at: 60).status == 0)
        try fair.done(["till", "sync", "--till", fair.path("t1")], at: 70)
        #expect(try fair.upload("t1", at: 300).paid == 1)
        try fair.phone("b", voucher: 2, at: 310)
        let other = try fair.present("b", outlet: 1, at: 330)
        // This till has the list of before: it does not know the new key.
        expectRefused(
            try fair.sell("t1", try fair.present("b", outlet: 2, at: 330), order: "A-2", at: 330),
            "presentation.other-outlet")
        #expect(try fair.sell("t1", other, order: "A-2", at: 330).status == 0)
        try fair.check()
    }

    @Test("A copied paper voucher pays once, and a second paper makes the first worthless")
    func paper() throws {
        let fair = try Fair()
        let first = try fair.paper(1, at: 10)
        let second = try fair.paper(1, at: 20)
        expectRefused(try fair.redeem(first, order: "A-1", at: 30), "paper.unknown")
        #expect(try fair.redeem(second, order: "A-1", at: 31).status == 0)
        expectRefused(try fair.redeem(second, order: "A-2", at: 32), "voucher.used")
        try fair.enrol("t1", outlet: 1)
        let offline = try fair.sell("t1", try fair.paper(2, at: 40), order: "A-3", at: 50)
        #expect(offline.status == 3, "\(offline)")
        try fair.check()
    }
}

extension OfflineTests.Fair {
    fileprivate func paper(_ voucher: Int, at seconds: Int) throws -> String {
        let done = try done(["token", "paper", "\(voucher)", "--json"], at: seconds)
        return try JSONDecoder().decode(Printed.self, from: Data(done.output.utf8)).paper
    }

    private struct Printed: Decodable {
        var paper: String
    }

    fileprivate func redeem(_ shown: String, order: String, at seconds: Int) throws -> Finished {
        try run(["redeem", shown, "--outlet", "1", "--bill", "120.00", "--order", order], at: seconds)
    }
}

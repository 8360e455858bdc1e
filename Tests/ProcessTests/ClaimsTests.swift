import Foundation
import LedgerDomain
import StatementFormats
import Testing

@Suite("Who may claim")
struct ClaimsTests {
    /// A ledger with a programme whose minors come with a guardian, and with people of several ages.
    final class Office {
        let folder: PracticeFolder

        init() throws {
            folder = try PracticeFolder()
            let residents = [
                "child": "20200101", "adult": "19850101", "other": "19860202", "old": "19400101",
            ]
            var rows = "name,id_number,phone\n"
            for (name, born) in residents.sorted(by: { $0.key < $1.key }) {
                rows += "演练\(name),\(Office.number(born)),\n"
            }
            try run(["resident", "import", try folder.write(rows, to: "residents.csv")])
            for scope in ["惠民", "惠民"] { try approveProgramme(scope) }
        }

        /// The demonstration person born on a day.
        static func number(_ born: String) -> String {
            let digits = "999900\(born)001"
            return digits + (IdentityNumber.checkCharacter(of: digits).map(String.init) ?? "")
        }

        private func approveProgramme(_ scope: String) throws {
            let rule = """
                name: 优先
                document: 演练文旅发〔2018〕3号
                kind: threshold
                faces: [10.00]
                validity: 30d
                claims: { scope: \(scope), guarded: [minor], proxied: 1 }
                refund: forfeit
                lapse: batch
                """
            let file = try folder.write(rule, to: "rule.yaml")
            let made = try run(["programme", "submit", file, "--json"])
            let id = try JSONDecoder().decode([String: JSONValue].self, from: Data(made.utf8))["programme"]?
                .text
            let programme = try #require(id)
            try run(["programme", "approve", programme, "--as", "approver"])
            try run(["programme", "allocate", programme, "--fund", "1", "100.00"])
        }

        @discardableResult
        func run(_ arguments: [String], at clock: String = "2030-06-01T09:00:00+08:00") throws -> String {
            let done = try folder.run(arguments + (arguments[1] == "check" ? [] : ["--clock", clock]))
            guard done.status == 0 else { throw ProgramFailure("\(arguments): \(done)") }
            return done.output
        }

        func propose(_ programme: Int, _ options: [String]) throws {
            let window = [
                "--face", "10.00", "--quota", "3", "--fund", "1=1", "--from", "2030-06-01T12:00:00+08:00",
                "--until", "2030-07-01T12:00:00+08:00",
            ]
            try run(["batch", "propose", "--programme", "\(programme)"] + window + options)
        }

        func claim(
            _ batch: Int, _ born: String, proxy: String? = nil,
            at clock: String = "2030-06-01T13:00:00+08:00",
            as name: String = "officer"
        ) throws -> Finished {
            try folder.run(
                ["voucher", "claim", "--batch", "\(batch)", "--resident", Office.number(born)]
                    + (proxy.map { ["--proxy", Office.number($0)] } ?? [])
                    + ["--clock", clock, "--as", name])
        }
    }

    /// A value of a JSON document, of which these tests read texts only.
    struct JSONValue: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }

    @Test("Priority, reserves, rounds and guardians hold by age and by attestation")
    func priority() throws {
        let office = try Office()
        try office.propose(
            1,
            [
                "--priority", "elderly", "--priority-from", "2030-06-01T08:00:00+08:00", "--reserve",
                "minor=1",
                "--round", "1@2030-06-03T12:00:00+08:00",
            ])
        try office.run(["batch", "approve", "1", "--as", "approver"])
        let early = "2030-06-01T09:30:00+08:00"
        expectRefused(try office.claim(1, "19850101", at: early), "batch.window-not-begun")
        #expect(try office.claim(1, "19400101", at: early).status == 0)
        let reserved = try office.claim(1, "19850101")
        #expect(reserved.status == 3 && reserved.errors.contains("[batch.reserved]"), "\(reserved)")
        expectRefused(try office.claim(1, "20200101"), "claim.guardian-required")
        expectRefused(try office.claim(1, "20200101", proxy: "20200101"), "claim.proxy-is-self")
        #expect(try office.claim(1, "20200101", proxy: "19850101").status == 0)
        let later = try office.claim(1, "19850101")
        #expect(later.status == 3 && later.errors.contains("[batch.round-not-begun]"), "\(later)")
        let round = "2030-06-03T12:00:00+08:00"
        expectRefused(try office.claim(1, "19860202", proxy: "19850101", at: round), "claim.proxy-limit")
        #expect(try office.claim(1, "19850101", at: round).status == 0)
        #expect(try office.claim(1, "19860202", at: round).errors.contains("[batch.sold-out]"))
        try office.run(["book", "check"])
    }

    @Test("An attestation opens a batch that is for a group alone, until it ends, and never to who attested")
    func attestation() throws {
        let office = try Office()
        try office.propose(1, ["--only", "rural"])
        try office.propose(2, [])
        for batch in ["1", "2"] { try office.run(["batch", "approve", batch, "--as", "approver"]) }
        expectRefused(try office.claim(1, "19850101"), "claim.not-in-group")
        let attest = { (group: String, until: String) in
            try office.folder.run([
                "resident", "attest", Office.number("19850101"), "--group", group, "--until", until,
                "--evidence", "户口簿", "--as", "service-point",
            ])
        }
        #expect(try attest("minor", "2031-01-01").status == 64)
        #expect(try attest("rural", "2030-06-01").status == 0)
        expectRefused(try office.claim(1, "19850101"), "claim.not-in-group")
        #expect(try attest("rural", "2031-01-01").status == 0)
        expectRefused(try office.claim(1, "19850101", as: "service-point"), "attestation.own")
        #expect(try office.claim(1, "19850101").status == 0)
        let shown = try office.run(["resident", "show", Office.number("19850101")])
        #expect(shown.contains("rural") && shown.contains("service-point"), "\(shown)")
        // The other programme is of the same scope.
        expectRefused(try office.claim(2, "19850101"), "claim.excluded-by-other")
        try office.run(
            ["voucher", "hand-back", "1", "--resident", Office.number("19850101")],
            at: "2030-06-01T14:00:00+08:00")
        #expect(try office.claim(2, "19850101", at: "2030-06-01T14:00:00+08:00").status == 0)
    }

    @Test("A file of attestations is taken whole or not at all, and a retry is answered as before")
    func files() throws {
        let office = try Office()
        let good = "id_number,group,until,evidence\n\(Office.number("19850101")),rural,2031-01-01,户口簿\n"
        let stranger = good + "\(Office.number("19770707")),rural,2031-01-01,户口簿\n"
        let bad = try office.folder.run([
            "resident", "attest-file", try office.folder.write(stranger, to: "groups.csv"),
        ])
        #expect(bad.status == 64 && bad.errors.contains("3") && bad.errors.contains("id_number"), "\(bad)")
        #expect(!(try office.run(["resident", "show", Office.number("19850101")]).contains("rural")))
        try office.propose(1, ["--only", "rural"])
        try office.run(["batch", "approve", "1", "--as", "approver"])
        let file = try office.folder.write(good, to: "groups.csv")
        #expect(
            try office.folder.run(["resident", "attest-file", file, "--as", "service-point"]).status == 0)
        let claim = [
            "voucher", "claim", "--batch", "1", "--resident", Office.number("19850101"), "--key", "once",
            "--clock",
            "2030-06-01T13:00:00+08:00", "--json",
        ]
        let first = try office.folder.run(claim)
        let attest = [
            "resident", "attest", Office.number("19850101"), "--group", "rural", "--until", "2032-01-01",
            "--evidence", "户口簿", "--as", "another",
        ]
        #expect(try office.folder.run(attest).status == 0)
        let again = try ReceiptDocument(try office.folder.run(claim))
        #expect(again.replayed == true)
        #expect(try ReceiptDocument(first).event == again.event)
    }

    @Test(
        "A misspelt group, an attestation that has ended, and access that cannot be meant say what is wrong")
    func mistakes() throws {
        let office = try Office()
        func propose(_ options: [String]) throws -> Finished {
            try office.folder.run(
                [
                    "batch", "propose", "--programme", "1", "--face", "10.00", "--quota", "3", "--fund",
                    "1=1",
                    "--from", "2030-06-01T12:00:00+08:00", "--until", "2030-07-01T12:00:00+08:00", "--clock",
                    "2030-06-01T09:00:00+08:00",
                ] + options)
        }
        let early = "2030-06-01T11:00:00+08:00"
        for (options, said) in [
            (["--only", "miner"], "did you mean “minor”?"),
            (["--reserve", "rurall=1"], "did you mean “rural”?"),
            (["--reserve", "rural=4"], "--reserve keeps 4 vouchers, and --quota is 3"),
            (["--priority", "rural"], "--priority-from"), (["--priority-from", early], "--priority"),
            (["--round", "3@2030-06-02T12:00:00+08:00"], "--round holds 3"),
            (["--round", "1@\(early)"], "--round takes ascending"),
            (["--reserved-until", early], "--reserved-until is for --reserve"),
        ] {
            let done = try propose(options)
            #expect(done.status == 64 && done.errors.contains(said), "\(options): \(done)")
        }
        func attest(_ group: String, _ until: String) throws -> Finished {
            try office.folder.run([
                "resident", "attest", Office.number("19850101"), "--group", group, "--until", until,
                "--evidence",
                "户口簿", "--clock", "2030-06-01T09:00:00+08:00",
            ])
        }
        let misspelt = try attest("disable", "2031-01-01")
        #expect(
            misspelt.status == 64 && misspelt.errors.contains("group is no group; did you mean “disabled”?"))
        let ended = try attest("rural", "2030-06-01")
        #expect(ended.status == 64 && ended.errors.contains("until is past"), "\(ended)")
        let age = try attest("minor", "2031-01-01")
        #expect(age.status == 64 && age.errors.contains("identity number by itself"), "\(age)")
        #expect(try attest("rural", "2030-06-02").status == 0)
    }
}

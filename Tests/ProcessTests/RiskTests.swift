import Foundation
import Testing

@Suite("Risks: told by thresholds, shown by events, held by hand")
struct RiskTests {
    typealias Month = SettlementTests.Month

    struct List: Decodable {
        struct Row: Decodable {
            var risk: String
            var signal: String
            var subject: String
            var amount: Int64
            var standing: String
        }
        var count: Int
        var risks: [Row]
    }

    private static let rules = """
        risks:
          - signal: outlet-velocity
            count: 2
            within: 24h
          - signal: own-shop
        """

    private func list(_ month: Month, _ more: [String] = []) throws -> List {
        let arguments = [
            "risk", "list", "--from", "2030-06-01", "--through", "2030-06-30", "--json",
        ]
        return try JSONDecoder().decode(
            List.self, from: Data(try month.run(arguments + more).utf8))
    }

    /// A month whose thresholds tell one burst.
    private func watched() throws -> Month {
        let month = try Month()
        try month.run([
            "risk", "rules", try month.folder.write(Self.rules, to: "risks.yaml"), "--as", "finance",
        ])
        return month
    }

    @Test("A burst is told, proved to whoever has the key, held by hand and released by a second person")
    func burst() throws {
        let month = try Month()
        #expect(try list(month).risks.isEmpty, "three sales are nothing by the usual thresholds")
        try month.run([
            "risk", "rules", try month.folder.write(Self.rules, to: "risks.yaml"), "--as", "finance",
        ])
        // At nine in the evening, and at ten the next morning: told of both days.
        let both = try list(month).risks
        #expect(both.count == 2 && both.allSatisfy { $0.amount == 4_000 && $0.standing == "open" })
        let risk = try #require(both.first)
        #expect(risk.signal.contains("outlet-velocity") && risk.risk.hasPrefix("20300601-"))
        // A list of its day alone tells the same number, and every number leads somewhere.
        let alone = ["risk", "list", "--from", "2030-06-01", "--through", "2030-06-01", "--json"]
        #expect(
            try JSONDecoder().decode(List.self, from: Data(month.run(alone).utf8)).risks.map(\.risk)
                == [risk.risk])
        for found in both { #expect(try month.run(["risk", "show", found.risk]).contains(found.risk)) }
        let shown = try month.run(["risk", "show", risk.risk])
        #expect(shown.contains("redeem") && shown.contains("1440"), "\(shown)")

        let pack = try month.path("pack")
        try month.run(["risk", "evidence", risk.risk, "--output", pack])
        let key = try #require(
            try month.text(pack + "/keys").split(separator: "\n").first.map(String.init))
        let verify = ["risk", "verify", pack, "--key", key]
        #expect(try Program.wenhui.run(verify).output.contains("events proved"))
        let receipts = try FileManager.default.contentsOfDirectory(atPath: pack + "/events").sorted()
        #expect(receipts.count == 2)
        // One event in another's place proves something else.
        let (first, second) = (pack + "/events/" + receipts[0], pack + "/events/" + receipts[1])
        try FileManager.default.removeItem(atPath: second)
        try FileManager.default.copyItem(atPath: first, toPath: second)
        let forged = try Program.wenhui.run(verify)
        #expect(forged.status != 0 && forged.errors.contains("tlog-proof"), "\(forged)")

        for reason in ["", String(repeating: "长", count: 50)] {
            let refused = try month.attempt(
                ["risk", "hold", risk.risk, "--reason", reason, "--as", "finance"], at: "03T09:00:00")
            #expect(refused.status != 0 && refused.errors.contains("140"), "\(refused)")
        }
        #expect(try month.run(["payee", "list"]).contains("风险核查") == false, "a refused hold held something")
        let hold = ["risk", "hold", risk.risk, "--reason", "待提供小票", "--as", "finance", "--key", "hold-1"]
        try month.run(hold, at: "03T09:00:00")
        try month.run(hold, at: "03T09:00:00")
        #expect(try month.run(["payee", "list"]).contains("待提供小票"))
        #expect(try list(month).risks.map(\.standing) == ["held", "open"])
        expectRefused(
            try month.attempt(
                ["payee", "release", "2", "--reason", "已核实", "--as", "finance"], at: "03T10:00:00"),
            "approval.same-person")
        try month.run(
            ["payee", "release", "2", "--reason", "已核实", "--as", "boss"], at: "03T10:00:00")
        // However often somebody looked, there is room for what was found; the same words count once.
        for number in 1...14 {
            for _ in 1...2 {
                try month.run(
                    ["risk", "watch", risk.risk, "--note", "第 \(number) 次核查", "--as", "finance"],
                    at: "03T10:05:00")
            }
        }
        try month.run(
            ["risk", "clear", risk.risk, "--note", "读书节集中核销", "--as", "finance"], at: "03T10:10:00")
        #expect(try list(month).risks.map(\.standing) == ["open"])
        #expect(try list(month, ["--all"]).risks.map(\.standing) == ["cleared", "open"])
        #expect(try month.run(["risk", "show", risk.risk]).contains("held"), "the hold is forgotten")
        try month.checkBook()
    }

    @Test("Whoever is close to a merchant is known by keyed codes alone, until they are erased")
    func relations() throws {
        let month = try watched()
        let header = "credit_code,id_number,relation\n"
        let unknown = try month.attempt([
            "risk", "relate",
            try month.folder.write(
                header + "91999900YN00000280,999900195602290025,员工\n"
                    + "91999900YN0000087X,999900195602290025,员工\n", to: "unknown.csv"),
        ])
        #expect(unknown.status != 0 && unknown.errors.contains("line 3"), "\(unknown)")
        #expect(try list(month, ["--signal", "own-shop"]).risks.isEmpty, "half a file was taken")
        let file = try month.folder.write(
            header + "91999900YN00000280,999900195602290025,法定代表人\n", to: "relations.csv")
        #expect(try month.run(["risk", "relate", file, "--json"]).contains("\"new\":1"))
        #expect(try month.run(["risk", "relate", file, "--json"]).contains("\"new\":0"))
        let own = try #require(try list(month, ["--signal", "own-shop"]).risks.first)
        #expect(own.amount == 2_000 && own.subject.contains("merchant"))
        for (name, bytes) in try month.folder.contents() {
            #expect(bytes.range(of: Data("999900195602290025".utf8)) == nil, "\(name)")
        }
        // Somebody who is no resident here can be forgotten too.
        let outsider = try month.folder.write(
            header + "91999900YN00000280,999900199111110067,员工\n", to: "outsider.csv")
        try month.run(["risk", "relate", outsider])
        #expect(try month.folder.runJSON(["risk", "unrelate", "999900199111110067"]).output.contains("true"))
        #expect(
            try month.folder.runJSON(["risk", "unrelate", "999900199111110067"]).output.contains("false"))
        try month.run(
            ["resident", "erase", "999900195602290025", "--reason", "本人申请", "--as", "admin"],
            at: "03T09:00:00")
        #expect(try list(month, ["--signal", "own-shop"]).risks.isEmpty)
    }

    @Test("Thresholds that are none are refused with their line, and the old ones hold")
    func thresholds() throws {
        let month = try watched()
        for (text, word) in [
            ("risks:\n  - signal: oulet-velocity\n", "outlet-velocity"),
            ("risks:\n  - signal: odd-hours\n    within: 10m\n", "within"),
            ("risks:\n  - signal: odd-hours\n    hours: 6-23\n", "08:00-22:00"),
            ("risks:\n  - signal: own-shop\n  - signal: own-shop\n", "twice"),
            ("risks:\n  - signal: own-shop\n    count: 0\n", "count"),
            ("risks:\n  - signal: split-sales\n    within: 8d\n", "7 days"),
            ("rules: []\n", "risks"),
        ] {
            let refused = try month.attempt([
                "risk", "rules", try month.folder.write(text, to: "bad.yaml"), "--as", "finance",
            ])
            #expect(refused.status != 0 && refused.errors.contains(word), "\(text): \(refused)")
        }
        #expect(try list(month).count == 2)
        for id in ["20300601-0000000000000000", "20301301-0000000000000000", "1", "2030-06-01"] {
            let none = try month.attempt(["risk", "show", id])
            #expect(none.status != 0 && none.errors.contains("no risk"), "\(none)")
        }
    }
}

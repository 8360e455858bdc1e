import Foundation
import Testing

@Suite("Differences: found by a run, worked on, put to rest by two persons")
struct DifferenceTests {
    typealias Month = SettlementTests.Month

    struct Queue: Decodable {
        struct Row: Decodable {
            var difference: String
            var kind: String
            var reference: String
            var ledger: Int64?
            var statement: Int64?
            var status: String
            var gone: String
            var owner: String
        }
        var count: Int
        var net: Int64
        var differences: [Row]
    }

    /// What the merchant of outlet YL-0002 says it sold: order 3 is dearer, and order 9 nobody knows.
    private static let orders = """
        订单号,消费金额,时间,网点,状态,退款金额
        订单-1,80.00,2030-06-01 20:00:00,YL-0001,已完成,
        订单-2,60.00,2030-06-01 21:00:00,YL-0002,已完成,
        订单-3,55.00,2030-06-02 10:00:00,YL-0002,已完成,
        订单-9,10.00,2030-06-02 11:00:00,YL-0002,已完成,

        """

    private func reconcile(
        _ month: Month, _ text: String, named name: String, at time: String = "05T09:00:00"
    ) throws -> String {
        try month.run(
            Self.reconciling(
                try month.folder.write(text, to: name), from: "2030-06-01", through: "2030-06-02"), at: time)
    }

    private static func reconciling(_ path: String, from: String, through: String) -> [String] {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures").standardizedFileURL.path
        return [
            "reconcile", "bill", path, "--mapping", fixtures + "/mappings/merchant-orders.yaml", "--from",
            from,
            "--through", through, "--record", "--as", "finance", "--json",
        ]
    }

    private func queue(_ month: Month, _ more: [String] = []) throws -> Queue {
        try JSONDecoder().decode(
            Queue.self, from: Data(try month.run(["difference", "list", "--json"] + more).utf8))
    }

    @Test("A run fills the queue once; a file imported twice changes nothing")
    func found() throws {
        let month = try Month()
        let first = try reconcile(month, Self.orders, named: "orders.csv")
        #expect(first.contains("\"matched\":2") && first.contains("\"balanced\":false"), "\(first)")
        let events = try month.run(["book", "check", "--json"])
        let again = try reconcile(month, Self.orders, named: "orders.csv", at: "06T09:00:00")
        #expect(again.contains("\"event\":") && !again.contains("\"replayed\""), "\(again)")
        #expect(try month.run(["book", "check", "--json"]) == events, "nothing was recorded again")
        let found = try queue(month)
        #expect(found.count == 2 && found.differences.map(\.kind).sorted() == ["金额不符", "长款"])
        #expect(found.net == 5_000 - 5_500 - 1_000)
        // The same lines further down in another file are the same differences.
        let moved = Self.orders.replacing(
            "订单-1,80.00", with: "订单-0,1.00,2030-06-01 19:00:00,YL-0001,已取消,\n订单-1,80.00")
        _ = try reconcile(month, moved, named: "moved.csv", at: "06T10:00:00")
        #expect(
            try queue(month).differences.map(\.difference).sorted()
                == found.differences.map(\.difference).sorted())
    }

    @Test("A corrected statement puts a difference to rest only where it is gone, by a second person")
    func correctedStatement() throws {
        let month = try Month()
        _ = try reconcile(month, Self.orders, named: "orders.csv")
        let long = try #require(try queue(month).differences.first { $0.kind == "长款" })
        let id = long.difference
        try month.run(["difference", "assign", id, "--owner", "finance"])
        try month.run(["difference", "note", id, "已联系商户核实", "--as", "finance"])
        let letter = try month.folder.write("证明", to: "letter.pdf")
        try month.run(["difference", "attach", id, letter, "--as", "finance"])
        try month.run(["difference", "attach", id, letter, "--as", "finance"])
        let shown = try month.run(["difference", "show", id])
        #expect(shown.contains("已联系商户核实") && shown.contains("letter.pdf"))
        #expect(shown.ranges(of: "letter.pdf").count == 1, "the same document is there once")
        let corrected =
            Self.orders.split(separator: "\n").filter { !$0.contains("订单-9") }
            .joined(separator: "\n") + "\n"
        let path = try month.folder.write(corrected, to: "corrected.csv")
        let resolve = ["difference", "resolve", id, "--note", "商户更正", "--as", "finance", "--statement"]
        let early = try month.attempt(resolve + [path], at: "05T10:00:00")
        #expect(early.status != 0 && early.errors.contains("No recorded run"), "\(early)")
        _ = try reconcile(month, corrected, named: "corrected.csv", at: "05T11:00:00")
        let first = try month.folder.write(Self.orders, to: "again.csv")
        let wrong = try month.attempt(resolve + [first], at: "05T11:10:00")
        #expect(wrong.status != 0 && wrong.errors.contains("found the difference too"), "\(wrong)")
        // Another month's run says nothing of this day.
        let other = try month.folder.write("订单号,消费金额,时间,网点,状态,退款金额\n", to: "july.csv")
        try month.run(
            Self.reconciling(other, from: "2030-07-01", through: "2030-07-31"), at: "05T11:12:00")
        let july = try month.attempt(resolve + [other], at: "05T11:13:00")
        #expect(july.status != 0 && july.errors.contains("for the day of the difference"), "\(july)")
        #expect(try queue(month).differences.first { $0.difference == id }?.gone.contains("未再发现") == true)
        try month.run(resolve + [path], at: "05T11:20:00")
        expectRefused(
            try month.attempt(["difference", "approve", id, "--as", "finance"], at: "05T11:30:00"),
            "approval.same-person")
        try month.run(["difference", "approve", id, "--as", "boss"], at: "05T11:31:00")
        #expect(try queue(month).count == 1)
        // A later file that has it again is evidence to open it again.
        _ = try reconcile(
            month, Self.orders + "订单-8,20.00,2030-06-02 12:00:00,YL-0002,已完成,\n", named: "later.csv",
            at: "06T09:00:00")
        let back = try #require(try queue(month, ["--all"]).differences.first { $0.difference == id })
        #expect(back.status == "resolved" && back.gone.contains("复现"))
        try month.run(
            ["difference", "reopen", id, "--evidence", letter, "--reason", "又出现", "--as", "finance"],
            at: "06T09:10:00")
        #expect(try queue(month).differences.first { $0.difference == id }?.status == "open")
        try month.checkBook()
    }

    @Test("A new entry puts a difference to rest; an event that moved no money does not")
    func posting() throws {
        let month = try Month()
        _ = try reconcile(month, Self.orders, named: "orders.csv")
        let id = try #require(try queue(month).differences.first { $0.kind == "金额不符" }).difference
        try month.run(
            ["correction", "propose", "3", "1.00", "--reason", "金额不符", "--as", "finance"], at: "05T10:00:00")
        let posted = try ReceiptDocument(
            try month.attempt(["correction", "approve", "1", "--as", "boss", "--json"], at: "05T10:10:00"))
        let resolve = ["difference", "resolve", id, "--note", "已更正", "--as", "finance", "--posting"]
        let idle = try month.attempt(resolve + ["\(posted.event - 1)"], at: "05T10:20:00")
        #expect(idle.status != 0 && idle.errors.contains("moved no money"), "\(idle)")
        let old = try month.attempt(resolve + ["4"], at: "05T10:20:00")
        #expect(old.status != 0 && old.errors.contains("no new entry"), "\(old)")
        let missing = try month.attempt(resolve + ["999999"], at: "05T10:20:00")
        #expect(missing.status != 0 && missing.errors.contains("no event 999999"), "\(missing)")
        try month.run(
            ["correction", "propose", "1", "1.00", "--reason", "另一商户", "--as", "finance"], at: "05T10:20:10")
        let other = try ReceiptDocument(
            try month.attempt(["correction", "approve", "2", "--as", "boss", "--json"], at: "05T10:20:20"))
        let foreign = try month.attempt(resolve + ["\(other.event)"], at: "05T10:20:30")
        #expect(foreign.status != 0 && foreign.errors.contains("is about merchant"), "\(foreign)")
        try month.run(resolve + ["\(posted.event)"], at: "05T10:21:00")
        expectRefused(
            try month.attempt(resolve + ["\(posted.event)"], at: "05T10:22:00"), "difference.resolved")
        try month.run(
            ["difference", "reject", id, "--reason", "凭据不足", "--as", "boss"], at: "05T10:30:00")
        try month.run(resolve + ["\(posted.event)"], at: "05T10:31:00")
        try month.run(["difference", "approve", id, "--as", "boss"], at: "05T10:32:00")
        let shown = try month.run(["difference", "show", id])
        #expect(shown.contains("凭据不足") && shown.contains("resolved"), "\(shown)")
        #expect(
            shown.contains("approveCorrection") && shown.contains("1.00"), "the second person sees the entry")
        try month.checkBook()
    }

    @Test("A merchant disputes a line of its own statement, and no other's")
    func dispute() throws {
        let month = try Month()
        struct Statement: Decodable {
            struct Outlet: Decodable { var sales: Int }
            var lines: Int
        }
        let path = try month.path("s") + ".csv"
        try month.run([
            "merchant", "statement", "2", "--from", "2030-06-01", "--through", "2030-06-30", "--output", path,
        ])
        let line = try #require(try month.text(path).split(whereSeparator: \.isNewline).dropFirst().first)
        let event = String(try #require(line.split(separator: ",").last))
        let dispute = ["--event", event, "--note", "应补二十五元", "--claims", "25.00", "--as", "shop"]
        let foreign = try month.attempt(["merchant", "dispute", "1"] + dispute, at: "05T09:00:00")
        #expect(foreign.status != 0 && foreign.errors.contains("no line of the statement"), "\(foreign)")
        try month.run(["merchant", "dispute", "2"] + dispute, at: "05T09:00:00")
        try month.run(["merchant", "dispute", "2"] + dispute, at: "05T09:01:00")
        let found = try queue(month)
        #expect(found.count == 1 && found.differences.first?.kind == "争议" && found.net == -500)
        let id = try #require(found.differences.first).difference
        try month.run(
            ["difference", "resolve", id, "--note", "核对无误", "--as", "finance"], at: "05T10:00:00")
        try month.run(["difference", "approve", id, "--as", "boss"], at: "05T10:10:00")
        #expect(try queue(month).count == 0)
        let unknown = try month.attempt(["difference", "show", "abcd"])
        #expect(unknown.status != 0 && unknown.errors.contains("abcd"), "\(unknown)")
    }

    @Test("What failed moved no money: it is told as such, and adds nothing to what the sides are apart")
    func failed() throws {
        struct Told: Decodable {
            struct Row: Decodable {
                var reference: String
                var failed: String
            }
            var net: Int64
            var differences: [Row]
        }
        let month = try Month()
        func told(_ more: [String] = []) throws -> Told {
            try JSONDecoder().decode(
                Told.self, from: Data(try month.run(["difference", "list", "--json"] + more).utf8))
        }
        let file = try month.folder.write(
            """
            单号,金额,时间,状态
            订单-1,80.00,2030-06-01 20:00:00,成功
            订单-2,60.00,2030-06-01 21:00:00,失败
            订单-3,50.00,2030-06-02 10:00:00,成功
            订单-8,70.00,2030-06-02 12:00:00,失败

            """, to: "channel.csv")
        let mapping = try month.folder.write(
            "name: 渠道\ncolumns: {reference: 单号, amount: 金额, time: 时间, outcome: 状态}\nsucceeded: [成功]\n",
            to: "channel.yaml")
        let run = try month.run(
            [
                "reconcile", "bill", file, "--mapping", mapping, "--record", "--as", "finance", "--json",
            ], at: "05T09:00:00")
        #expect(run.components(separatedBy: "\"failed\":\"对方\"").count == 3, "\(run)")
        let list = try told()
        #expect(list.differences.map(\.reference).sorted() == ["订单-2", "订单-8"])
        #expect(list.differences.allSatisfy { $0.failed == "对方" } && list.net == 6_000)
        #expect(try told(["--with", "渠道"]).differences.count == 2)
        let none = try month.attempt(["difference", "list", "--with", "渠"])
        #expect(none.status == 64 && none.errors.contains("渠道"), "\(none)")
    }

    @Test("Of three sides the one that alone has something is named")
    func threeSides() throws {
        let month = try Month()
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures").standardizedFileURL.path
        let orders = try month.folder.write(
            Self.orders.replacing("订单-3,55.00", with: "订单-3,50.00"), to: "orders.csv")
        let bank = try month.folder.write(
            "摘要,金额,时间\n订单-1,80.00,2030-06-01 20:00:00\n订单-2,60.00,2030-06-01 21:00:00\n订单-7,5.00,2030-06-02 09:00:00\n",
            to: "bank.csv")
        let mapping = try month.folder.write(
            "name: 演练银行\ncolumns:\n  reference: 摘要\n  amount: 金额\n  time: 时间\n", to: "bank.yaml")
        let reconcile = [
            "reconcile", "bill", orders, "--mapping", fixtures + "/mappings/merchant-orders.yaml", "--bank",
            bank,
            "--bank-mapping", mapping, "--from", "2030-06-01", "--through", "2030-06-02", "--as", "finance",
        ]
        let told = try month.run(reconcile + ["--record", "--json"], at: "05T09:00:00")
        #expect(
            told.contains("\"matched\":3") && told.contains("\"banked\":2")
                && told.contains("\"balanced\":false"))
        let found = try queue(month)
        #expect(
            found.differences.map { "\($0.kind) \($0.reference)" }.sorted() == [
                "单边账 订单-7", "单边账 订单-9", "短款 订单-3",
            ])
        let events = try month.run(["book", "check", "--json"])
        try month.run(reconcile + ["--record"], at: "06T09:00:00")
        #expect(try month.run(["book", "check", "--json"]) == events)
        let rules = try month.run(
            reconcile + ["--rules", fixtures + "/mappings/rules.yaml", "--json"], at: "06T10:00:00")
        #expect(rules.contains("\"banked\":2"), "\(rules)")
        let both = try month.attempt(
            reconcile + ["--rules", fixtures + "/mappings/rules.yaml", "--near", "5"])
        #expect(both.status == 64 && both.errors.contains("--rules takes the place"), "\(both)")
    }
}

import Foundation
import Testing

@Suite("What leaves the ledger for others: signed batches of a day, and data for auditors' software")
struct ExchangeTests {
    typealias Month = SettlementTests.Month

    @Test("A day's batch is the same when it is sent again, and its receipt names it")
    func batch() throws {
        let month = try Month()
        let outbox = try month.path("outbox")
        func send() throws -> (batch: String, note: String) {
            try month.run(
                ["platform", "send", "2030-06-01", "--output", outbox, "--as", "finance"], at: "02T09:00:00")
            let name = outbox + "/370782-2030-06-01"
            return (try month.text(name + ".jsonl"), try month.text(name + ".note"))
        }
        let first = try send()
        try month.run(
            ["redeem", "4", "--outlet", "YL-0002", "--bill", "60.00", "--order", "订单-4"], at: "02T10:30:00")
        let again = try send()
        #expect(first == again)
        let lines = first.batch.split(separator: "\n")
        #expect(lines[0].contains("\"gross\":14000") && lines[0].contains("\"subsidy\":4000"))
        #expect(first.batch.contains("\"outlet\":\"YL-0001\"") && first.batch.contains("订单-1"))
        #expect(!first.batch.contains("9999001949"), "a batch is about nobody")
        let key = try #require(
            try month.folder.runJSON(["platform", "keys"]).output.split(separator: "\"")
                .first { $0.hasPrefix("wenhui-daily/370782+") }.map(String.init))
        let file = outbox + "/370782-2030-06-01.jsonl"
        let verify = ["platform", "verify", file, "--key", key]
        #expect(try Program.wenhui.run(verify).output.contains("140.00"))
        try Data(first.batch.replacing("\"gross\":8000", with: "\"gross\":9000").utf8)
            .write(to: URL(filePath: file))
        let bent = try Program.wenhui.run(verify)
        #expect(bent.status == 5 && bent.errors.contains("head"), "\(bent)")

        struct Days: Decodable {
            struct Row: Decodable {
                var day: String
                var status: String
                var count: Int
            }
            var days: [Row]
        }
        func days() throws -> [String: String] {
            let told = try month.folder.runJSON(["platform", "list", "--all"]).output
            let rows = try JSONDecoder().decode(Days.self, from: Data(told.utf8)).days
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.day, $0.status) })
        }
        #expect(try days()["2030-06-01"] == "sent")
        let sent = try month.folder.runJSON([
            "platform", "send", "2030-06-01", "--output", outbox, "--as", "finance", "--clock",
            "2030-06-02T11:00:00+08:00",
        ]).output
        let digest = try #require(sent.split(separator: "\"").first { $0.utf8.count == 64 })
        let records = lines.count - 1
        func receipt(
            _ digest: Substring, accepted: Int, rejected: String = "[]"
        ) throws -> Finished {
            let text = """
                {"format":"wenhui-daily-receipt/1","ledger":"370782","day":"2030-06-01","digest":"\(digest)",
                "records":\(records),"accepted":\(accepted),"rejected":\(rejected),"number":"回执-1"}
                """
            return try month.attempt([
                "platform", "receipt", try month.folder.write(text, to: "receipt.json"), "--as", "finance",
            ])
        }
        let other = try receipt("\(String(repeating: "0", count: 64))", accepted: records)
        #expect(other.status != 0 && other.errors.contains("send it again"), "\(other)")
        let short = try receipt(digest, accepted: records - 1)
        #expect(short.status != 0 && short.errors.contains("are not"), "\(short)")
        let strange = try receipt(
            digest, accepted: records - 1, rejected: "[{\"event\":1,\"reason\":\"x\"}]")
        #expect(strange.status != 0 && strange.errors.contains("event 1"), "\(strange)")
        #expect(try days()["2030-06-01"] == "sent", "a receipt that is none changed something")
        let event = try #require(
            lines[1].split(separator: ",").first { $0.hasPrefix("\"event\":") }?.dropFirst(8))
        let part = try receipt(
            digest, accepted: records - 1, rejected: "[{\"event\":\(event),\"reason\":\"网点未备案\"}]")
        #expect(part.status == 0, "\(part)")
        #expect(try days()["2030-06-01"] == "rejected")
        #expect(try receipt(digest, accepted: records).status == 0)
        #expect(try days()["2030-06-01"] == "confirmed")
        // A late retry of the one before says nothing new.
        #expect(
            try receipt(
                digest, accepted: records - 1, rejected: "[{\"event\":\(event),\"reason\":\"网点未备案\"}]"
            ).status == 0)
        #expect(try days()["2030-06-01"] == "confirmed")
        let huge = try receipt(
            digest, accepted: Int.max, rejected: "[{\"event\":\(event),\"reason\":\"网点未备案\"}]")
        #expect(huge.status == 64 && huge.errors.contains("are not"), "\(huge)")
        let now = try month.attempt(
            ["platform", "send", "2999-01-01", "--output", outbox, "--as", "finance"], at: "02T11:00:00")
        #expect(now.status != 0 && now.errors.contains("not over"), "\(now)")
        try month.checkBook()
    }

    @Test("A practice ledger of another year has the days of its own clock and log")
    func past() throws {
        let folder = try temporaryFolder("past")
        defer { try? FileManager.default.removeItem(at: folder) }
        func run(_ arguments: [String], at time: String? = nil) throws -> Finished {
            let clock = time.map { ["--clock", "2018-06-\($0):00:00+08:00"] } ?? []
            return try Program.wenhui.run(
                arguments + clock + ["--data", folder.appending(path: "data").path])
        }
        try #expect(run(["init"]).status == 0)
        let opened = try run(
            ["ledger", "open", "370782", "--name", "潍坊市诸城市", "--practice"], at: "01T09")
        #expect(opened.status == 0, "\(opened)")
        let owed = try run(["report", "calendar", "--json"])
        #expect(owed.status == 0 && owed.output.contains("\"overdue\":0"), "\(owed)")
        let risks = try run(["risk", "list", "--json"])
        #expect(risks.output.contains("\"through\":\"2018-06-01\""), "\(risks)")
        func send(_ day: String, at time: String) throws -> Finished {
            let outbox = folder.appending(path: "outbox").path
            return try run(["platform", "send", day, "--output", outbox, "--as", "finance"], at: time)
        }
        let open = try send("2018-06-01", at: "01T12")
        #expect(open.status == 64 && open.errors.contains("not over"), "\(open)")
        let before = try send("2018-05-31", at: "02T12")
        #expect(before.status == 64 && before.errors.contains("first day is 2018-06-01"), "\(before)")
        let over = try send("2018-06-01", at: "02T12")
        #expect(over.status == 0, "\(over)")
    }

    @Test("Auditors' files add up, and are written whole or not at all")
    func accounting() throws {
        let month = try Month()
        let open = try month.attempt([
            "report", "accounting-data", "2030-06", "--output", try month.path("open"),
        ])
        #expect(open.status == 64 && open.errors.contains("no month that is over"), "\(open)")
        try month.run(["report", "draft", "month", "2030-06", "--as", "finance"], at: "2030-07-01T09:00:00")
        let (folder, detailed) = (try month.path("june"), try month.path("detail"))
        try month.run(["report", "accounting-data", "2030-06", "--output", folder])
        try month.run(["report", "accounting-data", "2030-06", "--output", detailed, "--detail"])
        let text = try month.text(folder + "/总账.xml")
        #expect(text.contains("<科目名称>应付商户补贴款</科目名称>") && text.contains("领取（4 笔，事件 "))
        #expect(try month.text(detailed + "/总账.xml").contains("<制单人>"))
        #expect(try month.text(folder + "/公共档案.xml").contains("演练书店有限公司"))
        let again = try month.attempt(["report", "accounting-data", "2030-06", "--output", folder])
        #expect(again.status == 64 && again.errors.contains("exists already"), "\(again)")
        let none = try month.attempt(["report", "accounting-data", "2030-Q1", "--output", folder + "x"])
        #expect(none.status == 64 && !FileManager.default.fileExists(atPath: folder + "x"), "\(none)")
    }

    @Test(
        "Runs against merchants' orders and banks' returns go on record, and their differences into the queue"
    )
    func recorded() throws {
        let month = try Month()
        let orders = try month.folder.write(
            """
            order,credit_code,amount_yuan,time,status
            订单-1,91999900YN000001X0,20.00,2030-06-01T20:00:00+08:00,succeeded
            订单-2,91999900YN00000280,20.00,2030-06-01T21:00:00+08:00,succeeded
            订单-3,91999900YN00000280,15.00,2030-06-02T10:00:00+08:00,succeeded

            """, to: "orders.csv")
        let run = [
            "reconcile", "orders", orders, "--from", "2030-06-01", "--through", "2030-06-02", "--record",
            "--as",
            "finance",
        ]
        try month.run(run, at: "03T08:00:00")
        #expect(try month.run(run, at: "03T08:10:00").contains("on record already"))
        let found = try month.run(["difference", "list"])
        #expect(found.contains("商户订单") && found.contains("订单-3") && found.contains("金额不符"), "\(found)")
        try month.settle()
        try month.run(
            ["settlement", "export", "1", "--output", try month.path("pay.csv"), "--as", "finance"],
            at: "03T10:00:00")
        let bank = try month.folder.write(
            "reference,amount_yuan,date,status,bank_reference\nS370782-00000001-5/1,10.00,2030-06-03,paid,B1\n",
            to: "return.csv")
        try month.run(
            ["reconcile", "bank", bank, "--settlement", "1", "--record", "--as", "finance"], at: "03T11:00:00"
        )
        let all = try month.run(["difference", "list"])
        #expect(all.contains("银行回单 S370782-00000001-5"), "\(all)")
        try month.checkBook()
    }
}

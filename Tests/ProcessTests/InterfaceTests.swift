import Foundation
import Testing

@Suite("The interface over a socket", .timeLimit(.minutes(5)))
struct InterfaceTests {
    @Test("A county is set up, claims, redeems, refunds and settles over HTTP alone")
    func season() async throws {
        let county = try County(try ServedFolder(try PracticeFolder()))
        try await county.open()
        let claimed = try await county.claim("999900194901010017")
        #expect(claimed.status == 201 && claimed.number("face") == 5000, "\(claimed)")
        let token = try await county.post("/vouchers/1/tokens", [:], as: county.officer)
        let scanned = try #require(token["token"], "\(token)")
        var sale = County.sale
        sale["voucher"] = scanned
        let redeemed = try await county.post("/redemptions", sale, as: county.till, under: "till-1")
        #expect(redeemed.status == 201, "\(redeemed)")
        #expect(redeemed.number("subsidy") == 5000 && redeemed.number("ownPaid") == 7000)
        #expect(redeemed.headers["idempotency-replayed"] == nil)
        let again = try await county.post("/redemptions", sale, as: county.till, under: "till-1")
        #expect(again.status == 201 && again.text == redeemed.text)
        #expect(again.headers["idempotency-replayed"] == "true")
        let reused = try await county.post(
            "/redemptions", sale.merging(["bill": 13_000]) { $1 }, as: county.till, under: "till-1")
        #expect(reused.status == 422 && reused.code == "key.reused", "\(reused)")
        let twice = try await county.post("/redemptions", sale, as: county.till)
        #expect(twice.status == 422 && twice.code == "token.used", "\(twice)")
        #expect(twice.number("event") != nil, "a refusal is on record")
        let refund = try await county.post("/redemptions/1/refunds", ["bill": 12_000], as: county.till)
        #expect(refund.status == 201 && refund.number("subsidy") == 5000, "\(refund)")
        #expect(try await county.claim("999900195602290025").status == 201)
        let held = try await county.post(
            "/authorisations", County.sale.merging(["voucher": "2", "order": "A-2"]) { $1 }, as: county.till)
        #expect(held.status == 201, "\(held)")
        let captured = try await county.post(
            "/authorisations/1/capture", ["bill": 11_000, "order": "A-2"], as: county.till)
        #expect(captured.status == 201 && captured.number("subsidy") == 5000, "\(captured)")
        let settlement = try await county.post(
            "/settlements", ["through": "2100-01-01"], as: county.officer)
        #expect(settlement.status == 422 || settlement.status == 201, "\(settlement)")
        let list = try await county.get("/redemptions?limit=1")
        #expect((list.object?["items"] as? [Any])?.count == 1 && list["next"] == "1", "\(list)")
        let rest = try await county.get("/redemptions?limit=1&after=1")
        #expect((rest.object?["items"] as? [Any])?.count == 1 && rest["next"] == nil, "\(rest)")
        #expect(try await county.get("/book/trial-balance").status == 200)
        #expect(try county.served.server.terminate().status == 0)
        let checked = try county.served.folder.run(["book", "check"])
        #expect(checked.status == 0, "\(checked)")
    }

    @Test("Whatever is wrong with a request is told by code and field, and changes nothing")
    func mistakes() async throws {
        let county = try County(try ServedFolder(try PracticeFolder()))
        try await county.open()
        #expect(try await county.claim("999900194901010017").status == 201)
        let before = try county.served.folder.eventCount()
        func changed(_ fields: [String: Any]) -> [String: Any] { County.sale.merging(fields) { $1 } }
        for (body, code, field) in [
            (changed(["tip": 1]), "field.invalid", "tip"),
            (changed(["bill": "120"]), "field.invalid", "bill"),
            (changed(["bill": 120.5]), "field.invalid", "bill"),
            (changed(["bill": NSNull()]), "field.invalid", "bill"),
            (changed(["order": ""]), "field.invalid", "order"),
            (changed(["order": String(repeating: "长", count: 22)]), "field.invalid", "order"),
            (changed(["details": ["items": [["name": "围城"]]]]), "field.invalid", "details.items.0.quantity"),
            (changed(["details": ["session": "V370782-00000001-5"]]), "field.invalid", "details.session"),
            (changed(["voucher": "V370782-00000001-6"]), "invalid", nil),
            (changed(["voucher": "WH1:ABC"]), "invalid", nil),
        ] as [([String: Any], String, String?)] {
            let answer = try await county.post("/redemptions", body, as: county.till)
            #expect(
                answer.status == 400 && answer.code == code && answer.field == field, "\(body): \(answer)")
        }
        var missing = County.sale
        missing["bill"] = nil
        let answer = try await county.post("/redemptions", missing, as: county.till, language: "zh")
        #expect(answer.status == 400 && answer.field == "bill" && answer.detail == "缺少这个字段", "\(answer)")
        for (headers, body, status, code) in [
            ([:], "{}", 400, "idempotency-key.missing"),
            (["Idempotency-Key": "a b"], "{}", 400, "idempotency-key.invalid"),
            (
                ["Idempotency-Key": String(repeating: "k", count: 256)], "{}", 400, "idempotency-key.invalid"
            ),
            (["Idempotency-Key": "k"], "{", 400, "body.invalid"),
            (["Idempotency-Key": "k"], "", 400, "body.invalid"),
            (["Idempotency-Key": "k"], "[]", 400, "body.invalid"),
            (["Idempotency-Key": "k", "Content-Type": "text/plain"], "{}", 415, "media-type"),
            (
                ["Idempotency-Key": "k"], "{\"order\":\"" + String(repeating: "x", count: 70_000) + "\"}",
                413,
                "body.too-large"
            ),
        ] as [([String: String], String, Int, String)] {
            let all = ["Authorization": "Bearer \(county.till)", "Content-Type": "application/json"]
                .merging(headers) { $1 }
            let answer = try await county.served.ask(
                county.base + "/redemptions", method: "POST", headers: all, body: Data(body.utf8))
            #expect(
                answer.status == status && answer.code == code, "\(headers) \(body.prefix(20)): \(answer)")
        }
        for (path, status, code) in [
            ("/redemptions?day=1", 400, "field.invalid"), ("/redemptions?limit=0", 400, "field.invalid"),
            ("/redemptions?limit=1&limit=2", 400, "field.invalid"), ("/vouchers/99", 404, "not-found"),
            ("/vouchers/x", 400, "field.invalid"), ("/book/accounts/none", 400, "field.invalid"),
            ("/nothing", 404, "http.not-found"), ("/redemptions/1/refunds", 405, "http.method"),
        ] {
            let answer = try await county.get(path)
            #expect(answer.status == status && answer.code == code, "\(path): \(answer)")
        }
        let denied = try await county.post("/redemptions", County.sale, as: county.reader)
        #expect(denied.status == 403 && denied.code == "access.scope")
        // What a key may not do, it may not do by a file either.
        let cashier = try county.served.key(named: "只核销", scopes: ["redeem"]).text
        let refunds = try await county.served.ask(
            county.base + "/orders/files", method: "POST",
            headers: [
                "Authorization": "Bearer \(cashier)", "Idempotency-Key": "file", "Content-Type": "text/csv",
            ],
            body: Data(
                "key,action,voucher,outlet,terminal,bill_yuan,channel,order\nr1,refund,,YL-0001,,,,A-1\n".utf8
            ))
        #expect(refunds.status == 403 && refunds.code == "access.scope", "\(refunds)")
        let file = try await county.send("/residents/imports", try fixture("registry/bad/residents.csv"))
        #expect(
            file.status == 400 && file.code == "file" && file.detail?.contains("line 3") == true, "\(file)")
        let rule = try await county.send("/programmes", Data("name: x\n".utf8), "application/yaml")
        #expect(rule.status == 400 && rule.code == "body.invalid", "\(rule)")
        // Nothing but what happened at the door: two denials, and a key that was made for one of them.
        let history = try county.served.folder.runJSON(["account", "history"]).output
        let later = history.matches(of: /"event":([0-9]+)/).compactMap { UInt64($0.output.1) }.filter {
            $0 >= before
        }
        #expect(try county.served.folder.eventCount() == before + UInt64(later.count), "\(history)")
        #expect(later.count == 3)
    }

    @Test(
        "An edit with If-Match is done only where nobody has changed what was seen; a retry is answered all the same"
    )
    func entityTags() async throws {
        let county = try County(try ServedFolder(try PracticeFolder()))
        try await county.open()
        func edit(_ action: String, _ tag: String, _ key: String) async throws -> ServedFolder.Answer {
            try await county.served.ask(
                county.base + "/programmes/1/\(action)", method: "POST",
                headers: [
                    "Authorization": "Bearer \(county.officer)", "Idempotency-Key": key, "If-Match": tag,
                ])
        }
        let seen = try #require(try await county.get("/programmes/1").headers["etag"])
        #expect(seen.hasPrefix("\"") && seen.count == 34)
        let funds = try #require(try await county.get("/funds").headers["etag"])
        let unchanged = try await county.served.ask(
            county.base + "/funds",
            headers: ["Authorization": "Bearer \(county.reader)", "If-None-Match": funds])
        #expect(unchanged.status == 304 && unchanged.text.isEmpty)
        let batch = try await county.get("/batches/1")
        #expect(try await county.claim("999900194901010017").status == 201)
        let claimed = try await county.get("/batches/1")
        #expect(claimed.number("left") != batch.number("left"))
        #expect(claimed.headers["etag"] == batch.headers["etag"], "who claims edits nothing")
        let before = try county.served.folder.eventCount()
        let paused = try await edit("pause", seen, "p")
        #expect(paused.status == 200, "\(paused)")
        let retried = try await edit("pause", seen, "p")
        #expect(
            retried.status == 200 && retried.text == paused.text, "a retry has seen what it saw: \(retried)")
        let late = try await edit("resume", seen, "r")
        #expect(late.status == 412 && late.code == "changed", "\(late)")
        #expect(try county.served.folder.eventCount() == before + 1)
        let now = try #require(try await county.get("/programmes/1").headers["etag"])
        #expect(now != seen)
        #expect(
            try await edit("resume", "\"0\", \(now)", "r").status == 200,
            "a refused precondition binds no key")
        #expect(try await edit("pause", "*", "s").status == 200)
        let elsewhere = try await county.served.ask(
            county.base + "/claims", method: "POST",
            headers: [
                "Authorization": "Bearer \(county.officer)", "Idempotency-Key": "c", "If-Match": now,
                "Content-Type": "application/json",
            ], body: Data("{}".utf8))
        #expect(elsewhere.status == 400 && elsewhere.field == "If-Match", "\(elsewhere)")
    }

    @Test("A receipt over HTTP holds the event, and verifies offline")
    func receipt() async throws {
        let county = try County(try ServedFolder(try PracticeFolder()))
        #expect(
            try await county.get("/receipts/2").status == 403,
            "an entry holds what only auditors may put together")
        let auditor = try county.served.key(named: "审计", scopes: ["audit"]).text
        let receipt = try await county.get("/receipts/2", as: auditor)
        #expect(
            receipt.status == 200 && receipt.text.hasPrefix("c2sp.org/tlog-proof@v1\nextra "), "\(receipt)")
        let file = try county.served.folder.write(receipt.text, to: "receipt")
        let keys = try await county.served.ask("/log/370782/keys").text
        let key = try #require(keys.split(separator: "\n").first)
        let verified = try Program.wenhui.run(["receipt", "verify", file, "--key", String(key)])
        #expect(verified.status == 0, "\(verified)")
        #expect(try await county.get("/receipts/999", as: auditor).status == 400)
        let entries = try await county.get("/batches/1/lottery/entries.csv")
        #expect(entries.status == 422 || entries.status == 404, "\(entries)")
    }

    @Test("Who shows what is no key too often is told to wait, and whoever has one is not")
    func strangers() async throws {
        let county = try County(try ServedFolder(try PracticeFolder(), ["--strangers", "3"]))
        var statuses: [Int] = []
        for _ in 0..<20 {
            let answer = try await county.get("/funds", as: "whk_none")
            statuses.append(answer.status)
            guard answer.status == 429 else { continue }
            let wait = Int(answer.headers["retry-after"] ?? "") ?? 0
            #expect(answer.code == "rate" && (1...20).contains(wait), "\(answer)")
        }
        #expect(statuses.prefix(3).allSatisfy { $0 == 401 } && statuses.contains(429))
        #expect(try await county.get("/funds").status == 200)
    }

    @Test("A key that asks too often is told to wait")
    func rate() async throws {
        let county = try County(try ServedFolder(try PracticeFolder(), ["--rate", "1"]))
        var statuses: [Int] = []
        for _ in 0..<20 { statuses.append(try await county.get("/funds").status) }
        #expect(statuses.first == 200 && statuses.contains(429))
    }

    @Test("serve --demo makes a county, and its three requests work as pasted, again after a restart")
    func demonstration() throws {
        let parent = try temporaryFolder("demo")
        defer { try? FileManager.default.removeItem(at: parent) }
        for round in 1...2 {
            let server = try Program.wenhui.start(
                ["serve", "--demo", "--port", "0", "--data", parent.path + "/county"])
            try server.wait(forLines: 14)
            let pasted = server.lines.filter { $0.hasPrefix("KEY=") || $0.hasPrefix("curl") }
            #expect(pasted.count == 4)
            let done = try Program(at: URL(fileURLWithPath: "/bin/bash")).run([
                "-c", pasted.joined(separator: "\n"),
            ])
            #expect(done.status == 0, "\(done)")
            #expect(done.output.contains("\"voucher\":\"V370782-0000000\(round)"), "\(done)")
            #expect(
                done.output.contains("\"subsidy\":4300") && done.output.contains("c2sp.org/tlog-proof@v1"))
            #expect(try server.terminate().status == 0)
        }
    }
}

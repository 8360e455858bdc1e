import Cryptography
import Foundation
import HTTPTypes
import LedgerAPI
import LedgerDomain
import Testing

@Suite("The door over a socket", .timeLimit(.minutes(5)))
struct DoorTests {
    @Test("A person signs in by a cookie, changes by the page's token, is told who they are and signs out")
    func people() async throws {
        let door = try await ServedDoor()
        let admin = try await door.signIn("admin", ["administrator"])
        let who = try await door.served.ask(door.base + "/sign-in", headers: ["Cookie": admin.cookie])
        #expect(
            who.status == 200 && who["account"] == "admin" && who["forgeryToken"] == admin.token, "\(who)")
        let without = try await door.post(
            "/accounts/checker/roles", ["roles": ["finance-approver"]], ["Cookie": admin.cookie])
        #expect(without.status == 403 && without.code == "access.forgery", "\(without)")
        let granted = try await door.post(
            "/accounts/checker/roles", ["roles": ["finance-approver"]], admin.headers)
        #expect(granted.status == 200 && granted.number("event") != nil, "\(granted)")
        let own = try await door.post("/accounts/admin/roles", ["roles": ["auditor"]], admin.headers)
        #expect(own.status == 422 && own.code == "account.own", "\(own)")
        let denied = try await door.post(
            "/funds/1/appropriations", ["amount": 1, "reference": "a"], admin.headers)
        #expect(denied.status == 403 && denied.code == "access.scope", "\(denied)")
        let events = try await door.served.ask(door.base + "/access-events?limit=3", headers: admin.headers)
        #expect(
            events.text.contains("\"kind\":\"denied\"") && events.text.contains("appropriate"), "\(events)")
        #expect(try await door.post("/sign-out", nil, admin.headers).status == 200)
        let after = try await door.served.ask(door.base + "/sign-in", headers: ["Cookie": admin.cookie])
        #expect(after.status == 401 && after.code == "access.signed-out", "\(after)")
    }

    @Test("Every operation is open to the roles that Schema/roles.csv says, and to no other")
    func roles() async throws {
        let door = try await ServedDoor(["--rate", "100000"])
        for role in Role.allCases where role != .resident && role != .cashier {
            let more = role == .bookkeeper ? ["--merchant", "1"] : []
            let person = try await door.signIn("u-\(role.name)", [role.name], more)
            // Whoever signs out has nothing to show for the rest.
            let all = Endpoint.all.filter { $0.permission != nil && $0.name != "signOut" }
            for endpoint in all {
                let path = endpoint.address.replacing(/\{ledger\}/, with: "370782").replacing(
                    /\{[a-z]+\}/, with: "9")
                var headers = person.headers
                headers["Idempotency-Key"] = UUID().uuidString
                headers["Content-Type"] = endpoint.bodyType
                // A stream has no end to wait for.
                let isStream = endpoint.name == "followEvents"
                let answer = try await door.served.ask(
                    "/v1" + path, method: isStream ? "HEAD" : endpoint.method.rawValue, headers: headers,
                    body: endpoint.bodyType == nil ? nil : Data("{".utf8))
                let isDenied = answer.status == 403 && (isStream || answer.code == "access.scope")
                #expect(
                    isDenied != endpoint.isOpen(to: role) && answer.status < 500,
                    "\(role.name) \(endpoint.name): \(answer.status) \(answer.code ?? "")")
            }
        }
    }

    @Test("Wrong passwords wait, and what is no sign-in is told nothing")
    func failures() async throws {
        let door = try await ServedDoor(["--strangers", "1000"])
        _ = try await door.signIn("审计", ["auditor"])
        var statuses: [Int] = []
        for _ in 0..<7 {
            statuses.append(
                try await door.post("/sign-in", ["account": "审计", "password": "错", "code": "000000"]).status)
        }
        #expect(statuses == [401, 401, 401, 401, 401, 429, 429])
        let waiting = try await door.post("/sign-in", ["account": "审计", "password": "错", "code": "000000"])
        #expect(waiting.code == "access.too-often" && waiting.headers["retry-after"] != nil, "\(waiting)")
        for cookie in [
            "wenhui-370782=", "wenhui-370782=whs_370782_\(String(repeating: "0", count: 64))", "other=1",
        ] {
            let answer = try await door.served.ask(door.base + "/sign-in", headers: ["Cookie": cookie])
            #expect(answer.status == 401, "\(cookie): \(answer)")
        }
    }

    @Test("A resident signs in by phone, sees their own vouchers, and nobody learns who is registered")
    func residents() async throws {
        let door = try await ServedDoor(["--messages", "print"])
        // One without a phone, one with another phone, one whom nobody knows.
        for (number, phone) in [
            ("999900194901010017", "13800000002"), ("999900195602290025", "13800000003"),
            ("110101199001011237", "13800000003"),
        ] {
            let answer = try await door.post("/me/codes", ["resident": number, "phone": phone])
            #expect(answer.status == 200 && answer.text == "{}\n", "\(answer)")
        }
        let often = try await door.post(
            "/me/codes", ["resident": "999900195602290025", "phone": "13800000003"])
        #expect(often.status == 429, "one a minute, right or wrong: \(often)")
        let wrong = try await door.post(
            "/me/sign-in", ["resident": "999900195602290025", "phone": "13800000002", "code": "000000"])
        #expect(wrong.status == 401 && wrong.code == "access.sign-in", "\(wrong)")
        let resident = "999900196608150036"
        let sent = try await door.post("/me/codes", ["resident": resident, "phone": "13800000003"])
        #expect(sent.status == 200 && sent.text == "{}\n", "\(sent)")
        try door.served.server.wait(forLines: 2)
        let messages = door.served.server.lines.filter { $0.contains("message") }
        #expect(messages.count == 1 && messages[0].contains("13800000003"), "only one was sent")
        let code = try #require(messages.first?.firstMatch(of: /验证码 ([0-9]{6})/)).output.1
        let signed = try await door.post(
            "/me/sign-in", ["resident": resident, "phone": "13800000003", "code": String(code)])
        let token = try #require(signed["token"], "\(signed)")
        let bearer = ["Authorization": "Bearer \(token)"]
        let vouchers = try await door.served.ask(door.base + "/me/vouchers", headers: bearer)
        #expect(vouchers.status == 200 && vouchers.text == "{\"items\":[]}\n", "\(vouchers)")
        #expect(try await door.post("/me/vouchers/1/tokens", nil, bearer).status == 404)
        #expect(try await door.post("/residents/lookup", ["resident": resident], bearer).status == 403)
        let again = try await door.post(
            "/me/sign-in", ["resident": resident, "phone": "13800000003", "code": String(code)])
        #expect(again.status == 401, "a code is good once")
        #expect(try await door.post("/me/sign-out", nil, bearer).status == 200)
        #expect(try await door.served.ask(door.base + "/me/vouchers", headers: bearer).status == 401)
    }

    @Test(
        "Residents register by themselves where name, number and phone go together, and nobody learns who had"
    )
    func registration() async throws {
        let secret = String(repeating: "0f", count: 32)
        for (verified, status) in [(true, 200), (false, 422)] {
            let authority = try WebhookReceiver(reply: "{\"verified\": \(verified)}")
            let config = try temporaryFolder("config")
            defer { try? FileManager.default.removeItem(at: config) }
            let file = config.appendingPathComponent("wenhui.yaml")
            try Data("real-name: \(authority.address)\nreal-name-secret: \(secret)\n".utf8).write(to: file)
            let door = try await ServedDoor(["--messages", "print", "--config", file.path])
            let person = ["resident": "999900199001010030", "name": "演练十号", "phone": "13800000010"]
            let before = try door.served.folder.eventCount()
            for (field, value) in [("resident", "999900199001010031"), ("phone", "12345678901")] {
                let wrong = try await door.post("/me/registrations", person.merging([field: value]) { $1 })
                #expect(wrong.status == 400, "\(wrong)")
            }
            #expect(authority.deliveries.isEmpty, "nobody is asked about what cannot be")
            for _ in 1...2 {
                let answer = try await door.post("/me/registrations", person)
                #expect(answer.status == status, "\(answer)")
                #expect(verified || answer.code == "real-name.not-confirmed")
            }
            let asked = try #require(authority.deliveries.first)
            #expect(asked.object["identityNumber"] as? String == person["resident"])
            #expect(asked.signature.hasPrefix("t="))
            #expect(try door.served.folder.eventCount() == before + (verified ? 1 : 0))
            let code = try await door.post(
                "/me/codes", ["resident": "999900199001010030", "phone": "13800000010"])
            #expect(code.status == 200)
            if verified { try door.served.server.wait(forLines: 2) }
            #expect(door.served.server.lines.contains { $0.contains("13800000010") } == verified)
        }
        let closed = try await ServedDoor()
        let none = try await closed.post(
            "/me/registrations", ["resident": "999900199001010030", "name": "某", "phone": "13800000010"])
        #expect(none.status == 404, "\(none)")
    }

    @Test(
        "An administrator makes and revokes machines' keys; a retry gets the same one, and nobody else makes any"
    )
    func keys() async throws {
        let door = try await ServedDoor()
        let admin = try await door.signIn("admin", ["administrator"])
        func make(_ body: [String: Any], _ key: String, _ who: [String: String]) async throws
            -> ServedFolder.Answer
        {
            try await door.served.ask(
                door.base + "/api-keys", method: "POST",
                headers: who.merging(["Idempotency-Key": key, "Content-Type": "application/json"]) { $1 },
                body: try JSONSerialization.data(withJSONObject: body))
        }
        let asked: [String: Any] = ["name": "对接方", "scopes": ["read"], "days": 30]
        let made = try await make(asked, "k1", admin.headers)
        #expect(made.status == 201, "\(made)")
        let again = try await make(asked, "k1", admin.headers)
        #expect(again.text == made.text && again.headers["idempotency-replayed"] == "true")
        #expect(try await make(asked, "k2", admin.headers)["key"] != made["key"])
        let bearer = ["Authorization": "Bearer \(try #require(made["key"]))"]
        #expect(try await door.served.ask(door.base + "/funds", headers: bearer).status == 200)
        for body in [
            ["name": "x", "scopes": ["accounts"]], ["name": "x", "scopes": []],
            ["name": "x", "scopes": ["read"], "days": 0], ["name": "x", "scopes": ["money.approve"]],
        ] as [[String: Any]] {
            #expect(try await make(body, UUID().uuidString, admin.headers).status == 400, "\(body)")
        }
        #expect(try await make(asked, "k3", bearer).status == 403)
        for (field, value) in [("name", "别人"), ("days", 31), ("scopes", ["audit"])] as [(String, Any)] {
            let other = try await make(asked.merging([field: value]) { $1 }, "k1", admin.headers)
            #expect(other.code == "key.reused", "\(other)")
        }
        let list = try await door.served.ask(door.base + "/api-keys", headers: admin.headers)
        #expect(list.status == 200 && list.text.contains("对接方"), "\(list)")
        #expect(!list.text.contains(try #require(made["key"]).suffix(64)), "no list shows a key")
        func revoke(_ id: String?, _ key: String) async throws -> ServedFolder.Answer {
            try await door.served.ask(
                door.base + "/api-keys/\(try #require(id))/revocation", method: "POST",
                headers: admin.headers.merging(["Idempotency-Key": key]) { $1 })
        }
        let other = try await make(asked, "k4", admin.headers)
        let revoked = try await revoke(made["id"], "r1")
        #expect(revoked.status == 200, "\(revoked)")
        #expect(try await revoke(made["id"], "r1").headers["idempotency-replayed"] == "true")
        let reused = try await revoke(other["id"], "r1")
        #expect(reused.code == "key.reused", "\(reused)")
        let kept = ["Authorization": "Bearer \(try #require(other["key"]))"]
        #expect(
            try await door.served.ask(door.base + "/funds", headers: kept).status == 200, "it closed nothing")
        var after = 200
        for _ in 0..<100 where after == 200 {
            try await Task.sleep(for: .milliseconds(50))
            after = try await door.served.ask(door.base + "/funds", headers: bearer).status
        }
        #expect(after == 401)
    }

    @Test("A terminal enrols by a code, opens its day for a cashier, and its signed requests are its own")
    func terminals() async throws {
        let door = try await ServedDoor()
        let till = try await SignedTill("YLPOS0001", at: door)
        let grant = ["account", "grant", "cashier-1", "--role", "cashier", "--outlet", "YL-0001"]
        _ = try door.json(grant)
        let admin = try await door.signIn("admin", ["administrator"])
        for (pin, status) in [("123456", 400), ("402913", 200)] {
            let answer = try await door.post("/accounts/cashier-1/pins", ["pin": pin], admin.headers)
            #expect(answer.status == status, "\(answer)")
        }
        let nobody = try await till.open(cashier: "cashier-1", pin: "402914")
        #expect(nobody.status == 401 && nobody.code == "access.sign-in", "\(nobody)")
        let opened = try await till.open(cashier: "cashier-1", pin: "402913")
        let day = TillDay(
            keyID: try #require(opened["keyID"], "\(opened)"), secret: try #require(opened["secret"]))
        let sale = ["voucher": "1", "outlet": "YL-0001", "bill": 1000, "order": "A-1"] as [String: Any]
        let refused = try await till.redeem(sale, day)
        #expect(refused.status == 422 && refused.code == "token.required", "it was let in: \(refused)")
        let again = try await till.redeem(sale, day, key: refused.headers["sent-key"])
        #expect(again.text == refused.text, "a replayed signature changes nothing: \(again)")
        let events = try door.json(["account", "history", "--limit", "1"])
        #expect("\(events)".contains("signed-in"), "sales are not the door's: \(events)")

        let elsewhere = try await till.redeem(sale.merging(["outlet": "YL-0002"]) { $1 }, day)
        #expect(elsewhere.status == 403 && elsewhere.code == "access.elsewhere", "\(elsewhere)")
        for change in SignedTill.Change.allCases {
            let answer = try await till.redeem(sale, day, change: change)
            #expect(answer.status == 401 && answer.code == "access.signature", "\(change): \(answer)")
        }
        let funds = try await till.get("/funds", day)
        #expect(funds.status == 403 && funds.code == "access.scope", "\(funds)")

        _ = try door.json(["account", "grant", "cashier-1"])
        #expect(
            try await door.eventually(401) { try await till.redeem(sale, day).status },
            "a cashier without the role")
        let own = try await till.open()
        let ownDay = TillDay(keyID: try #require(own["keyID"], "\(own)"), secret: try #require(own["secret"]))
        #expect(try await till.redeem(sale, ownDay).code == "token.required")
        _ = try door.json(["terminal", "revoke", "YLPOS0001"])
        #expect(
            try await door.eventually(401) { try await till.redeem(sale, ownDay).status },
            "a terminal that is shut out")
        #expect(try await till.open().status == 401)
    }
}

import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import Testing

@Suite("Events, streams, webhooks and transactions", .timeLimit(.minutes(5)))
struct FeedTests {
    /// A county where a voucher was claimed and redeemed, and another till tried it again.
    private func busyCounty() async throws -> County {
        let county = try County(try ServedFolder(try PracticeFolder()))
        try await county.open()
        #expect(try await county.claim("999900194901010017").status == 201)
        #expect(try await county.post("/redemptions", County.sale, as: county.till).status == 201)
        #expect(try await county.post("/redemptions", County.sale, as: county.till).status == 422)
        return county
    }

    private func items(_ answer: ServedFolder.Answer) -> [[String: Any]] {
        answer.object?["items"] as? [[String: Any]] ?? []
    }

    @Test("The feed tells every event once, in order, whatever the pages; types choose among them")
    func pages() async throws {
        let county = try await busyCounty()
        let count = Int(try county.served.folder.eventCount())
        let auditor = try county.served.key(named: "审计", scopes: ["read", "audit"]).text
        let door = items(try await county.get("/events?types=recordAccess", as: auditor))
            .compactMap { $0["event"] as? Int }
        #expect(door.count > 2, "the keys of the county are on record")
        let closed = try await county.get("/events?types=issue,recordAccess")
        #expect(closed.status == 403, "\(closed)")
        for limit in [1, 7, 500] {
            var numbers: [Int] = []
            var next = 0
            for _ in 0...count {
                let page = try await county.get("/events?from=\(next)&limit=\(limit)")
                numbers += items(page).compactMap { $0["event"] as? Int }
                next = try #require(page.number("next"), "\(page)")
                if page.object?["isEnd"] as? Bool == true { break }
            }
            #expect(numbers == (0..<count).filter { !door.contains($0) } && next >= count)
        }
        let some = items(try await county.get("/events?types=redeem,issue"))
        #expect(some.map { $0["type"] as? String } == ["issue", "redeem", "redeem"])
        #expect(some[1]["voucher"] as? String == "V370782-00000001-5")
        #expect(some[1]["subsidy"] as? Int == 5_000 && some[1]["order"] as? String == "A-1")
        #expect(some[1]["merchant"] != nil && some[1]["refusal"] == nil)
        let postings = try #require(some[1]["postings"] as? [[String: Any]])
        #expect(postings.map { $0["amount"] as? Int } == [5_000])
        #expect(some[2]["refusal"] as? String == "sale.repeated" || some[2]["refusal"] is String)
        #expect((some[2]["postings"] as? [Any])?.isEmpty == true)
        let none = try await county.get("/events?from=1000000")
        #expect(items(none).isEmpty && none.number("next") == 1_000_000)
        for path in ["/events?types=gift", "/events?from=-1", "/events?limit=501", "/events?after=1"] {
            let answer = try await county.get(path)
            #expect(answer.status == 400 && answer.code == "field.invalid", "\(path): \(answer)")
        }
        #expect(try await county.get("/events", as: county.till).status == 403)
    }

    @Test("A stream tells what happens as it happens, goes on where it was left, and ends with the server")
    func stream() async throws {
        let county = try await busyCounty()
        let count = Int(try county.served.folder.eventCount())
        func follow(_ options: [String]) throws -> Started {
            try Program(at: URL(fileURLWithPath: "/usr/bin/env")).start(
                [
                    "curl", "-sN", "\(county.served.address)\(county.base)/events/stream?types=issue,redeem",
                    "-H", "Authorization: Bearer \(county.reader)",
                ] + options)
        }
        func ids(_ stream: Started) -> [Int] {
            // A heartbeat has an id alone.
            zip(stream.lines, stream.lines.dropFirst()).filter { $1.hasPrefix("event: ") }
                .compactMap { Int($0.0.dropFirst(4)) }
        }
        func wait(_ stream: Started, for count: Int) async throws {
            for _ in 0..<600 where ids(stream).count < count { try await Task.sleep(for: .milliseconds(50)) }
        }
        let all = try follow([])
        try await wait(all, for: 3)
        let known = ids(all)
        #expect(known.count == 3)
        let rest = try follow(["-H", "Last-Event-ID: \(known[1])"])
        #expect(try await county.claim("999900195602290025").status == 201)
        try await wait(all, for: 4)
        try await wait(rest, for: 2)
        #expect(ids(all) == known + [count] && ids(rest) == [known[2], count])
        #expect(
            all.lines.contains("event: issue") && all.lines.contains { $0.hasPrefix("data: {\"event\":") })
        // Neither holds the server up when it is told to stop, and both are told the end.
        #expect(try county.served.server.terminate().status == 0)
        #expect(try all.wait().status == 0 && rest.wait().status == 0)
    }

    @Test("A trial balance of any moment is what it was then")
    func history() async throws {
        let county = try County(try ServedFolder(try PracticeFolder()))
        try await county.open()
        func balance(_ query: String = "") async throws -> (Int, [String: Int]) {
            let answer = try await county.get("/book/trial-balance\(query)")
            #expect(answer.status == 200, "\(answer)")
            var rows: [String: Int] = [:]
            for row in items(answer) where row["amount"] as? Int != 0 {
                rows["\(row["fund"] ?? "") \(row["account"] ?? "")"] = row["amount"] as? Int
            }
            return (answer.number("events") ?? -1, rows)
        }
        let before = try await balance()
        let format = ISO8601DateFormatter()
        try await Task.sleep(for: .seconds(1.1))
        let instant = format.string(from: Date())
        try await Task.sleep(for: .seconds(1.1))
        #expect(try await county.claim("999900194901010017").status == 201)
        #expect(try await county.post("/redemptions", County.sale, as: county.till).status == 201)
        let after = try await balance()
        #expect(after.0 == before.0 + 2 && after.1 != before.1)
        #expect(try await balance("?events=\(before.0)") == before)
        #expect(try await balance("?events=\(after.0)") == after)
        #expect(try await balance("?at=\(instant)") == before)
        #expect(try await balance("?events=0").1.isEmpty)
        for query in ["?events=99999", "?events=x", "?at=yesterday", "?events=1&at=\(instant)"] {
            let answer = try await county.get("/book/trial-balance\(query)")
            #expect(answer.status == 400 && answer.code == "field.invalid", "\(query): \(answer)")
        }
    }

    @Test(
        "A webhook is told every event once it is there, signed, in order, again from any event on, and until it is removed"
    )
    func webhooks() async throws {
        let county = try await busyCounty()
        let administrator = try county.served.key(named: "管理", scopes: ["administer", "read"]).text
        let receiver = try WebhookReceiver(refusing: 2)
        let asked: [String: Any] = ["address": receiver.address, "types": ["redeem", "issue"], "from": 0]
        let made = try await county.post("/webhooks", asked, as: administrator, under: "hook")
        #expect(made.status == 201, "\(made)")
        let again = try await county.post("/webhooks", asked, as: administrator, under: "hook")
        #expect(again.text == made.text && again.headers["idempotency-replayed"] == "true")
        let secret = try #require(made["secret"].flatMap { [UInt8](hexadecimal: $0) })
        let webhook = try #require((made.object?["webhook"] as? [String: Any])?["webhook"] as? Int)
        try await receiver.wait(forEvents: 3)
        let feed = items(try await county.get("/events?types=redeem,issue")).compactMap {
            $0["event"] as? Int
        }
        #expect(receiver.taken == feed)
        let deliveries = receiver.deliveries
        #expect(deliveries.map(\.status) == [503, 503, 200] && Set(deliveries.map(\.body)).count == 1)
        for delivery in deliveries {
            let parts = delivery.signature.matches(of: /t=([0-9]+),v1=([0-9a-f]{64})/)
            let signed = try #require(parts.first?.output)
            let key = try #require(SecretKey(bytes: secret))
            let code = HMACSHA256(key: key).code(Array("\(signed.1).\(delivery.body)".utf8)).hexadecimal
            #expect(String(signed.2) == code)
        }
        // What happens while the server is down is told when it is back.
        #expect(try await county.claim("999900195602290025").status == 201)
        try await receiver.wait(forEvents: 4)
        let state = try await county.get("/webhooks/\(webhook)", as: administrator)
        #expect(state.number("failures") == 0 && state["address"] == receiver.address, "\(state)")
        let replay = try await county.post(
            "/webhooks/\(webhook)/replays", ["from": feed[2]], as: administrator)
        #expect(replay.status == 200, "\(replay)")
        try await receiver.wait(forEvents: 6)
        #expect(Array(receiver.taken.dropFirst(4).prefix(2)) == Array(receiver.taken[2..<4]))
        for body in [
            ["address": "http://example.org/hook"], ["address": "ftp://x"], ["address": "https://a b"],
            ["address": "http://127.0.0.1@example.org/"], ["address": receiver.address, "types": ["gift"]],
            ["address": receiver.address, "from": 1_000_000],
        ] as [[String: Any]] {
            let answer = try await county.post("/webhooks", body, as: administrator)
            #expect(answer.status == 400, "\(body): \(answer)")
        }
        let door = try await county.post(
            "/webhooks", ["address": receiver.address, "types": ["recordAccess"]], as: administrator)
        #expect(door.status == 403, "\(door)")
        let gone = try await county.post("/webhooks/\(webhook)/removal", as: administrator)
        #expect(gone.status == 200, "\(gone)")
        #expect(try await county.get("/webhooks/\(webhook)", as: administrator).status == 404)
        let late = try await county.post("/webhooks", asked, as: administrator, under: "hook")
        #expect(late.status == 201 && late.text == made.text, "\(late)")
        let list = try await county.get("/webhooks", as: administrator)
        #expect(items(list).isEmpty, "a late retry brings nothing back: \(list)")
        #expect(try await county.post("/redemptions", County.sale, as: county.till).status == 422)
        try await Task.sleep(for: .seconds(1))
        #expect(receiver.taken.count == 6)
        let history = try county.served.folder.runJSON(["account", "history"]).output
        #expect(history.contains("webhook-made") && history.contains("webhook-removed"))
        #expect(try await county.get("/webhooks", as: county.reader).status == 403)
    }

    @Test("A webhook whose making broke off after its event is made by the retry")
    func brokenOff() async throws {
        let folder = try PracticeFolder()
        let system = try LedgerSystem(DataFolder(folder.url.path))
        defer { system.stop() }
        let service = try system.service(try #require(LedgerCode(text: "370782")))
        let webhooks = Webhooks(service, system.office)
        let call = Call(try #require(Principal("admin")), key: "hook")
        try await service.record(.webhookMade, "", about: "http://127.0.0.1:9/ now ", call)
        #expect(try webhooks.all().isEmpty)
        let made = try await webhooks.make("http://127.0.0.1:9/", types: [], from: nil, call)
        #expect(made.isReplay)
        #expect(try webhooks.all() == [made.webhook])
    }

    @Test("Movements that are paid out come to what the settlements' lines paid, fen by fen")
    func payouts() async throws {
        let served = try ServedFolder(try PracticeFolder(copying: AuditSeason.shared.data))
        let headers = ["Authorization": "Bearer \(try served.key(scopes: ["read", "settlements"]).text)"]
        let base = "/v1/ledgers/\(AuditSeason.ledger)"
        var sums: [String: Int] = [:]
        var references: [String: String] = [:]
        var next = 0
        while true {
            let page = try await served.ask("\(base)/transactions?from=\(next)&limit=500", headers: headers)
            for movement in items(page) {
                let event = movement["event"] as? [String: Any] ?? [:]
                for payout in movement["payouts"] as? [[String: Any]] ?? [] {
                    let line = "\(payout["settlement"] ?? "") \(payout["line"] ?? "")"
                    if let reference = payout["reference"] as? String { references[line] = reference }
                    for posting in event["postings"] as? [[String: Any]] ?? []
                    where posting["fund"] as? String == payout["fund"] as? String {
                        let debit = (posting["debit"] as? [String: Any])?["kind"] as? String
                        let credit = (posting["credit"] as? [String: Any])?["kind"] as? String
                        let amount = posting["amount"] as? Int ?? 0
                        sums[line, default: 0] += credit == "payable" ? amount : 0
                        sums[line, default: 0] -= debit == "payable" ? amount : 0
                    }
                }
            }
            next = try #require(page.number("next"), "\(page)")
            if page.object?["isEnd"] as? Bool == true { break }
        }
        var paid = 0
        for settlement in items(try await served.ask("\(base)/settlements", headers: headers)) {
            let id = try #require(settlement["settlement"] as? String)
            let lines = try await served.ask("\(base)/settlements/\(id)/lines?limit=500", headers: headers)
            for line in items(lines) where line["status"] as? String == "paid" {
                let name = "\(id) \(line["line"] ?? "")"
                #expect(sums[name] == line["amount"] as? Int, "\(name)")
                #expect(references[name]?.isEmpty == false && references[name] == line["note"] as? String)
                paid += 1
            }
        }
        #expect(paid > 10)
    }

    @Test("A movement that nothing has paid yet says so")
    func transactions() async throws {
        let county = try await busyCounty()
        let page = try await county.get("/transactions")
        let movements = items(page)
        let events = movements.compactMap { $0["event"] as? [String: Any] }
        #expect(
            events.map { $0["type"] as? String } == [
                "appropriate", "allocate", "approveBatch", "issue", "redeem",
            ],
            "\(page)")
        #expect(movements.allSatisfy { ($0["payouts"] as? [Any])?.isEmpty == true })
    }
}

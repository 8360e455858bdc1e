import Foundation
import Testing

@Suite("The server as a process of its own", .timeLimit(.minutes(5)))
struct ServeTests {
    private let log = "/log/370782"

    @Test("An auditor verifies the log over HTTP with a key, and with nothing else")
    func audited() async throws {
        let served = try ServedFolder(try PracticeFolder())
        let key = try served.key()
        let verifier = try #require(
            try served.folder.run(["key", "list", "--note"]).output.split(separator: "\n").first {
                $0.contains("370782+")
            })
        let token = try served.folder.write(key.text + "\n", to: "token")
        let verify = [
            "audit", "verify", served.address + log, "--key",
            verifier.trimmingCharacters(in: .whitespaces),
        ]
        let good = try Program.wenhui.run(verify + ["--token-file", token])
        #expect(good.status == 0, "\(good)")
        // What another process appends while the server runs is served too.
        #expect(
            try served.folder.run(["fund", "appropriate", "1", "5.00", "--reference", "拨款单 2"]).status == 0)
        let grown = try Program.wenhui.run(verify + ["--token-file", token, "--json"])
        #expect(
            grown.status == 0 && grown.output.contains("\"events\":\(PracticeFolder.events + 2)"), "\(grown)")
        #expect(try Program.wenhui.run(verify).status != 0)
        #expect(try served.folder.run(["api-key", "revoke", key.id]).status == 0)
        // The server believes for a second what it read of a key.
        var refused = try await served.ask(
            log + "/tile/0/000.p/4", headers: ["Authorization": "Bearer \(key.text)"])
        for _ in 0..<600 where refused.status == 200 {
            try await Task.sleep(for: .milliseconds(50))
            refused = try await served.ask(
                log + "/tile/0/000.p/4", headers: ["Authorization": "Bearer \(key.text)"])
        }
        #expect(refused.status == 401 && refused.code == "access.revoked")
        #expect(try Program.wenhui.run(verify + ["--token-file", token]).status != 0)
        #expect(try served.folder.run(["api-key", "list"]).output.contains(key.id))
        let ended = try served.server.terminate()
        #expect(ended.status == 0, "\(ended)")
    }

    @Test("Everybody gets checkpoint, keys and proofs, which hold what a receipt needs and no event")
    func everybody() async throws {
        let served = try ServedFolder(try PracticeFolder())
        let checkpoint = try await served.ask(log + "/checkpoint")
        #expect(checkpoint.status == 200 && checkpoint.text.hasPrefix("wenhui/370782\n3\n"))
        #expect(checkpoint.headers["cache-control"] == "public, no-cache")
        let keys = try await served.ask(log + "/keys")
        #expect(keys.status == 200 && keys.text.hasPrefix("wenhui/370782+"))
        let proof = try await served.ask(log + "/proof/1")
        #expect(proof.status == 200 && proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nindex 1\n"))
        #expect(!proof.text.contains("extra"), "the event itself is for auditors")
        for health in ["/health/live", "/health/ready"] {
            #expect(try await served.ask(health).status == 200)
        }
        let head = try await served.ask(log + "/checkpoint", method: "HEAD")
        #expect(head.status == 200 && head.text.isEmpty)
        #expect(head.headers["x-content-type-options"] == "nosniff")
    }

    @Test("What is asked wrongly is told so, by a code and in the language that was asked for")
    func problems() async throws {
        let served = try ServedFolder(try PracticeFolder())
        let key = try served.key()
        let bearer = ["Authorization": "Bearer \(key.text)"]
        let mistyped = key.text.dropLast() + (key.text.hasSuffix("0") ? "1" : "0")
        let tile = log + "/tile/0/000.p/3"
        for (path, headers, status, code) in [
            ("/", [:], 404, "http.not-found"), ("/log/370782", [:], 404, "http.not-found"),
            ("/log/370783/checkpoint", [:], 404, "not-found"), ("/log/abc/checkpoint", [:], 404, "not-found"),
            (log + "/proof/4", [:], 400, "invalid"), (log + "/proof/01", [:], 404, "http.not-found"),
            (log + "/proof/-1", [:], 404, "http.not-found"),
            (log + "/proof/99999999999999999999", [:], 404, "http.not-found"),
            (tile, [:], 401, "access.missing"),
            (tile, ["Authorization": "Basic eA=="], 401, "access.missing"),
            (tile, ["Authorization": "Bearer"], 401, "access.missing"),
            (tile, ["Authorization": "Bearer \(key.text)0"], 401, "access.unknown"),
            (tile, ["Authorization": "Bearer \(mistyped)"], 401, "access.unknown"),
            (
                tile, ["Authorization": "Bearer \(key.text.replacing("370782", with: "370783"))"], 401,
                "access.unknown"
            ),
            (
                tile, ["Authorization": "Bearer \(key.text.replacing("practice", with: "live"))"], 401,
                "access.unknown"
            ),
            (log + "/tile/0/000", bearer, 404, "http.not-found"),
            (log + "/tile/0/0", bearer, 404, "http.not-found"),
            (log + "/tile/0/000.p/300", bearer, 404, "http.not-found"),
            (log + "/tile/%2e%2e/%2e%2e/key", bearer, 404, "http.not-found"),
            (log + "/tile/entries/..%2f..%2fkey", bearer, 404, "http.not-found"),
        ] as [(String, [String: String], Int, String)] {
            let answer = try await served.ask(path, headers: headers)
            #expect(answer.status == status && answer.code == code, "\(path) \(headers): \(answer)")
            #expect(answer.headers["cache-control"] == "no-store")
        }
        #expect(try await served.ask(tile, headers: bearer).status == 200)
        let written = try await served.ask(log + "/checkpoint", method: "POST")
        #expect(written.code == "http.not-found")
        for (header, language) in [
            ("en", "en"), ("en-GB, zh;q=0.9", "en"), ("zh-TW,en;q=0.9", "zh-CN"),
            ("en;q=0.2, zh;q=0.3", "zh-CN"), ("fr", "zh-CN"), ("fr, en;q=0.1", "en"), ("en;q=x", "en"),
            (";;,q=,", "zh-CN"),
        ] as [(String, String)] {
            let answer = try await served.ask("/", headers: ["Accept-Language": header])
            #expect(answer.headers["content-language"] == language, "\(header)")
            let isEnglish = answer.detail?.allSatisfy(\.isASCII) == true
            #expect(isEnglish == (language == "en"), "\(answer.detail ?? "")")
        }
    }

    @Test("A port that is taken is told, and the folder is left as it was")
    func takenPort() throws {
        let served = try ServedFolder(try PracticeFolder())
        let port = try #require(served.address.split(separator: ":").last)
        let other = try PracticeFolder()
        let done = try other.run(["serve", "--port", String(port)])
        #expect(done.status == 4, "\(done)")
        #expect(try other.run(["fund", "list"]).status == 0)
    }

    @Test("Numbers are for this machine, and log lines have routes, never what was asked")
    func operation() async throws {
        let served = try ServedFolder(try PracticeFolder(), ["--log", "info"])
        let key = try served.key(scopes: ["read"])
        let secret = "V370782-99999999-0"
        let asked = try await served.ask(
            "/v1/ledgers/370782/vouchers/\(secret)", headers: ["Authorization": "Bearer \(key.text)"])
        #expect(asked.status == 400, "\(asked)")
        let metrics = try await served.ask("/metrics")
        #expect(
            metrics.status == 200
                && metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        let route = "http_route=\"/v1/ledgers/{ledger}/vouchers/{voucher}\""
        for expected in [
            "hb_requests_total{http_request_method=\"GET\",http_response_status_code=\"400\",\(route)} 1",
            "http_server_request_duration_seconds_bucket{http_request_method=\"GET\",",
            "le=\"+Inf\"} 1", "wenhui_ledger_events{ledger=\"370782\"} \(PracticeFolder.events + 1)",
        ] { #expect(metrics.text.contains(expected), "\(expected): \(metrics.text)") }
        #expect(try await served.ask("/metrics", headers: ["X-Forwarded-For": "192.0.2.7"]).status == 404)
        let log = served.server.output("err")
        let lines = try log.split(separator: "\n").map {
            try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
        }
        let line = try #require(lines.first { $0["status"] == "400" }, "\(log)")
        #expect(line["route"] == "/v1/ledgers/{ledger}/vouchers/{voucher}" && line["method"] == "GET")
        #expect(line["time"]?.wholeMatch(of: /20[0-9-]{8}T[0-9:.]+Z/) != nil, "\(line)")
        #expect(!log.contains(secret) && !log.contains(key.text.suffix(20)))
    }
}

import AuditLog
import Cryptography
import Foundation
import LedgerHTTP
import Testing

@Suite("A log that asks a witness", .timeLimit(.minutes(15)))
struct WitnessClientTests {
    /// Why a client that is answered with these bytes, or not at all, gets no cosignature.
    private func reason(
        of reply: String?, timeout: Duration = .seconds(10)
    ) async throws -> WitnessClientError.Reason? {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(9)
        let server = try RawServer(reply: reply.map { Array($0.utf8) })
        defer { server.stop() }
        let client = try bench.client(server.url, timeout: timeout)
        let error = await #expect(throws: WitnessClientError.self) {
            try await client.cosign(log.checkpoint(9), after: 4, proof: log.proof)
        }
        #expect(error?.sentence.contains("shandong.example/w") == true)
        return error?.reason
    }

    private func reply(_ status: String, _ body: String, headers: [String] = []) -> String {
        (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers + ["", body])
            .joined(separator: "\r\n")
    }

    @Test("A server that talks rubbish is no witness")
    func rubbish() async throws {
        for bytes in [
            "", "rubbish\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nx",
        ] {
            let reason = try await reason(of: bytes)
            guard case .unreachable = reason else {
                Issue.record("\(bytes): \(String(describing: reason))")
                continue
            }
        }
    }

    @Test("A yes without a good cosignature of the witness's key is none")
    func unsigned() async throws {
        let other = try #require(CosignatureSigner(name: "shandong.example/w", key: .random()))
        let log = MemoryLog(try #require(NoteSigner(name: "a", key: .random())), leaves: 9)
        let line = other.cosignature(of: log.checkpoint(9).checkpoint, at: 1).line
        for body in ["", "yes\n", String(decoding: line, as: UTF8.self)] {
            let reason = try await reason(of: reply("200 OK", body))
            guard case .notCosigned = reason else {
                Issue.record("\(body): \(String(describing: reason))")
                continue
            }
        }
    }

    @Test("A refusal is told with its status and the first line, without what a terminal obeys")
    func refused() async throws {
        let text = "go \u{1b}[31maway\u{202e}\nsecond line\n"
        #expect(
            try await reason(of: reply("403 Forbidden", text))
                == .refused(status: 403, line: "go \u{fffd}[31maway\u{fffd}"))
        let long = try await reason(of: reply("500 Oh", String(repeating: "长", count: 5_000)))
        #expect(long == .refused(status: 500, line: String(repeating: "长", count: 200)))
        #expect(
            try await reason(
                of: reply("302 Found", "", headers: ["Location: http://127.0.0.1:1/add-checkpoint"]))
                == .refused(status: 302, line: ""))
    }

    @Test("A size that it names is believed once, and never above the checkpoint's")
    func sizes() async throws {
        let type = "Content-Type: text/x.tlog.size"
        #expect(
            try await reason(of: reply("409 Conflict", "10\n", headers: [type])) == .ahead(known: 10, size: 9)
        )
        #expect(
            try await reason(of: reply("409 Conflict", "5\n", headers: [type]))
                == .refused(status: 409, line: "5"))
        #expect(
            try await reason(of: reply("409 Conflict", "05\n", headers: [type]))
                == .refused(status: 409, line: "05"))
        #expect(
            try await reason(of: reply("409 Conflict", "5\n", headers: []))
                == .refused(status: 409, line: "5"))
    }

    @Test("A reply longer than a witness ever sends is cut off, also without an end")
    func tooLong() async throws {
        let long = String(repeating: "a", count: WitnessClient.maximumReplyLength + 1)
        #expect(try await reason(of: reply("200 OK", long)) == .tooLong)
        #expect(
            try await reason(of: "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: long, count: 20)) == .tooLong)
        let longest = String(repeating: "a", count: WitnessClient.maximumReplyLength)
        guard case .notCosigned = try await reason(of: reply("200 OK", longest)) else {
            Issue.record("a reply as long as may be is read")
            return
        }
    }

    @Test("A server that hangs is given up in time")
    func hanging() async throws {
        // The server never answers: that this returns at all is the point.
        #expect(try await reason(of: nil, timeout: .milliseconds(700)) == .late(seconds: 0.7))
    }

    @Test("A log that no longer waits is not kept waiting")
    func cancelled() async throws {
        let waiting = Task { try await reason(of: nil) }
        try await Task.sleep(for: .milliseconds(200))
        waiting.cancel()
        #expect(try await waiting.value == .cancelled)
    }

    @Test("Where nothing listens, the sentence says so")
    func unreachable() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let server = try RawServer(reply: nil)
        server.stop()
        let client = try bench.client(server.url)
        let error = await #expect(throws: WitnessClientError.self) {
            try await client.cosign(bench.log(1).checkpoint(1)) { _, _ in nil }
        }
        #expect(
            error?.sentence == "Witness shandong.example/w could not be reached: nothing answers at its "
                + "address. It will be asked again; nothing is lost.")
    }

    @Test("Only web addresses are taken")
    func addresses() throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        for url in [
            "", "shandong.example", "file:///etc/passwd", "ftp://a.example", "http://", "http:///w",
            "http://a@b.example", "https://b.example?x=1", "https://b.example#x", "https://a b.example",
        ] {
            #expect(throws: WitnessClientError.self, "\(url)") { try bench.client(url) }
        }
        _ = try bench.client("HTTPS://b.example:8443/w/")
    }

    @Test("Without a proof from the size that the witness knows, nothing is sent")
    func unproven() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(9)
        try await bench.serving { url in
            let client = try bench.client(url)
            _ = try await client.cosign(log.checkpoint(4), proof: log.proof)
            let missing = await #expect(throws: WitnessClientError.self) {
                try await client.cosign(log.checkpoint(9)) { _, _ in nil }
            }
            #expect(missing?.reason == .unproven(first: 4, second: 9, why: "there is none"))
            let failing = await #expect(throws: WitnessClientError.self) {
                try await client.cosign(log.checkpoint(9)) { _, _ in throw MemoryLog.Missing() }
            }
            #expect(failing?.reason == .unproven(first: 4, second: 9, why: "Missing()"))
            let ahead = await #expect(throws: WitnessClientError.self) {
                try await client.cosign(log.checkpoint(3), proof: log.proof)
            }
            #expect(ahead?.reason == .ahead(known: 4, size: 3))
        }
    }
}

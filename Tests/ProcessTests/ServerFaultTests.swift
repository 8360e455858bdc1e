import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerHTTP
import LedgerService
import Testing

@Suite("A server whose clock or disk is wrong", .timeLimit(.minutes(5)))
struct ServerFaultTests {
    @Test(
        "By a clock that was set back nothing is decided; it says so, reads on, and goes on when it is right")
    func clock() async throws {
        let folder = try temporaryFolder("clock")
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = SetClock()
        let data = DataFolder(folder.appendingPathComponent("data").path)
        try data.create()
        let system = try LedgerSystem(data) { clock.now }
        defer { system.stop() }
        let service = try system.service(try #require(LedgerCode(text: "370782")))
        let officer = try #require(Principal("officer"))
        _ = try await service.perform(
            OpenLedger.with {
                $0.code = service.ledger
                $0.name = "潍坊市诸城市"
            }, Call(officer, key: "open"))
        let key = try await AccessKeys(service, system.office)
            .make("财政", scopes: [.money, .read], days: 1, Call(officer, key: "key")).key.text

        let (ports, told) = AsyncStream<Int>.makeStream()
        let server = LedgerServer(system, host: "127.0.0.1", port: 0) { told.yield($0) }
        let running = Task {
            defer { told.finish() }
            try await server.run()
        }
        defer { running.cancel() }
        let port = try #require(await ports.first { _ in true })
        let address = "http://127.0.0.1:\(port)"
        func make(_ key: String, as bearer: String) async throws -> ServedFolder.Answer {
            let fund: [String: Any] = [
                "level": "county", "fiscalYear": 2030, "treasury": "诸城市国库", "document": "某文〔2030〕1 号",
                "functionalCode": "2070199", "economicCode": "30399",
            ]
            return try await ServedFolder.ask(
                address + "/v1/ledgers/370782/funds", method: "POST",
                headers: [
                    "Authorization": "Bearer \(bearer)", "Idempotency-Key": key,
                    "Content-Type": "application/json",
                ], body: try JSONSerialization.data(withJSONObject: fund))
        }
        func ready() async throws -> ServedFolder.Answer {
            try await ServedFolder.ask(address + "/health/ready")
        }

        let first = try await make("one", as: key)
        #expect(first.status == 201, "\(first)")
        clock.advance(-4 * Instant.second)
        #expect(try await make("two", as: key).status == 201, "so little is the last event's instant")
        clock.advance(-2 * Instant.second)
        let before = try service.state { $0.size }
        let refused = try await make("three", as: key)
        #expect(refused.status == 503 && refused.code == "clock", "\(refused)")
        #expect(refused.headers["retry-after"] != nil)
        let health = try await ready()
        #expect(health.status == 503 && health.code == "clock", "\(health)")
        let funds = try await ServedFolder.ask(
            address + "/v1/ledgers/370782/funds", headers: ["Authorization": "Bearer \(key)"])
        #expect(funds.status == 200, "what was decided can be read: \(funds)")
        let replayed = try await make("one", as: key)
        #expect(replayed.text == first.text, "what was decided is answered again")
        #expect(try service.state { $0.size } == before)
        clock.advance(2 * Instant.second)
        #expect(try await make("three", as: key).status == 201, "the refused key is free")
        #expect(try await ready().status == 200)
    }

    @Test(
        "On a disk that can only be read nothing starts, each command says why, and nothing is changed",
        .enabled(if: TinyDisk.isPossible, "mounting takes root"))
    func readOnly() async throws {
        let folder = try PracticeFolder()
        let disk = try TinyDisk(kilobytes: 8_192)
        defer { disk.unmount() }
        let copy = disk.url.appendingPathComponent("data")
        try FileManager.default.copyItem(at: folder.url, to: copy)
        let mount = Program(at: URL(fileURLWithPath: "/bin/mount"))
        func remount(_ how: String) throws {
            let done = try mount.run(["-o", "remount,\(how)", disk.url.path])
            guard done.status == 0 else { throw ProgramFailure("mount: \(done)") }
        }
        try remount("ro")
        for command in [["serve", "--port", "0"], ["fund", "list"], ["book", "check"]] {
            let done = try Program.wenhui.run(command + ["--data", copy.path])
            expectFault(done, saying: ["read-only"])
        }
        try remount("rw")
        let check = try Program.wenhui.run(["book", "check", "--data", copy.path])
        #expect(check.status == 0, "\(check)")
    }
}

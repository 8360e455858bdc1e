import Foundation
import Testing

@Suite("A witness as a process of its own")
struct WitnessProcessTests {
    @Test(
        "It cosigns what only grew, remembers it over a restart, and refuses a log that went back or forked")
    func cosigns() throws {
        let desk = try AuditDesk()
        let folder = desk.folder.appendingPathComponent("witness")
        let key = try made(folder)
        var witness = try served(folder, of: desk.season)
        let policy = try policy(key, at: witness, on: desk)
        let data = try desk.copy(desk.season.data)
        #expect(try desk.run(["audit", "policy", policy], in: data).status == 0)

        for _ in 0..<2 {
            let done = try desk.run(["audit", "cosign"], in: data)
            #expect(done.status == 0, "\(done)")
            let verified = try desk.exportAndVerify(data, as: UUID().uuidString)
            #expect(verified.status == 0 && verified.output.contains("example.org/witness"), "\(verified)")
            #expect(try desk.append(to: data).status == 0)
        }
        #expect(try desk.run(["audit", "cosign"], in: data).status == 0, "two events more")

        // Its memory is a file: another process goes on with it.
        try witness.kill()
        witness = try served(folder, of: desk.season)
        let moved = try self.policy(key, at: witness, on: desk)
        let back = try desk.copy(desk.season.data, as: "back")
        #expect(try desk.run(["audit", "policy", moved], in: back).status == 0)
        let refused = try desk.run(["audit", "cosign"], in: back)
        expectFault(refused, saying: ["\(desk.season.events + 2)", "\(desk.season.events)"])

        let fork = try desk.copy(desk.season.fork, as: "fork")
        #expect(try desk.run(["audit", "policy", moved], in: fork).status == 0)
        expectFault(try desk.run(["audit", "cosign"], in: fork), saying: ["example.org/witness"])
        try witness.kill()
        let alone = try desk.run(["audit", "cosign"], in: fork)
        expectFault(alone, saying: ["could not be reached"])
    }

    @Test("A log that it does not follow gets nothing")
    func unknownLog() throws {
        let desk = try AuditDesk()
        let folder = desk.folder.appendingPathComponent("witness")
        let key = try made(folder)
        let witness = try served(folder, of: desk.season, logKey: desk.season.provinceKey)
        let data = try desk.copy(desk.season.data)
        let policy = try policy(key, at: witness, on: desk)
        #expect(try desk.run(["audit", "policy", policy], in: data).status == 0)
        expectFault(try desk.run(["audit", "cosign"], in: data), saying: ["refused", "404"])
        try witness.kill()
    }

    /// Makes a witness's folder and returns its verifier key.
    private func made(_ folder: URL) throws -> String {
        let done = try Program.wenhui.run(
            ["witness", "init", folder.path, "--name", "example.org/witness", "--json"])
        guard let key = try JSONDecoder().decode([String: String].self, from: Data(done.output.utf8))["key"]
        else {
            throw ProgramFailure("no key: \(done)")
        }
        return key
    }

    private func served(_ folder: URL, of season: AuditSeason, logKey: String? = nil) throws -> Started {
        let witness = try Program.wenhui.start(
            ["witness", "serve", folder.path, "--log", logKey ?? season.key, "--port", "0"])
        try witness.wait(forLines: 1)
        return witness
    }

    /// Writes the policy that demands the witness at the port that it told.
    private func policy(_ key: String, at witness: Started, on desk: AuditDesk) throws -> String {
        let port = witness.lines.first?.split(separator: " ").compactMap { Int($0) }.first ?? 0
        let text = "log \(desk.season.key)\nwitness w \(key) http://127.0.0.1:\(port)\nquorum w\n"
        return try desk.write(Data(text.utf8), to: "policy-\(port)")
    }
}

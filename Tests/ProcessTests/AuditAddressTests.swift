import Foundation
import Testing

@Suite("A log at an address")
struct AuditAddressTests {
    @Test("With the auditors' token it is verified and followed like a folder")
    func verified() throws {
        let desk = try AuditDesk()
        let server = try LogServer(desk.season.export)
        let token = try desk.write(Data((LogServer.token + "\n").utf8), to: "token")
        let more = ["--key", desk.season.key, "--token-file", token]
        for address in [server.address, server.address + "/"] {
            let done = try Program.wenhui.run(["audit", "verify", address] + more)
            #expect(done.status == 0, "\(done)")
            #expect(done.output.contains("\(desk.season.events)"))
        }
        let state = desk.folder.appendingPathComponent("seen").path
        for word in ["first seen", "unchanged"] {
            let done = try Program.wenhui.run(["audit", "follow", server.address, "--state", state] + more)
            #expect(done.status == 0 && done.output.contains(word), "\(done)")
        }
    }

    @Test("Without the token or with a wrong one nothing is said about the log, and the option is named")
    func refused() throws {
        let desk = try AuditDesk()
        let server = try LogServer(desk.season.export)
        let wrong = try desk.write(Data("guessed\n".utf8), to: "token")
        for (more, word) in [([], "--token-file"), (["--token-file", wrong], "this one was refused")] {
            let done = try Program.wenhui.run(
                ["audit", "verify", server.address, "--key", desk.season.key] + more)
            expectFault(done, saying: ["tile/", word])
        }
    }

    @Test("A damaged or missing file is found and named there as well")
    func damaged() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        let server = try LogServer(log)
        let token = try desk.write(Data(LogServer.token.utf8), to: "token")
        let more = ["--key", desk.season.key, "--token-file", token]
        let bundle = log.appendingPathComponent("tile/entries/001")
        try alter(bundle) { $0[$0.count - 1] ^= 1 }
        expectUnverified(
            try Program.wenhui.run(["audit", "verify", server.address] + more), saying: ["Event 511"])
        try FileManager.default.removeItem(at: bundle)
        expectUnverified(
            try Program.wenhui.run(["audit", "verify", server.address] + more),
            saying: ["tile/entries/001: it is missing"])
    }

    @Test("A redirection is not followed: the token is for the site that was named")
    func redirected() throws {
        let desk = try AuditDesk()
        let server = try LogServer(desk.season.export)
        let done = try Program.wenhui.run(
            ["audit", "verify", server.address + "/moved", "--key", desk.season.key])
        expectFault(done, saying: ["points elsewhere"])
    }
}

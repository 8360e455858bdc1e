import Foundation
import Testing

@Suite("What an auditor may mistype")
struct AuditUsageTests {
    @Test("A key that is no key is a usage error, and the key is shown")
    func keys() throws {
        let desk = try AuditDesk()
        let log = desk.season.export.path
        for key in ["nonsense", desk.season.key + "x", String(desk.season.key.dropLast()), "wenhui/370782"] {
            for command in [["audit", "verify", log], ["receipt", "verify", log + "/policy"]] {
                try expectUsage(command + ["--key", key], saying: [key, "key"])
            }
        }
        // The name of one log and the key of another do not belong together.
        let mixed = desk.season.key.replacingOccurrences(of: "370782", with: "370000")
        try expectUsage(["audit", "verify", log, "--key", mixed], saying: [mixed])
        try expectUsage(
            ["audit", "verify", log, "--key", desk.season.key, "--key", desk.season.provinceKey],
            saying: ["one log"])
    }

    @Test("Without any key nothing is verified, and the option is named")
    func noKey() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        let receipt = try desk.write(
            Data(try desk.run(["receipt", "show", "1"], in: desk.season.data).output.utf8), to: "r")
        try expectUsage(["receipt", "verify", receipt], saying: ["--key"])
        for keys in [nil, "", "\n# none\n"] {
            let file = log.appendingPathComponent("keys")
            try? FileManager.default.removeItem(at: file)
            if let keys { try Data(keys.utf8).write(to: file) }
            try expectUsage(["audit", "verify", log.path], saying: ["--key"])
        }
    }

    @Test("A folder that is no log, and files that cannot be read, are usage errors with their names")
    func places() throws {
        let desk = try AuditDesk()
        let key = ["--key", desk.season.key]
        let log = desk.season.export.path
        let nowhere = desk.folder.appendingPathComponent("nowhere").path
        for place in [nowhere, desk.folder.path, log + "/checkpoint", "ftp://example.org/log"] {
            try expectUsage(["audit", "verify", place] + key, saying: [place])
            try expectUsage(["audit", "follow", place, "--state", nowhere] + key, saying: [place])
        }
        try expectUsage(["audit", "verify", log, "--key-file", nowhere], saying: [nowhere])
        try expectUsage(["audit", "verify", log, "--key-file", desk.folder.path], saying: [desk.folder.path])
        try expectUsage(["audit", "verify", log, "--policy", nowhere] + key, saying: [nowhere])
        try expectUsage(
            ["audit", "verify", "http://127.0.0.1:1/", "--token-file", nowhere] + key, saying: [nowhere])
        try expectUsage(["receipt", "verify", nowhere] + key, saying: [nowhere])
        try expectUsage(["audit", "follow", log] + key, saying: ["--state"])
        try expectUsage(["audit", "verify"], saying: ["place"])
        #expect(try files(in: desk.folder).isEmpty, "asking makes nothing")
    }

    @Test("A malformed policy is a usage error with its line")
    func policy() throws {
        let desk = try AuditDesk()
        for (text, line) in [("", 1), ("quorum none", 1), ("quorum nobody\n", 1), ("# ours\n\nquorum\n", 3)] {
            let path = try desk.write(Data(text.utf8), to: "policy")
            try expectUsage(
                ["audit", "verify", desk.season.export.path, "--policy", path, "--key", desk.season.key],
                saying: [path, "line \(line)"])
        }
    }

    @Test("Where nobody answers at an address, a command ends soon, as a fault")
    func closedPort() throws {
        let desk = try AuditDesk()
        for command in [["audit", "verify"], ["audit", "follow", "--state", desk.folder.path + "/seen"]] {
            let start = Date()
            let done = try Program.wenhui.run(
                command + ["http://127.0.0.1:1/", "--key", desk.season.key])
            #expect(done.status == 4, "\(done)")
            #expect(done.output.isEmpty)
            #expect(Date().timeIntervalSince(start) < 30)
        }
        #expect(try files(in: desk.folder).isEmpty)
    }

    @Test("Where nobody answers at an address, the sentence says so and names it")
    func closedPortInWords() throws {
        let desk = try AuditDesk()
        let done = try Program.wenhui.run(
            ["audit", "verify", "http://127.0.0.1:1/", "--key", desk.season.key])
        expectFault(done, saying: ["127.0.0.1"])
        expectSentence(done)
    }

    @Test("A state that cannot be written is a fault that names the file")
    func stateNotWritable() throws {
        let desk = try AuditDesk()
        let state = desk.folder.appendingPathComponent("no/such/folder/seen").path
        let done = try Program.wenhui.run(
            ["audit", "follow", desk.season.export.path, "--state", state, "--key", desk.season.key])
        expectFault(done, saying: [state])
    }

    @Test("Under --json what was refused is a document with its code")
    func json() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        try alter(log.appendingPathComponent("tile/entries/000")) { $0[$0.count - 1] ^= 1 }
        let done = try Program.wenhui.run(
            ["audit", "verify", log.path, "--key", desk.season.key, "--json"])
        expectUnverified(done, saying: ["\"audit.event-altered\"", "Event 255"])
        #expect(try JSONSerialization.jsonObject(with: Data(done.errors.utf8)) is [String: Any])
    }

    private func expectUsage(
        _ arguments: [String], saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let done = try Program.wenhui.run(arguments)
        #expect(done.status == 64, "\(arguments): \(done)", sourceLocation: sourceLocation)
        #expect(done.output.isEmpty, "\(done)", sourceLocation: sourceLocation)
        for word in words {
            #expect(done.errors.contains(word), "\(arguments): \(done)", sourceLocation: sourceLocation)
        }
    }
}

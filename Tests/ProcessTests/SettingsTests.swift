import Foundation
import Testing

@Suite("What a server is told, by flags, environment and file", .timeLimit(.minutes(2)))
struct SettingsTests {
    private let folder: PracticeFolder

    init() throws { folder = try PracticeFolder() }

    /// `wenhui serve` with some variables, until it says at which port it listens; that port.
    private func port(_ options: [String], _ environment: [String: String]) throws -> Int {
        let server = try start(options, environment)
        try server.wait(forLines: 1)
        let port = server.lines.first?.split(separator: " ").compactMap { Int($0) }.first
        let ended = try server.terminate()
        #expect(ended.status == 0, "\(ended)")
        return try #require(port, "\(ended)")
    }

    private func start(_ options: [String], _ environment: [String: String]) throws -> Started {
        let variables = environment.map { "\($0.key)=\($0.value)" }
        return try Program(at: URL(fileURLWithPath: "/usr/bin/env"))
            .start(variables + [Program.wenhui.url.path, "serve"] + options)
    }

    /// A port that nobody has just now.
    private static func freePort() throws -> Int {
        let script = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        let done = try Program(at: URL(fileURLWithPath: "/usr/bin/env")).run(["python3", "-c", script])
        return try #require(Int(done.output.filter(\.isNumber)))
    }

    @Test("A flag goes before the environment, and that before the file")
    func order() throws {
        let ports = try (0..<3).map { _ in try SettingsTests.freePort() }
        let file = try folder.write(
            "data: \(folder.url.path)\nport: \(ports[0])\nlog: error\n", to: "wenhui.yaml")
        #expect(try port(["--config", file], [:]) == ports[0])
        #expect(try port([], ["WENHUI_CONFIG": file]) == ports[0])
        #expect(try port(["--config", file], ["WENHUI_PORT": "\(ports[1])"]) == ports[1])
        #expect(
            try port(["--config", file, "--port", "\(ports[2])"], ["WENHUI_PORT": "\(ports[1])"]) == ports[2])
    }

    @Test("What is wrong is told with its place and what would be right, all of it at once")
    func mistakes() throws {
        let data = folder.url.path
        for (text, sentences) in [
            ("prot: 80\n", ["line 1, prot: unknown key “prot”; did you mean “port”?"]),
            (
                "port: eighty\nrate: 0\n",
                ["line 1, port: “eighty” is not a number", "line 2, rate: “0” is not a number from 1"]
            ),
            ("log: loud\n", ["line 1, log: “loud” is not error, warning, notice or info"]),
            ("certificate: /nowhere\n", ["certificate and certificate-key come together"]),
            (
                "messages: sms\nmessages-secret: \(String(repeating: "0a", count: 32))\n",
                ["messages: print is wanted"]
            ),
            ("messages: https://sms.example/send\n", ["WENHUI_MESSAGES_SECRET", "64 hexadecimal digits"]),
            ("port: [1, 2]\n", ["port: must be one value"]), ("port\n", ["must have keys"]),
            ("port: 1\nport: 2\n", ["stands more than once"]),
        ] {
            let file = try folder.write("\(text)", to: "wrong.yaml")
            let ended = try start(["--config", file, "--data", data], [:]).wait()
            #expect(ended.status == 64 && ended.output.isEmpty, "\(text): \(ended)")
            for sentence in sentences { #expect(ended.errors.contains(sentence), "\(text): \(ended)") }
        }
        let variable = try start(["--data", data], ["WENHUI_PROT": "80"]).wait()
        #expect(
            variable.status == 64 && variable.errors.contains("WENHUI_PROT")
                && variable.errors.contains("did you mean “WENHUI_PORT”?"), "\(variable)")
        let place = try start(["--data", data], ["WENHUI_RATE": "x"]).wait()
        #expect(place.errors.contains("WENHUI_RATE: “x” is not a number"), "\(place)")
        let missing = try start(["--config", data + "/none.yaml"], [:]).wait()
        #expect(missing.status == 64 && missing.errors.contains("none.yaml"), "\(missing)")
    }

    @Test("WENHUI_DATA is the folder of every command that names none")
    func data() throws {
        let done = try Program(at: URL(fileURLWithPath: "/usr/bin/env")).run([
            "WENHUI_DATA=\(folder.url.path)", Program.wenhui.url.path, "book", "check",
        ])
        #expect(done.status == 0, "\(done)")
    }
}

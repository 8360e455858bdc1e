import Cryptography
import Foundation
import Testing

/// A served county with people, a terminal and residents, as they come in over HTTP.
struct ServedDoor {
    let served: ServedFolder
    let base = "/v1/ledgers/370782"

    init(_ options: [String] = []) async throws {
        let folder = try PracticeFolder()
        for arguments in [
            ["merchant", "import", registryFixture("merchants.csv")],
            ["outlet", "import", registryFixture("outlets.csv")],
            ["outlet", "import-terminals", registryFixture("terminals.csv")],
            ["resident", "import", registryFixture("residents.csv")],
        ] { #expect(try folder.run(arguments).status == 0, "\(arguments)") }
        served = try ServedFolder(folder, options)
    }

    func post(
        _ path: String, _ body: [String: Any]? = nil, _ headers: [String: String] = [:]
    ) async throws -> ServedFolder.Answer {
        var all = ["Accept-Language": "en", "Idempotency-Key": UUID().uuidString]
        if body != nil { all["Content-Type"] = "application/json" }
        return try await served.ask(
            base + path, method: "POST", headers: all.merging(headers) { $1 },
            body: try body.map { try JSONSerialization.data(withJSONObject: $0) })
    }

    /// Whether something comes to be: the server believes for a second what it knew.
    func eventually(_ status: Int, _ body: () async throws -> Int) async throws -> Bool {
        for _ in 0..<200 {
            if try await body() == status { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    func json(_ arguments: [String]) throws -> [String: Any] {
        let done = try served.folder.runJSON(arguments)
        #expect(done.status == 0, "\(done)")
        return try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: Any] ?? [:]
    }

    /// Makes an account with a role by the command line, enrols and signs it in over HTTP.
    func signIn(_ account: String, _ roles: [String], _ more: [String] = []) async throws -> SignedIn {
        _ = try json(["account", "grant", account] + roles.flatMap { ["--role", $0] } + more)
        let code = try #require(try json(["account", "invite", account])["code"] as? String)
        let enrolled = try await post(
            "/enrolments", ["account": account, "invitation": code, "password": "四个 词语 一起 horse"])
        let address = try #require(enrolled["address"], "\(enrolled)")
        #expect(address.hasPrefix("otpauth://totp/"))
        let factor = OneTimePassword(secret: try secret(try #require(enrolled["secret"])))
        let step = Int64(Date().timeIntervalSince1970) / OneTimePassword.period
        let confirmed = try await post(
            "/enrolments/confirmation",
            ["account": account, "invitation": code, "code": factor.code(step: step - 1)])
        #expect(confirmed.status == 200, "\(confirmed)")
        let signed = try await post(
            "/sign-in", ["account": account, "password": "四个 词语 一起 horse", "code": factor.code(step: step)])
        #expect(signed.status == 200, "\(signed)")
        let cookie = try #require(signed.headers["set-cookie"])
        #expect(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
        return SignedIn(
            cookie: String(cookie.prefix { $0 != ";" }), token: try #require(signed["forgeryToken"]))
    }
}

/// What a browser has after signing in.
struct SignedIn {
    var cookie: String
    var token: String

    var headers: [String: String] { ["Cookie": cookie, "X-CSRF-Token": token] }
}

func registryFixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/registry/\(name)").path
}

/// Reads base 32 (RFC 4648 §6) without padding, as an authenticator does.
private func secret(_ text: String) throws -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var (bits, count, bytes) = (0, 0, [UInt8]())
    for character in text {
        bits = (bits << 5 | (try #require(alphabet.firstIndex(of: character)))) & 0xFFFF
        count += 5
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(bits >> count & 0xFF))
        }
    }
    return bytes
}

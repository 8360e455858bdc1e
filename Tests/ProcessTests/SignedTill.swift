import Cryptography
import Foundation
import LedgerDomain
import Testing

/// What a till signs its requests of a day with.
struct TillDay {
    var keyID: String
    var secret: String
}

/// A terminal with a key of its own, as its program behaves.
struct SignedTill {
    let serial: String
    let door: ServedDoor
    let key = P256PrivateKey.random()

    /// What is done to a request after it was signed.
    enum Change: CaseIterable { case body, digest, key, path, secret, age, uncovered }

    init(_ serial: String, at door: ServedDoor) async throws {
        (self.serial, self.door) = (serial, door)
        let code = try #require(try door.json(["terminal", "invite", serial])["code"] as? String)
        for (shown, status) in [("0123", 401), (code, 200), (code, 401)] {
            let text = "wenhui terminal enrolment\n370782\n\(serial)\n\(shown)\n"
            let answer = try await door.post(
                "/terminals/enrolments",
                [
                    "terminal": serial, "code": shown, "publicKey": key.publicKey.compressed.hexadecimal,
                    "signature": key.signature(for: Array(text.utf8)).hexadecimal,
                ])
            #expect(answer.status == status, "\(answer)")
        }
    }

    func open(cashier: String? = nil, pin: String? = nil) async throws -> ServedFolder.Answer {
        let at = Instant(microseconds: Int64(Date().timeIntervalSince1970) * Instant.second).text
        let nonce = UUID().uuidString
        let text = "wenhui day session\n370782\n\(serial)\n\(at)\n\(nonce)\n\(cashier ?? "")\n"
        var body: [String: Any] = [
            "terminal": serial, "at": at, "nonce": nonce,
            "signature": key.signature(for: Array(text.utf8)).hexadecimal,
        ]
        body["cashier"] = cashier
        body["pin"] = pin
        let answer = try await door.post("/terminals/sessions", body)
        #expect(
            try await door.post("/terminals/sessions", body).status == 401, "the same again opens nothing")
        return answer
    }

    func redeem(
        _ sale: [String: Any], _ day: TillDay, key given: String? = nil, change: Change? = nil
    ) async throws -> ServedFolder.Answer {
        let body = try JSONSerialization.data(withJSONObject: sale, options: .sortedKeys)
        let other = Data(String(decoding: body, as: UTF8.self).replacing("1000", with: "9000").utf8)
        let digest = SHA256Digest.of(Array(change == .digest ? other : body)).base64
        let key = given ?? UUID().uuidString
        var headers = [
            "Content-Type": "application/json", "Content-Digest": "sha-256=:\(digest):",
            "Idempotency-Key": key, "Accept-Language": "en",
        ]
        var covered = ["@method", "@target-uri", "content-digest", "idempotency-key"]
        if change == .uncovered { covered.removeLast() }
        sign(&headers, covered, "POST", "/redemptions", day, change)
        if change == .key { headers["Idempotency-Key"] = UUID().uuidString }
        var answer = try await door.served.ask(
            door.base + (change == .path ? "/authorisations" : "/redemptions"), method: "POST",
            headers: headers, body: change == .body ? other : body)
        answer.headers["sent-key"] = key
        return answer
    }

    func get(_ path: String, _ day: TillDay) async throws -> ServedFolder.Answer {
        var headers = ["Accept-Language": "en"]
        sign(&headers, ["@method", "@target-uri"], "GET", path, day, nil)
        return try await door.served.ask(door.base + path, headers: headers)
    }

    private func sign(
        _ headers: inout [String: String], _ covered: [String], _ method: String, _ path: String,
        _ day: TillDay,
        _ change: Change?
    ) {
        let created = Int(Date().timeIntervalSince1970) - (change == .age ? 400 : 0)
        let names = covered.map { "\"\($0)\"" }.joined(separator: " ")
        let parameters = "(\(names));created=\(created);keyid=\"\(day.keyID)\";alg=\"hmac-sha256\""
        let values = [
            "@method": method, "@target-uri": door.served.address + door.base + path,
            "content-digest": headers["Content-Digest"] ?? "",
            "idempotency-key": headers["Idempotency-Key"] ?? "",
        ]
        let lines =
            covered.map { "\"\($0)\": \(values[$0] ?? "")" } + ["\"@signature-params\": \(parameters)"]
        var secret = [UInt8](hexadecimal: day.secret) ?? []
        if change == .secret { secret[0] ^= 1 }
        let code = HMACSHA256(key: secret).code(Array(lines.joined(separator: "\n").utf8))
        headers["Signature-Input"] = "till=\(parameters)"
        headers["Signature"] = "till=:\(code.base64):"
    }
}

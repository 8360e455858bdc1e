import Cryptography
import Foundation
import HTTPTypes
import HummingbirdTesting
import LedgerAPI
import LedgerDomain
import LedgerHTTP
import LedgerService
import NIOCore
import Testing

/// A value of the acceptance kit's JSON.
private typealias Object = [String: Any]

@Suite("The acceptance kit, in memory and over a socket", .timeLimit(.minutes(5)))
struct AcceptanceTests {
    private static func kit() throws -> Object {
        let text = try repositoryFile("Schema/acceptance.json")
        let kit = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(kit as? Object)
    }

    /// A part of the kit: an object, or a text.
    private static func part<Value>(_ name: String, of kit: Object) throws -> Value {
        try #require(kit[name] as? Value)
    }

    private static func bytes(_ name: String, of kit: Object) throws -> [UInt8] {
        let text: String = try part(name, of: kit)
        return try #require([UInt8](hexadecimal: text))
    }

    @Test("Every step is answered as the kit says, and nothing more is", arguments: KitCounty.Way.allCases)
    func steps(_ way: KitCounty.Way) async throws {
        let county = try await KitCounty()
        try await county.ask(way) { client in
            let kit = try AcceptanceTests.kit()
            let steps = try #require(kit["steps"] as? [Object])
            #expect(steps.count > 30)
            var run = KitRun(variables: [
                "ledger": "370782", "key": county.key, "run": "kit-\(way)", "outlet": "YL-0001",
                "resident": "999900196608150036",
            ])
            for step in steps { try await run.play(step, client) }
        }
    }

    @Test("The server hands the kit out to everybody", arguments: KitCounty.Way.allCases)
    func served(_ way: KitCounty.Way) async throws {
        let county = try await KitCounty()
        try await county.ask(way) { client in
            let answer = try await client.execute(uri: "/v1/acceptance.json", method: .get)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(try String(buffer: answer.body) == repositoryFile("Schema/acceptance.json"))
        }
    }

    @Test("Of a hundred claims at once for five vouchers five get one", arguments: KitCounty.Way.allCases)
    func crowd(_ way: KitCounty.Way) async throws {
        let county = try await KitCounty()
        try await county.ask(way) { client in
            var statuses: [Int: Int] = [:]
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<100 {
                    group.addTask {
                        try await county.post(
                            client, "/claims", "{\"batch\":\"1\",\"resident\":\"999900196608150036\"}",
                            under: "crowd-\(index)"
                        ).status.code
                    }
                }
                for try await status in group { statuses[status, default: 0] += 1 }
            }
            #expect(statuses == [201: 5, 422: 95])
        }
    }

    @Test("Its signed request has the base, digest and MAC that the server reads")
    func signedRequest() throws {
        let sample = try AcceptanceTests.part("signedRequest", of: AcceptanceTests.kit()) as Object
        let body = try #require(sample["body"] as? String)
        var request = HTTPRequest(
            method: .post, scheme: "https", authority: "ledger.example",
            path: "/v1/ledgers/370782/redemptions")
        request.headerFields = try HTTPFields(named: AcceptanceTests.part("headers", of: sample))
        let message = try RequestSignature(
            request, target: try AcceptanceTests.part("targetURI", of: sample),
            covering: ["@method", "@target-uri", "content-digest", "idempotency-key"]
        ).message
        #expect(String(decoding: message.base, as: UTF8.self) == sample["base"] as? String)
        #expect(message.keyID == sample["keyID"] as? String)
        let name = try #require(HTTPField.Name("Content-Digest"))
        let digest = request.headerFields[name]
        #expect(ContentDigest.isOf(Array(body.utf8), digest))
        let secret = try AcceptanceTests.bytes("secret", of: sample)
        #expect(HMACSHA256(key: secret).isValid(message.signature, for: message.base))
    }

    @Test("A terminal's texts are those that the server looks for, under a key that fits")
    func terminal() throws {
        let sample = try AcceptanceTests.part("terminal", of: AcceptanceTests.kit()) as Object
        let bytes = try AcceptanceTests.bytes("publicKey", of: sample)
        let key = try #require(P256PublicKey(compressed: bytes))
        let at = try #require(Instant(text: "2026-01-01T08:00:00+08:00"))
        let ledger = LedgerCode(370_782)
        let texts = [
            "enrolment": Terminals.enrolmentMessage(
                ledger, "ZCPOS0001", code: "0123456789abcdef0123456789abcdef"),
            "daySession": Terminals.openingMessage(
                ledger, "ZCPOS0001", at: at, nonce: "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9fa",
                cashier: "cashier-1"),
        ]
        for (name, text) in texts {
            let signed = try #require(sample[name] as? [String: String])
            #expect(signed["text"] == String(decoding: text, as: UTF8.self))
            let signature = try #require([UInt8](hexadecimal: signed["signature"] ?? ""))
            #expect(key.isValid(signature, for: text), "\(name)")
        }
    }

    @Test("A webhook's header is the MAC of seconds and body")
    func webhook() throws {
        let sample = try AcceptanceTests.part("webhook", of: AcceptanceTests.kit()) as Object
        let body = try #require(sample["body"] as? String)
        let secret = try AcceptanceTests.bytes("secret", of: sample)
        let header = try #require((sample["headers"] as? [String: String])?["Wenhui-Signature"])
        let seconds = try #require(header.firstMatch(of: /^t=([0-9]+),v1=/)).output.1
        let code = HMACSHA256(key: secret).code(Array("\(seconds).\(body)".utf8)).hexadecimal
        #expect(header == "t=\(seconds),v1=\(code)")
    }
}

/// One run of the kit: what earlier answers gave, and what is held against them.
private struct KitRun {
    var variables: [String: String]

    mutating func play(_ step: Object, _ client: any TestClientProtocol) async throws {
        let name = try #require(step["name"] as? String)
        let request = try #require(filled(step["request"] ?? "") as? Object)
        let expected = try #require(step["answer"] as? Object)
        let given = try #require(request["headers"] as? [String: String])
        var body = request["text"] as? String ?? ""
        if let object = request["body"] {
            body = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
        }
        let path = try #require(request["path"] as? String)
        let method = try #require(HTTPRequest.Method(request["method"] as? String ?? ""))
        let answer = try await client.execute(
            uri: path, method: method, headers: try HTTPFields(named: given), body: ByteBuffer(string: body))
        let text = String(buffer: answer.body)
        guard answer.status.code == expected["status"] as? Int else {
            Issue.record("\(name): \(answer.status) \(text)")
            return
        }
        let wanted = try #require(expected["headers"] as? [String: String])
        for field in try HTTPFields(named: wanted) {
            #expect(answer.headers[field.name] == field.value, "\(name): \(field.name)")
        }
        guard let object = expected["body"] else {
            for difference in differences(expected["text"] ?? "", text, "") {
                Issue.record("\(name)\(difference)")
            }
            return
        }
        let found = try JSONSerialization.jsonObject(with: Data(text.utf8))
        for difference in differences(object, found, "") { Issue.record("\(name)\(difference)") }
    }

    private func filled(_ value: Any) -> Any {
        switch value {
        case let text as String:
            variables.reduce(text) { $0.replacing("${\($1.key)}", with: $1.value) }
        case let object as Object: object.mapValues { filled($0) }
        case let list as [Any]: list.map { filled($0) }
        default: value
        }
    }

    /// Where an answer is not as expected; what it must give to later steps is kept.
    private mutating func differences(_ expected: Any, _ found: Any, _ place: String) -> [String] {
        if let text = expected as? String,
            let hole = text.wholeMatch(of: /<(text|number|time|day)(?::(\w+))?>/)
        {
            if let name = hole.output.2 { variables[String(name)] = "\(found)" }
            let isRight =
                switch hole.output.1 {
                case "number": found is Int
                case "time": (found as? String).flatMap { Instant(text: $0) } != nil
                case "day": (found as? String).flatMap { BusinessDay(text: $0) } != nil
                default: found is String
                }
            return isRight ? [] : ["\(place): \(found) is no \(hole.output.1)"]
        }
        if let expected = expected as? Object, let found = found as? Object {
            guard Set(expected.keys) == Set(found.keys) else {
                return ["\(place): \(found.keys.sorted()) where \(expected.keys.sorted()) are expected"]
            }
            return expected.sorted { $0.key < $1.key }.flatMap { name, part in
                differences(part, found[name] ?? "", "\(place)/\(name)")
            }
        }
        if let expected = expected as? [Any], let found = found as? [Any], expected.count == found.count {
            return zip(expected, found).enumerated().flatMap { index, pair in
                differences(pair.0, pair.1, "\(place)/\(index)")
            }
        }
        guard let wanted = filled(expected) as? NSObject, wanted.isEqual(found) else {
            return ["\(place): \(found) where \(filled(expected)) is expected"]
        }
        return []
    }
}

extension HTTPFields {
    /// Fields by their names, as the kit has them.
    fileprivate init(named fields: [String: String]) throws {
        self.init()
        for (name, value) in fields {
            let known = try #require(HTTPField.Name(name))
            self[known] = value
        }
    }
}

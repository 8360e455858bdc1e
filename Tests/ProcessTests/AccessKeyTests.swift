import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage
import Testing

@Suite("Keys of machines")
struct AccessKeyTests {
    @Test("A key opens what its scope says, in its ledger, until it expires or is revoked")
    func lifetime() async throws {
        let folder = try PracticeFolder()
        let clock = SetClock()
        let system = try LedgerSystem(DataFolder(folder.url.path)) { clock.now }
        defer { system.stop() }
        let ledger = try #require(LedgerCode(text: "370782"))
        let service = try system.service(ledger)
        let keys = AccessKeys(service, system.office)
        let desk = Reception(system.office, memory: .zero)
        func admit(_ key: AccessKey) throws -> Result<Caller, AccessRefusal> {
            try desk.admit(.key(key), of: service)
        }
        let call = Call(try #require(Principal("admin")), key: "first")
        let (key, stored, _) = try await keys.make("审计", scopes: [.audit], days: 2, call)
        let caller = Caller(try #require(Principal("key \(stored.id.bytes.hexadecimal)")), [.audit])
        #expect(try admit(key) == .success(caller))
        for permission in Permission.allCases where permission != .audit {
            #expect(throws: AccessRefusal.scope) { try caller.demand(permission) }
        }
        #expect(!"\(try keys.all())".contains(key.text.suffix(64)), "the key itself is not kept")
        clock.advance(2 * Instant.day - 1)
        #expect(try admit(key) == .success(caller))
        clock.advance(1)
        #expect(try admit(key) == .failure(.expired))
        let (second, kept, _) = try await keys.make(
            "审计", scopes: [.audit], days: 1, Call(call.principal, key: "second"))
        try await keys.revoke(kept.id, Call(call.principal, key: "third"))
        #expect(try admit(second) == .failure(.revoked))
        #expect(try keys.all().map(\.id) == [stored.id, kept.id])
    }

    @Test("A key with any character changed is none")
    func changed() async throws {
        let folder = try PracticeFolder()
        let system = try LedgerSystem(DataFolder(folder.url.path))
        defer { system.stop() }
        let ledger = try #require(LedgerCode(text: "370782"))
        let service = try system.service(ledger)
        let (keys, desk) = (AccessKeys(service, system.office), Reception(system.office))
        let (key, _, _) = try await keys.make(
            "审计", scopes: [.audit], days: 1, Call(try #require(Principal("admin")), key: "first"))
        #expect(AccessKey(key.text)?.text == key.text)
        let characters = Array(key.text)
        for place in characters.indices {
            for other in ["0", "f", "F", "_", " ", "é"] as [Character] where other != characters[place] {
                var altered = characters
                altered[place] = other
                let changed = try AccessKey(String(altered)).map { try desk.admit(.key($0), of: service) }
                #expect(changed == nil || changed == .failure(.unknown), "place \(place)")
            }
        }
        for text in ["", "whk", String(key.text.dropLast()), key.text + "0", " " + key.text] {
            #expect(AccessKey(text) == nil, "“\(text)”")
        }
    }

    @Test("A backup has the keys, revoked ones as revoked")
    func backup() throws {
        let folder = try PracticeFolder()
        for name in ["一", "二"] {
            let made = try folder.run(["api-key", "create", name, "--scope", "audit"])
            #expect(made.status == 0, "\(made)")
        }
        let numbers = try folder.run(["api-key", "list"]).output.matches(of: /[0-9a-f]{16}/).map {
            String($0.output)
        }
        let revoked = try #require(numbers.last)
        #expect(try folder.run(["api-key", "revoke", revoked]).status == 0)
        let listed = try folder.run(["api-key", "list"]).output
        let target = try temporaryFolder("backup")
        defer { try? FileManager.default.removeItem(at: target) }
        let (copy, back) = (target.path + "/copy", target.path + "/back")
        #expect(try folder.run(["backup", copy]).status == 0)
        let restored = try Program.wenhui.run(["restore", copy, "--data", back])
        #expect(restored.status == 0, "\(restored)")
        #expect(try Program.wenhui.run(["api-key", "list", "--data", back]).output == listed)
    }

    @Test("What cannot be meant makes no key and says why")
    func mistakes() throws {
        let folder = try PracticeFolder()
        for (arguments, said) in [
            (["审计"], "needs a scope"), (["审计", "--scope", "all"], "There are: audit"),
            (["审计", "--scope", "audit", "--days", "0"], "lives 1 to"),
            (["审计", "--scope", "audit", "--days", "9223372036854775807"], "lives 1 to"),
            (["", "--scope", "audit"], "1 to 100 bytes"),
        ] {
            let done = try folder.run(["api-key", "create"] + arguments)
            #expect(done.status == 64 && done.errors.contains(said), "\(arguments): \(done)")
        }
        let unknown = try folder.run(["api-key", "revoke", "0123456789abcdef"])
        #expect(unknown.status == 64 && unknown.errors.contains("There is no key"), "\(unknown)")
        #expect(try folder.run(["api-key", "revoke", "1"]).status == 64)
    }
}

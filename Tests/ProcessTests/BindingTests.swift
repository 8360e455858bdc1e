import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats
import Testing

@Suite("Accounts of platforms that act for residents", .timeLimit(.minutes(5)))
struct BindingTests {
    static let phone = "13800000003"
    static let resident = "999900196608150036"

    @Test(
        "A resident agrees by a code, the platform claims by its own name for them, and its channel is on record"
    )
    func platform() async throws {
        let served = try ServedFolder(try PracticeFolder(), ["--messages", "print"])
        let county = try County(served)
        try await county.open()
        let key = try served.folder.runJSON(
            ["api-key", "create", "微信", "--platform", "wechat", "--scope", "claim"])
        let made = try JSONDecoder().decode([String: String].self, from: Data(key.output.utf8))
        let wechat = try #require(made["key"])
        let person = [
            "resident": BindingTests.resident, "phone": BindingTests.phone, "platform": "wechat",
            "consent": "privacy-2026-03",
        ]
        let rogue = try await county.post("/bindings/codes", person, as: county.officer)
        #expect(rogue.status == 403 && rogue.code == "access.platform", "\(rogue)")
        for (field, value) in [("platform", "WeChat"), ("resident", "1"), ("phone", "1")] {
            let wrong = try await county.post(
                "/bindings/codes", person.merging([field: value]) { $1 }, as: wechat)
            #expect(wrong.status == 400 && wrong.field == field, "\(wrong)")
        }
        let stranger = try await county.post(
            "/bindings/codes", person.merging(["phone": "13800000002"]) { $1 }, as: wechat)
        let sent = try await county.post("/bindings/codes", person, as: wechat)
        #expect(sent.status == 200 && sent.text == stranger.text, "who is registered is not told: \(sent)")
        try served.server.wait(forLines: 2)
        let message = try #require(served.server.lines.last)
        #expect(message.contains("wechat") && message.contains(BindingTests.phone), "\(message)")
        let code = String(try #require(message.firstMatch(of: /验证码 ([0-9]{6})/)).output.1)
        func bind(_ code: String, _ key: String, account: String = "oA-1_x") async throws
            -> ServedFolder.Answer
        {
            try await county.post(
                "/bindings",
                person.merging(["code": code, "account": account]) { $1 },
                as: wechat, under: key)
        }
        let other = code == "000000" ? "000001" : "000000"
        let wrong = try await bind(other, "b0")
        #expect(wrong.status == 422 && wrong.code == "token.code", "\(wrong)")
        #expect(try await bind(code, "b1", account: "no spaces").field == "account")
        let signIn = try await county.post(
            "/me/sign-in", ["resident": BindingTests.resident, "phone": BindingTests.phone, "code": code],
            as: wechat)
        #expect(signIn.status == 401, "a yes to a platform opens nothing else: \(signIn)")
        let bound = try await bind(code, "b1")
        #expect(bound.status == 201, "\(bound)")
        let again = try await bind(code, "b1")
        #expect(again.text == bound.text && again.headers["idempotency-replayed"] == "true", "\(again)")
        #expect(try await bind(code, "b2").status == 422, "a code is good once")

        let claim = ["batch": "1", "resident": "wechat:oA-1_x"]
        let claimed = try await county.post("/claims", claim, as: wechat, under: "c1")
        #expect(claimed.status == 201, "\(claimed)")
        let elsewhere = try await county.post(
            "/claims", claim.merging(["channel": "app"]) { $1 }, as: wechat, under: "c1")
        #expect(elsewhere.code == "key.reused", "\(elsewhere)")
        let voucher = try await county.get("/vouchers/1")
        #expect(
            (voucher.object?["voucher"] as? [String: Any])?["channel"] as? String == "wechat", "\(voucher)")
        for (name, status) in [("wechat:other", 404), ("alipay:oA-1_x", 403), ("wechat:", 400)] {
            let nobody = try await county.post("/claims", ["batch": "1", "resident": name], as: wechat)
            #expect(nobody.status == status, "\(name): \(nobody)")
        }
        let back = try await county.post(
            "/vouchers/1/hand-back", ["resident": "wechat:oA-1_x", "channel": "counter"], as: wechat)
        #expect(back.status == 200, "\(back)")

        let ending = ["platform": "wechat", "account": "oA-1_x"]
        for status in [200, 404] {
            let ended = try await county.post("/bindings/endings", ending, as: wechat)
            #expect(ended.status == status, "\(ended)")
        }
        #expect(try await county.post("/claims", claim, as: wechat).status == 404)
        let first = try await county.post("/claims", claim, as: wechat, under: "c1")
        #expect(first.text == claimed.text, "what was done while it held is answered as it was: \(first)")
        let retried = try await bind(code, "b1")
        #expect(retried.status == 201 && retried.headers["idempotency-replayed"] == "true", "\(retried)")
        #expect(try await county.post("/claims", claim, as: wechat).status == 404, "ended is ended")
        let history = try served.folder.runJSON(["account", "history", "--limit", "6"]).output
        #expect(history.contains("unbound") && history.contains("wechat privacy-2026-03"), "\(history)")
        #expect(!history.contains("oA-1_x"), "the log does not know the account")
    }
}

/// The same without a server, with a clock.
@Suite("What a resident agreed to")
final class ConsentTests {
    private let folder: PracticeFolder
    private let clock = SetClock()
    private let system: LedgerSystem
    private let service: LedgerService
    private let bindings: Bindings

    init() async throws {
        folder = try PracticeFolder()
        system = try LedgerSystem(DataFolder(folder.url.path)) { [clock] in clock.now }
        service = try system.service(try #require(LedgerCode(text: "370782")))
        bindings = Bindings(service, system.office)
        let people = try fixture("registry/residents.csv")
        _ = try await service.importResidents(
            ResidentFile(people, practice: true), bytes: Array(people), call("people"))
    }

    deinit { system.stop() }

    private func call(_ key: String = UUID().uuidString) -> Call { Call(.system, key: key) }

    private func account(_ name: String, _ platform: String = "wechat") throws -> PlatformAccount {
        try #require(PlatformAccount(platform: platform, account: name))
    }

    /// A resident says yes to an account.
    private func bind(
        _ account: PlatformAccount, to resident: String = BindingTests.resident,
        _ phone: String = BindingTests.phone, afterCode: () async throws -> Void = {}
    ) async throws {
        clock.advance(Instant.minute)
        let message = try #require(
            try bindings.code(for: resident, phone: phone, platform: account.platform, consent: "t-1"))
        var asked = Bindings.Request(account)
        (asked.resident, asked.phone, asked.consent) = (resident, phone, "t-1")
        asked.code = String(try #require(message.text.firstMatch(of: /[0-9]{6}/)).output)
        try await afterCode()
        let bound = call()
        let receipt = try await bindings.bind(asked, bound)
        // The answer was lost: the same is answered, and another call gets nothing by the same code.
        let again = try await bindings.bind(asked, bound)
        #expect(again.event == receipt.event && again.isReplay)
        await #expect(throws: ServiceError.self) { try await self.bindings.bind(asked, self.call()) }
    }

    private func holder(of account: PlatformAccount) -> String? {
        try? bindings.identityNumber(of: account, call())
    }

    @Test("One account of a platform acts for a resident, and one resident has an account")
    func one() async throws {
        let first = try account("a"), second = try account("b")
        try await bind(first)
        #expect(holder(of: first) == BindingTests.resident)
        try await bind(second)
        #expect(holder(of: second) == BindingTests.resident && holder(of: first) == nil)
        try await bind(try account("a", "alipay"))
        let platforms = try bindings.all(of: service.people.identity(BindingTests.resident)).map(\.platform)
        #expect(platforms == ["wechat", "alipay"])
        await #expect(throws: ServiceError.self) {
            try await self.bind(second, to: "999900195602290025", "13800000002")
        }
        #expect(holder(of: second) == BindingTests.resident)
        try await bind(first, to: "999900195602290025", "13800000002")
        #expect(holder(of: first) == "999900195602290025", "an account that was replaced is free")
    }

    @Test(
        "Whoever ends it ends it for good: no retry of the consent brings it back, nor does another registration"
    )
    func ended() async throws {
        let mine = try account("a")
        let identity = service.people.identity(BindingTests.resident)
        try await bind(mine)
        let end = call()
        let first = try await bindings.end(platform: "wechat", of: identity, end)
        #expect(holder(of: mine) == nil)
        try await bind(mine)
        let again = try await bindings.end(platform: "wechat", of: identity, end)
        #expect(again.event == first.event && holder(of: mine) != nil, "an old retry ends nothing newer")
        _ = try await service.erase(BindingTests.resident, because: "本人要求", call())
        #expect(holder(of: mine) == nil)
        let people = Array("name,id_number,phone\n演练,\(BindingTests.resident),\(BindingTests.phone)\n".utf8)
        _ = try await service.importResidents(
            ResidentFile(people, practice: true), bytes: people, call())
        #expect(holder(of: mine) == nil, "who comes back has agreed to nothing yet")
        try bindings.forget(BindingTests.resident)
        #expect(holder(of: mine) == nil)
        #expect(try bindings.all(of: identity).isEmpty)
        try await bind(mine)
        #expect(holder(of: mine) == BindingTests.resident)
        await #expect(
            throws: ServiceError.self, "whoever is erased after the code was sent agrees to nothing"
        ) {
            try await self.bind(mine) {
                _ = try await self.service.erase(BindingTests.resident, because: "本人要求", self.call())
            }
        }
        #expect(holder(of: mine) == nil)
    }
}

import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage
import Testing

/// A ledger with people, at a clock that a test sets; passwords are cheap here.
private final class Door {
    static let password = "四个 词语 一起 horse"
    let folder: PracticeFolder
    let clock = SetClock()
    let system: LedgerSystem
    let service: LedgerService
    let accounts: Accounts
    let reception: Reception

    init() throws {
        folder = try PracticeFolder()
        system = try LedgerSystem(DataFolder(folder.url.path)) { [clock] in clock.now }
        service = try system.service(try #require(LedgerCode(text: "370782")))
        accounts = Accounts(
            service, system.office, cost: Scrypt(logCost: 4, blockSize: 1, parallelism: 1))
        reception = Reception(system.office, memory: .zero)
    }

    deinit { system.stop() }

    func call(_ name: String) throws -> Call { Call(try #require(Principal(name)), key: UUID().uuidString) }

    /// Grants, invites and enrols; the second factor.
    func enrol(_ account: String, _ roles: Set<Role>, by name: String = "system") async throws
        -> OneTimePassword
    {
        _ = try await service.grant(account, roles, try call(name))
        let code = try await accounts.invite(account, try call(name)).code
        let factor = try accounts.enrol(account, invitation: code, password: Door.password).get()
        try await accounts.confirm(account, invitation: code, code: shown(by: factor)).get()
        clock.advance(Instant.minute)
        return factor
    }

    func shown(by factor: OneTimePassword) -> String {
        factor.code(step: clock.now.microseconds / Instant.second / OneTimePassword.period)
    }

    /// Signs in half a minute later, so that the code is another one.
    func signIn(_ account: String, _ factor: OneTimePassword) async throws -> Result<SignIn, AccessRefusal> {
        clock.advance(30 * Instant.second)
        return try await accounts.signIn(
            account, password: Door.password, code: shown(by: factor), from: "10.0.0.1")
    }

    func admit(_ signIn: SignIn, _ proof: Reception.SignInProof = .held) throws -> Result<
        Caller, AccessRefusal
    > {
        try reception.admit(.signIn(signIn, proof), of: service)
    }

    func history() throws -> [AccessKind] {
        try service.query { (model) throws(StorageError) in
            try model.accessEvents(before: UInt64(Int64.max), limit: 100, service.ledger)
        }.map(\.kind)
    }
}

@Suite("People's accounts")
struct AccountTests {
    @Test(
        "Somebody is granted, invited, enrolled and signed in; what they may do follows their roles at once")
    func life() async throws {
        let door = try Door()
        let factor = try await door.enrol("财政-1", [.financeOfficer])
        let signIn = try await door.signIn("财政-1", factor).get()
        let caller = try door.admit(signIn).get()
        #expect(caller.principal.name == "财政-1")
        #expect(caller.permissions == Role.financeOfficer.permissions.union([.session]))
        _ = try await door.service.grant("财政-1", [.auditor], try door.call("system"))
        #expect(try door.admit(signIn).get().permissions == Role.auditor.permissions.union([.session]))
        _ = try await door.service.grant("财政-1", [], try door.call("system"))
        #expect(try door.admit(signIn) == .failure(.signedOut))
        #expect(
            try door.history() == [.granted, .granted, .signedIn, .enrolled, .invited, .granted])
    }

    @Test("A change by a cookie needs the page's own token; reading does not")
    func forgery() async throws {
        let door = try Door()
        let signIn = try await door.signIn("审计", try await door.enrol("审计", [.auditor])).get()
        func by(_ token: String?, isChange: Bool = true) throws -> AccessRefusal? {
            let result = try door.admit(signIn, .cookie(forgeryToken: token, isChange: isChange))
            if case .failure(let refusal) = result { return refusal } else { return nil }
        }
        #expect(try by(signIn.forgeryToken) == nil)
        #expect(try by(nil) == .forgery)
        #expect(try by(String(signIn.forgeryToken.reversed())) == .forgery)
        #expect(try by(nil, isChange: false) == nil)
    }

    @Test("A sign-in ends by idleness, by its age, by signing out and by another password")
    func ends() async throws {
        let door = try Door()
        let factor = try await door.enrol("审计", [.auditor])
        let idle = try await door.signIn("审计", factor).get()
        door.clock.advance(Accounts.idleTime - Instant.second)
        #expect(try door.admit(idle).get().principal.name == "审计")
        door.clock.advance(Accounts.idleTime)
        #expect(try door.admit(idle) == .failure(.signedOut))

        let old = try await door.signIn("审计", factor).get()
        for _ in 0..<(Accounts.lifetime / (20 * Instant.minute)) {
            #expect(throws: Never.self) { try door.admit(old).get() }
            door.clock.advance(20 * Instant.minute)
        }
        #expect(try door.admit(old) == .failure(.signedOut))

        let left = try await door.signIn("审计", factor).get()
        try door.accounts.signOut(try #require(try door.admit(left).get().signIn))
        #expect(try door.admit(left) == .failure(.signedOut))

        let other = try await door.signIn("审计", factor).get()
        door.clock.advance(30 * Instant.second)
        let code = door.shown(by: factor)
        try await door.accounts.changePassword(
            of: "审计", from: Door.password, code: code, to: "另外 四个 词语 staple", at: "10.0.0.1"
        ).get()
        #expect(try door.admit(other) == .failure(.signedOut))
        #expect(try await door.signIn("审计", factor).refusal == .signIn, "the old password is no good")
    }

    @Test("A code is good once; a wrong password, code or name get the same answer")
    func wrong() async throws {
        let door = try Door()
        let factor = try await door.enrol("审计", [.auditor])
        let code = door.shown(by: factor)
        func signIn(_ account: String, _ password: String, _ code: String) async throws -> AccessRefusal? {
            try await door.accounts.signIn(account, password: password, code: code, from: "10.0.0.1").refusal
        }
        #expect(try await signIn("审计", Door.password, code) == nil)
        #expect(try await signIn("审计", Door.password, code) == .signIn, "the code again")
        door.clock.advance(Instant.minute)
        #expect(try await signIn("审计", "另外的密码 没有人知道", door.shown(by: factor)) == .signIn)
        #expect(try await signIn("审计", Door.password, "000000") == .signIn)
        #expect(try await signIn("没有", Door.password, door.shown(by: factor)) == .signIn)
        #expect(try await signIn("till 1", "", "") == .signIn)
        #expect(try await signIn("审计", Door.password, door.shown(by: factor)) == nil)
        #expect(try door.history().filter { $0 == .signInFailed }.count == 3)
    }

    @Test("A thousand wrong passwords are a few tries; a known account and an unknown one wait alike")
    func lockOut() async throws {
        let door = try Door()
        let factor = try await door.enrol("审计", [.auditor])
        for account in ["审计", "没有"] {
            var (tried, refused) = (0, 0)
            for _ in 0..<1_000 {
                do {
                    _ = try await door.accounts.signIn(
                        account, password: "错", code: "000000", from: "10.0.0.1")
                    tried += 1
                } catch ServiceError.tooOften {
                    refused += 1
                }
                door.clock.advance(Instant.second)
            }
            // Five, then one after a minute, two, four and eight.
            #expect(tried == 9 && refused == 991, "\(account): \(tried)")
        }
        _ = try await door.accounts.signIn("审计", password: "错", code: "000000", from: "10.0.0.1")
        await #expect(throws: ServiceError.self, "the right one waits too") {
            _ = try await door.accounts.signIn(
                "审计", password: Door.password, code: door.shown(by: factor), from: "10.0.0.1")
        }
        let elsewhere = try await door.accounts.signIn(
            "审计", password: Door.password, code: door.shown(by: factor), from: "10.0.0.2")
        #expect(elsewhere.refusal == nil, "a stranger elsewhere keeps nobody out")
        door.clock.advance(Instant.hour)
        #expect(try await door.signIn("审计", factor).refusal == nil)
        #expect(try door.history().contains(.locked))
    }

    @Test(
        "A second administrator recovers an account; nobody does for themselves, and the old factor is no good"
    )
    func recovery() async throws {
        let door = try Door()
        let first = try await door.enrol("admin", [.administrator])
        _ = try await door.enrol("admin-2", [.administrator], by: "admin")
        let signIn = try await door.signIn("admin", first).get()
        for (name, refusal) in [("admin", Refusal.ownAccount), ("财政-1", .notAdministrator)] {
            await #expect(throws: ServiceError.self) {
                do {
                    _ = try await door.accounts.invite("admin", try door.call(name))
                } catch ServiceError.refused(let said, _) {
                    #expect(said == refusal)
                    throw ServiceError.refused(said, event: nil)
                }
            }
        }
        #expect(throws: Never.self, "nothing has changed") { try door.admit(signIn).get() }
        let code = try await door.accounts.invite("admin", try door.call("admin-2")).code
        #expect(try door.admit(signIn) == .failure(.signedOut))
        #expect(try await door.signIn("admin", first).refusal == .signIn)
        #expect(
            try door.accounts.enrol("admin", invitation: "0123", password: Door.password).refusal == .signIn)
        let factor = try door.accounts.enrol("admin", invitation: code, password: Door.password).get()
        #expect(try await door.signIn("admin", factor).refusal == .signIn, "not before it is confirmed")
        try await door.accounts.confirm("admin", invitation: code, code: door.shown(by: factor)).get()
        #expect(
            try door.accounts.enrol("admin", invitation: code, password: Door.password).refusal == .signIn)
        #expect(try await door.signIn("admin", factor).refusal == nil)
    }

    @Test(
        "A retry of an invitation gets the same code and undoes nothing; a gap in the roles ends what proved them"
    )
    func retries() async throws {
        let door = try Door()
        _ = try await door.service.grant("审计", [.auditor], try door.call("system"))
        let call = try door.call("system")
        let code = try await door.accounts.invite("审计", call).code
        #expect(try await door.accounts.invite("审计", call).code == code)
        let factor = try door.accounts.enrol("审计", invitation: code, password: Door.password).get()
        try await door.accounts.confirm("审计", invitation: code, code: door.shown(by: factor)).get()
        #expect(try await door.accounts.invite("审计", call).code == code)
        let signIn = try await door.signIn("审计", factor).get()
        #expect(throws: Never.self, "the retry has undone nothing") { try door.admit(signIn).get() }
        for roles in [[], [Role.auditor]] as [Set<Role>] {
            _ = try await door.service.grant("审计", roles, try door.call("system"))
        }
        #expect(try door.admit(signIn) == .failure(.signedOut))
        #expect(try await door.signIn("审计", factor).refusal == .signIn)
    }

    @Test("An invitation ends after three days, and a password that is easily thought of is not taken")
    func invitations() async throws {
        let door = try Door()
        _ = try await door.service.grant("审计", [.auditor], try door.call("system"))
        let code = try await door.accounts.invite("审计", try door.call("system")).code
        for password in [
            "short", "审计审计审计审计审计审计", "aaaaaaaaaaaaaaaa", "my Password is long", "1234QWEasdzxc",
            "159357123456", "1q2w3e4r5t6Y",
            String(repeating: "长", count: 129),
        ] {
            #expect(throws: ServiceError.self, "\(password)") {
                _ = try door.accounts.enrol("审计", invitation: code, password: password)
            }
        }
        door.clock.advance(Accounts.invitationLifetime)
        #expect(try door.accounts.enrol("审计", invitation: code, password: Door.password).refusal == .signIn)
    }

    @Test("A look at personal data needs a reason and is on record before anything is shown")
    func reveal() async throws {
        let door = try Door()
        let file = try door.folder.write(
            "id_number,name,phone\n999900194901010017,张演练,13900000001\n", to: "residents.csv")
        door.system.stop()
        #expect(try door.folder.run(["resident", "import", file]).status == 0)
        let system = try LedgerSystem(DataFolder(door.folder.url.path))
        defer { system.stop() }
        let service = try system.service(door.service.ledger)
        let size = try service.state { $0.size }
        await #expect(throws: ServiceError.self) {
            _ = try await service.reveal("999900194901010017", because: "", try door.call("审计"))
        }
        let (details, receipt) = try await service.reveal(
            "999900194901010017", because: "核对投诉", try door.call("审计"))
        #expect(details.name == "张演练" && details.phone == "13900000001")
        #expect(receipt.event == size + 1)
        let rows = try service.query { (model) throws(StorageError) in
            try model.accessEvents(before: UInt64(Int64.max), limit: 1, service.ledger)
        }
        #expect(rows.first?.kind == .revealed && rows.first?.about == "核对投诉")
    }

    @Test("Somebody sees where they are signed in, and ends the others with a code, each code once")
    func elsewhere() async throws {
        let door = try Door()
        let factor = try await door.enrol("finance", [.financeOfficer])
        let other = try await door.enrol("auditor", [.auditor])
        let mine = try await door.signIn("finance", factor).get()
        let lost = try await door.signIn("finance", factor).get()
        let older = try await door.signIn("finance", factor).get()
        let stranger = try await door.signIn("auditor", other).get()
        let asking = try door.admit(mine).get().signIn
        func list() throws -> [OpenSignIn] { try door.accounts.signIns(of: "finance", asking: asking) }
        func end(_ name: String?, _ code: String) throws -> Result<[OpenSignIn], AccessRefusal> {
            try door.accounts.endSignIns(
                of: "finance", named: name, asking: asking, code: code, at: "10.0.0.1")
        }
        #expect(try list().count == 3 && list().filter(\.isAsking).count == 1)
        let name = try #require(try list().first { $0.digest == (try? door.admit(lost).get().signIn) }?.name)
        #expect(throws: AccessRefusal.signIn) { try end(name, "000000").get() }
        #expect(throws: ServiceError.self) { try end("0000000000000000", door.shown(by: factor)) }
        door.clock.advance(30 * Instant.second)
        let code = door.shown(by: factor)
        #expect(try end(name, code).get().map(\.name) == [name])
        #expect(try door.admit(lost) == .failure(.signedOut))
        #expect(try list().count == 2)
        #expect(throws: AccessRefusal.signIn, "a code is good once") { try end(nil, code).get() }
        door.clock.advance(30 * Instant.second)
        #expect(try end(nil, door.shown(by: factor)).get().count == 1)
        #expect(try door.admit(older) == .failure(.signedOut))
        #expect(try list().map(\.isAsking) == [true])
        _ = try door.admit(mine).get()
        _ = try door.admit(stranger).get()
        for _ in 0..<Accounts.maximumSignIns { _ = try await door.signIn("finance", factor).get() }
        #expect(try list().count == Accounts.maximumSignIns)
        #expect(try door.admit(mine) == .failure(.signedOut), "one more ends the oldest")
    }
}

extension Result {
    fileprivate var refusal: Failure? { if case .failure(let refusal) = self { refusal } else { nil } }
}

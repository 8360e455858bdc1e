import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats
import Synchronization
import Testing

/// Knows two people, and counts who was asked about.
private final class Registry: RealNameCheck {
    struct Out: Error {}

    let asked = Mutex(0)
    let isOut = Mutex(false)
    static let person = ResidentDetails(
        name: "演练十号", identityNumber: "999900199001010030", phone: "13800000010")

    /// Whose number ends in X.
    static let other = ResidentDetails(
        name: "演练九号", identityNumber: "99990019880808006X", phone: "13800000009")

    func confirms(_ person: ResidentDetails, of ledger: String) async throws -> Bool {
        if isOut.withLock({ $0 }) { throw Out() }
        asked.withLock { $0 += 1 }
        return person == Registry.person || person == Registry.other
    }
}

@Suite("Residents who register by themselves")
final class RegistrationTests {
    private let folder: PracticeFolder
    private let clock = SetClock()
    private let system: LedgerSystem
    private let service: LedgerService
    private let registrations: Registrations
    private let registry = Registry()
    private let person = Registry.person

    init() throws {
        folder = try PracticeFolder()
        system = try LedgerSystem(DataFolder(folder.url.path)) { [clock] in clock.now }
        service = try system.service(try #require(LedgerCode(text: "370782")))
        registrations = Registrations(service, system.office)
    }

    deinit { system.stop() }

    private func register(_ person: ResidentDetails? = nil, from client: String = "10.0.0.1") async throws {
        try await registrations.register(person ?? self.person, from: client, confirmedBy: registry)
    }

    private var size: UInt64 {
        get throws { try service.state { $0.size } }
    }

    @Test("Whoever was erased comes back by registering again")
    func erased() async throws {
        try await register()
        let before = try size
        try await register()
        #expect(try size == before, "registering twice changes nothing")
        _ = try await service.erase(
            person.identityNumber, because: "本人要求",
            Call(try #require(Principal("officer")), key: "erasure"))
        #expect(try service.people.resident(person.identityNumber) == nil)
        try await register()
        #expect(try service.people.resident(person.identityNumber) == person)
        #expect(try size == before + 2)
        // What the log does not know is purged; they stay.
        clock.advance(30 * Instant.day)
        system.stop()
        let later = try LedgerSystem(DataFolder(folder.url.path)) { [clock] in clock.now }
        defer { later.stop() }
        let again = try later.service(service.ledger)
        #expect(try again.people.resident(person.identityNumber) == person)
    }

    @Test("Whoever an import has that is not closed is not said to be registered")
    func staged() async throws {
        let identity = service.people.identity(person.identityNumber)
        let resident = SealedResident(identity: identity, sealed: [1])
        try service.people.vault.stage(
            [resident], file: Digest128(high: 1, low: 1), at: clock.now, ledger: service.ledger)
        await #expect(throws: ServiceError.self) { try await register() }
        try service.people.vault.stage(
            [], file: Digest128(high: 1, low: 1), at: clock.now, ledger: service.ledger)
        try await register()
        #expect(try service.people.resident(person.identityNumber) == person)
    }

    @Test("A number that ends in x is the one that ends in X")
    func smallLetter() async throws {
        var typed = Registry.other
        typed.identityNumber = typed.identityNumber.lowercased()
        for round in 1...2 as ClosedRange<UInt64> {
            let before = try size
            for person in [typed, Registry.other] {
                try await register(person)
                #expect(try service.people.resident(typed.identityNumber) == Registry.other)
            }
            #expect(try size == before + 1, "both are one, the \(round). time")
            _ = try await service.erase(
                typed.identityNumber, because: "本人要求",
                Call(try #require(Principal("officer")), key: "erasure \(round)"))
            #expect(try service.people.resident(Registry.other.identityNumber) == nil)
        }
    }

    @Test("While nobody can be asked no try is counted")
    func outage() async throws {
        registry.isOut.withLock { $0 = true }
        for _ in 0..<20 { await #expect(throws: Registry.Out.self) { try await register() } }
        registry.isOut.withLock { $0 = false }
        try await register()
        #expect(try service.people.resident(person.identityNumber) == person)
    }

    @Test("A stranger with somebody's phone keeps them from registering nowhere but at their own address")
    func strangersPhone() async throws {
        var asked = 0
        for number in [
            "999900194901010017", "999900195602290025", "999900196608150036", "999900197806040043",
            "999900198509300050", "999900199111110067",
        ] {
            var guess = person
            guess.identityNumber = number
            do {
                try await register(guess, from: "10.9.9.9")
            } catch ServiceError.notConfirmed {
                asked += 1
            } catch ServiceError.tooOften {}
        }
        #expect(asked == 5)
        try await register(from: "10.0.0.2")
    }

    @Test("Wrong tries are counted by person, phone and address, and ask nobody after that")
    func guessing() async throws {
        /// Whether anybody was asked.
        func guess(_ phone: Int, from client: String) async throws -> Bool {
            var guess = person
            guess.phone = "139\(10_000_000 + phone)"
            do {
                try await register(guess, from: client)
                Issue.record("a wrong phone was confirmed")
            } catch ServiceError.notConfirmed {
                return true
            } catch ServiceError.tooOften {}
            return false
        }
        for phone in 0..<5 { #expect(try await guess(phone, from: "10.0.0.1")) }
        #expect(try await !guess(5, from: "10.0.0.1"))
        #expect(registry.asked.withLock { $0 } == 5)
        // Somebody else is kept out of nothing by that.
        try await register(from: "10.0.0.2")
        // From many addresses they are a hundred, and then nobody's.
        for address in 0..<100 {
            #expect(try await guess(address, from: "10.1.0.\(address)"))
        }
        #expect(try await !guess(0, from: "10.2.0.1"))
        clock.advance(2 * Instant.minute)
        #expect(try await guess(0, from: "10.2.0.1"))
    }
}

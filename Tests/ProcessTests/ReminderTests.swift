import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage
import Testing

@Suite("Reminders of vouchers that expire", .timeLimit(.minutes(5)))
struct ReminderTests {
    @Test(
        "Whoever holds an unused voucher is told once, by day, in time; whoever used theirs or has no phone is not"
    )
    func reminders() async throws {
        let county = try County(try ServedFolder(try PracticeFolder()))
        try await county.open()
        #expect(try await county.claim("999900195602290025").status == 201)
        #expect(try await county.post("/redemptions", County.sale, as: county.till).status == 201)
        #expect(try await county.claim("999900196608150036").status == 201)
        #expect(try await county.claim("999900194901010017").status == 201, "who has no phone")
        #expect(try county.served.server.terminate().status == 0)

        let clock = SetClock()
        let system = try LedgerSystem(DataFolder(county.served.folder.url.path)) { clock.now }
        defer { system.stop() }
        let service = try system.service(try #require(LedgerCode(text: "370782")))
        let voucher = try #require(try service.vouchers(of: "999900196608150036").first?.row)
        // Noon in Shanghai, an hour and more before it expires.
        let local = voucher.expiry.adding(-13 * Instant.hour).microseconds + Instant.shanghaiOffset
        let day = local - local % Instant.day - Instant.shanghaiOffset
        func set(_ instant: Int64) { clock.advance(instant - clock.now.microseconds) }
        let reminders = Reminders(service, system.office)

        set(day + 3 * Instant.hour)
        #expect(try reminders.take(3 * Instant.day) == nil, "at night nobody is told anything")
        set(day + 12 * Instant.hour)
        let early = try #require(try reminders.take(Instant.minute))
        #expect(early.messages.isEmpty, "it is too early")
        let round = try #require(try reminders.take(3 * Instant.day))
        #expect(round.messages.map(\.phone) == ["13800000003"])
        let text = try #require(round.messages.first?.text)
        #expect(text.contains("1 张") && text.contains(voucher.expiry.text.prefix(10)), "\(text)")
        try reminders.putBack(round)
        let again = try #require(try reminders.take(3 * Instant.day))
        #expect(again.messages == round.messages, "nobody had been told")
        #expect(try reminders.take(3 * Instant.day) == nil, "each is told once")
        set(day + 13 * Instant.hour)
        #expect(try reminders.take(3 * Instant.day)?.messages.isEmpty == true)
    }

    @Test("A server sends them where it is told to, and no setting goes without messages")
    func served() throws {
        let folder = try PracticeFolder()
        let wrong = try Program.wenhui.run(["serve", "--reminder-days", "3", "--data", folder.url.path])
        #expect(wrong.status == 64 && wrong.errors.contains("messages is needed"), "\(wrong)")
        let server = try ServedFolder(folder, ["--messages", "print", "--reminder-days", "3"])
        let ended = try server.server.terminate()
        #expect(ended.status == 0, "\(ended)")
    }
}

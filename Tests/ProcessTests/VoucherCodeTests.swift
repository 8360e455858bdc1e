import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage
import Testing

@Suite("Vouchers of residents without a smart phone", .timeLimit(.minutes(5)))
struct VoucherCodeTests {
    private static let resident = "999900196608150036"

    @Test("A till asks, the telephone gets six digits for the voucher, and the till redeems by them, once")
    func served() async throws {
        let served = try ServedFolder(try PracticeFolder(), ["--messages", "print"])
        let county = try County(served)
        try await county.open()
        #expect(try await county.claim(VoucherCodeTests.resident).status == 201)
        let asked = ["resident": VoucherCodeTests.resident, "outlet": "YL-0001"]
        let nowhere = try await county.post(
            "/vouchers/codes", asked.merging(["outlet": "YL-9999"]) { $1 }, as: county.till)
        #expect(nowhere.status == 404, "\(nowhere)")
        let sent = try await county.post("/vouchers/codes", asked, as: county.till)
        // One without a phone, and one whom nobody knows.
        for other in ["999900194901010017", "110101199001011237"] {
            let answer = try await county.post(
                "/vouchers/codes", asked.merging(["resident": other]) { $1 }, as: county.till)
            #expect(answer.status == 200 && answer.text == sent.text, "\(answer)")
        }
        #expect(try await county.post("/vouchers/codes", asked, as: county.till).status == 429)
        try served.server.wait(forLines: 2)
        let message = try #require(served.server.lines.last)
        #expect(
            message.contains("13800000003") && message.contains("YL-0001") && message.contains("50.00 元券"),
            "\(message)")
        let code = String(try #require(message.firstMatch(of: /到期）([0-9]{6})/)).output.1)
        let said = ["resident": VoucherCodeTests.resident, "outlet": "YL-0001", "code": code]
        let elsewhere = try await county.post(
            "/vouchers/codes/tokens", said.merging(["outlet": "YL-0002"]) { $1 }, as: county.till)
        #expect(elsewhere.code == "token.code", "\(elsewhere)")
        let wrong = try await county.post(
            "/vouchers/codes/tokens", said.merging(["code": code == "000000" ? "000001" : "000000"]) { $1 },
            as: county.till)
        #expect(wrong.status == 422 && wrong.code == "token.code", "\(wrong)")
        let token = try await county.post("/vouchers/codes/tokens", said, as: county.till)
        #expect(token.status == 200, "\(token)")
        #expect(try await county.post("/vouchers/codes/tokens", said, as: county.till).text == token.text)
        let sale = County.sale.merging(["voucher": try #require(token["token"])]) { $1 }
        let redeemed = try await county.post("/redemptions", sale, as: county.till)
        #expect(redeemed.status == 201 && redeemed.number("subsidy") ?? 0 > 0, "\(redeemed)")
        let twice = try await county.post(
            "/redemptions", sale.merging(["order": "A-2"]) { $1 }, as: county.till)
        #expect(twice.status == 422, "\(twice)")
    }

    @Test("Five wrong ones end a message, five minutes do, and the next message does")
    func ends() async throws {
        let county = try County(try ServedFolder(try PracticeFolder()))
        try await county.open()
        for _ in 1...2 { #expect(try await county.claim(VoucherCodeTests.resident).status == 201) }
        #expect(try county.served.server.terminate().status == 0)
        let clock = SetClock()
        let system = try LedgerSystem(DataFolder(county.served.folder.url.path)) { clock.now }
        defer { system.stop() }
        let service = try system.service(try #require(LedgerCode(text: "370782")))
        let issued = try #require(try service.vouchers(of: VoucherCodeTests.resident).last?.row)
        clock.advance(issued.issuedAt.microseconds - clock.now.microseconds + Instant.minute)
        let codes = VoucherCodes(service, system.office)
        let outlet = OutletID(1)

        func send() throws -> [String] {
            clock.advance(Instant.minute)
            let message = try #require(
                try codes.prepare(for: VoucherCodeTests.resident, at: outlet, asking: "till")())
            return message.text.matches(of: /到期）([0-9]{6})/).map { String($0.output.1) }
        }
        func exchange(_ code: String) throws -> VoucherCodes.Exchanged {
            try codes.exchange(
                code, of: VoucherCodeTests.resident, at: outlet, asking: "till",
                Call(.system, key: UUID().uuidString))
        }
        let first = try send()
        #expect(first.count == 2)
        let one = try exchange(first[0]), other = try exchange(first[1])
        #expect(one.voucher != other.voucher && one.token != other.token)
        #expect(try exchange(first[0]).token == one.token)

        clock.advance(2 * Instant.minute)
        let late = try exchange(first[0])
        #expect(
            late.token != one.token && late.voucher == one.voucher,
            "its minute was over, and nothing was sold")

        let second = try send()
        let wrong = try #require(
            (0..<1_000_000).lazy.map { String(String($0 + 1_000_000).dropFirst()) }
                .first { !first.contains($0) && !second.contains($0) })
        if !second.contains(first[0]) { #expect(throws: ServiceError.self) { try exchange(first[0]) } }
        for _ in 1...5 { #expect(throws: ServiceError.self) { try exchange(wrong) } }
        #expect(throws: ServiceError.self) { try exchange(second[0]) }

        let third = try send()
        clock.advance(5 * Instant.minute)
        #expect(throws: ServiceError.self) { try exchange(third[0]) }
        clock.advance(Instant.day * 400)
        let none = try #require(
            try codes.prepare(for: VoucherCodeTests.resident, at: outlet, asking: "till")())
        #expect(none.text.contains("没有可用"), "what has expired is not offered: \(none.text)")
    }

    @Test("A till that asks for codes and never sells by them waits, whoever they are of")
    func pace() throws {
        let folder = try PracticeFolder()
        let system = try LedgerSystem(DataFolder(folder.url.path))
        defer { system.stop() }
        let service = try system.service(try #require(LedgerCode(text: "370782")))
        let codes = VoucherCodes(service, system.office)
        for index in 0..<100 {
            let compose = try codes.prepare(for: "nobody \(index)", at: OutletID(1), asking: "till")
            #expect(try compose() == nil)
        }
        #expect(throws: ServiceError.self) { try codes.prepare(for: "x", at: OutletID(1), asking: "till") }
        #expect(throws: Never.self) { try codes.prepare(for: "x", at: OutletID(1), asking: "another") }
    }
}

import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import QRCodes
import RedemptionTokens

/// One voucher's life in ten lines, on books of its own that are thrown away.
struct VoucherLife {
    let story: DemoStory

    func tell() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/wenhui-life-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try DataFolder(path).create()
        let session = try Session(path)
        defer { session.system.stop() }
        let quiet = DemoStory(isQuiet: true, folder: path, shownAs: path)
        let runner = DemoRunner(session: session, story: quiet)
        let ledger = DemoPlan.county
        let registry = DemoRegistry(DemoPlan(scale: 0.02, seed: 1))
        var clock = DemoPlan.at("05-20")
        func run(_ words: String...) async throws -> Report {
            try await runner.run(words + ["--clock", clock], quietly: true)
        }

        story.say("One voucher's life 一张消费券的一生\n")
        _ = try await run("ledger", "open", "\(ledger)", "--name", "演练", "--practice")
        _ = try await run(
            "fund", "create", "--level", "province", "--year", "2018", "--treasury", "省级国库", "--document",
            "演练1号")
        _ = try await run(
            "fund", "create", "--level", "county", "--year", "2018", "--treasury", "诸城市国库", "--document",
            "演练2号")
        _ = try await run("fund", "appropriate", "1", "6000.00", "--reference", "演练拨款")
        _ = try await run("fund", "appropriate", "2", "4000.00", "--reference", "演练拨款")
        line(1, "拨款", "the province puts in 6,000.00 yuan, the county 4,000.00")
        let rules = try runner.write(
            "rules.yaml", String(decoding: PackageResources.shandong_wenhui_yaml, as: UTF8.self))
        _ = try await run("programme", "submit", rules)
        _ = try await run("programme", "approve", "1", "--as", "approver")
        line(2, "活动", "an officer submits the rules, a second person approves them")
        _ = try await run("programme", "allocate", "1", "--fund", "1", "600.00")
        _ = try await run("programme", "allocate", "1", "--fund", "2", "400.00")
        _ = try await run(
            "batch", "propose", "--programme", "1", "--face", "50.00", "--quota", "10", "--fund", "1=60",
            "--fund",
            "2=40", "--from", DemoPlan.at("06-01", "10:00:00"), "--until", DemoPlan.at("06-30"))
        _ = try await run("merchant", "import", try runner.write("merchants.csv", registry.merchantsFile))
        _ = try await run("outlet", "import", try runner.write("outlets.csv", registry.outletsFile))
        _ = try await run("resident", "import", try runner.write("residents.csv", registry.residentsFile))
        _ = try await run("batch", "approve", "1", "--as", "approver")
        line(3, "批次", "ten vouchers of 50.00 are opened, paid 60/40 by province and county")
        clock = DemoPlan.at("06-01", "10:00:00")
        _ = try await run("voucher", "claim", "--batch", "1", "--resident", registry.people[0])
        line(4, "领取", "a resident claims \(VoucherID(1).text(in: ledger)): valid 48 hours")
        _ = try await run("key", "generate")
        clock = DemoPlan.at("06-01", "12:00:00")
        let token = try shownToken(try session.system.service(ledger))
        let sale = try await run("redeem", token, "--outlet", "ZC-0001", "--bill", "86.00", "--order", "A-1")
        line(
            5, "核销",
            "by this token, a theatre ticket of 86.00: half of it is \(sale.fact("subsidy")), own paid \(sale.fact("ownPaid"))"
        )
        line(
            6, "分担", "the province gives \(sale.fact("fund1")), the county \(sale.fact("fund2")), to the fen")
        line(7, "余额", "the rest of the face, \(sale.fact("lapsed")), returns to the pool at once")
        do {
            _ = try await run("redeem", token, "--outlet", "ZC-0002", "--bill", "86.00", "--order", "B-1")
            throw ServiceError.unsound("a voucher was redeemed twice")
        } catch ServiceError.refused(let refusal, _) {
            line(8, "拒绝", "a second till tries the same token: \(refusal.sentence.chinese)")
        }
        clock = DemoPlan.at("06-02")
        _ = try await run("settlement", "build", "--through", "2018-06-01")
        _ = try await run("settlement", "seal", "1")
        _ = try await run("settlement", "approve", "1", "--as", "approver")
        line(9, "结算", "what the merchant is owed is sealed, and approved by a second person")
        _ = try await run("settlement", "export", "1", "--output", "\(path)/payments.csv")
        let instructions = try String(contentsOfFile: "\(path)/payments.csv", encoding: .utf8)
        _ = try await run(
            "settlement", "pay",
            try runner.write("return.csv", DemoBank().answer(instructions, on: "2018-06-03")))
        try await runner.run("book", "check", quietly: true)
        line(10, "支付", "each treasury pays its own bill, and the books close fund by fund")
    }

    /// The token of the first voucher, drawn as the resident's phone shows it.
    private func shownToken(_ service: LedgerService) throws -> String {
        let at = DemoPlan.at("06-01", "11:59:40")
        let call = Call(.system, key: "", at: Instant(text: at))
        let token = try service.mint(VoucherID(1), call).token.text
        story.say(try QRCode(text: token).terminal)
        return token
    }

    private func line(_ number: Int, _ word: String, _ text: String) {
        story.say("  \(number < 10 ? " " : "")\(number). \(word)  \(text)")
    }
}

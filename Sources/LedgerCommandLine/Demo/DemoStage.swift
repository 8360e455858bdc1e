import LedgerDomain
import StatementFormats

/// 补贴供: an evening of cheap tickets, a grant, points for a lecture, and vouchers of which some are kept for villagers.
struct DemoStage {
    let runner: DemoRunner
    /// Who comes, by identity number.
    let people: [String]
    /// The platform ids of a theatre and of a shop in the country.
    let theatre: String
    let shop: String

    private var county: LedgerCode { DemoPlan.county }

    private func at(_ day: String, _ time: String = "09:00:00") -> [String] {
        ["--clock", DemoPlan.at(day, time)]
    }

    func run() async throws {
        runner.story.heading("Stage 补贴供: low-price tickets paid by attested admission, a grant")
        let rules = try runner.write(
            "points.yaml", String(decoding: PackageResources.points_yaml, as: UTF8.self))
        let submitted = try await runner.run(
            ["programme", "submit", rules] + at("06-25", "12:00:00"), on: county)
        let programme = submitted.fact("programme")
        try await runner.run(
            ["programme", "approve", programme, "--as", "approver"] + at("06-25", "12:00:00"), on: county,
            quietly: true)
        try await runner.run(
            ["programme", "allocate", programme, "--fund", "2", "5000.00", "--as", "finance"]
                + at("06-25", "12:00:00"), on: county, quietly: true)
        try await playSession(programme)
        try await runner.run(
            [
                "award", "grant", "--programme", programme, "--merchant", "1", "--amount", "2000.00",
                "--title",
                "原创剧目资助", "--fund", "2=1", "--evidence", try runner.write("评审意见.txt", "演练：专家评审通过\n"),
            ] + at("06-28"), on: county)
        try await runner.run(["award", "approve", "1", "--as", "approver"] + at("06-28"), on: county)
        try await collectPoints(programme)
        try await preferVillagers(programme)
    }

    private func playSession(_ programme: String) async throws {
        let proposed = try await runner.run(
            [
                "session", "propose", "--programme", programme, "--outlet", theatre, "--title", "评弹专场",
                "--starts",
                DemoPlan.at("06-26", "19:30:00"), "--ends", DemoPlan.at("06-26", "21:30:00"), "--price",
                "80.00", "--ticket", "30.00", "--subsidy", "40.00", "--seats", "20", "--fund", "2=1",
                "--attestor", "door",
            ] + at("06-25", "13:00:00"), on: county)
        let session = proposed.fact("session")
        try await runner.run(
            ["session", "approve", session, "--as", "approver"] + at("06-25", "13:00:00"), on: county)
        var door = CSVWriter(header: TicketFile.Column.header)
        for ticket in 1...14 {
            door.append([.text("T-\(ticket)"), .text(ticket % 7 == 0 ? "0" : "30.00")])
        }
        try await runner.run(
            ["session", "admit-file", session, try runner.write("door.csv", door.text), "--as", "door"]
                + at("06-26", "19:20:00"), on: county)
        try await runner.refused(
            .sessionNotOver, ["session", "settle", session] + at("06-26", "20:00:00"), on: county)
        try await runner.refused(
            .sessionNotCounted, ["session", "settle", session] + at("06-26", "21:40:00"), on: county)
        try await runner.run(
            ["session", "close", session, "--as", "door"] + at("06-26", "22:00:00"), on: county)
        try await runner.run(["session", "settle", session, "--as", "finance"] + at("06-27"), on: county)
    }

    private func collectPoints(_ programme: String) async throws {
        runner.story.heading("Points 积分: a lecture and an afternoon of volunteering buy a voucher")
        let person = ["--programme", programme, "--resident", people[0]]
        func earn(_ activity: String, _ reference: String, _ units: String) -> [String] {
            ["points", "earn"] + person + [
                "--activity", activity, "--reference", reference, "--units", units, "--as", "library",
            ]
        }
        try await runner.run(earn("讲座", "评弹讲座", "1") + at("06-28", "12:00:00"), on: county)
        try await runner.refused(
            .activityCounted, earn("讲座", "评弹讲座", "1") + at("06-28", "12:05:00"), on: county)
        try await runner.run(earn("志愿服务", "图书整理", "3") + at("06-28", "17:00:00"), on: county)
        let batch = try await open(programme, ["--release", "points"])
        try await runner.run(
            ["points", "exchange", "--batch", batch, "--resident", people[0]] + at("06-29"), on: county)
        try await runner.run(["points", "show"] + person + at("06-29"), on: county)
    }

    /// Three vouchers, of which one is kept for whoever was attested to live in the country.
    private func preferVillagers(_ programme: String) async throws {
        runner.story.heading("Priority 优先: one voucher of three is kept for villagers")
        let batch = try await open(programme, ["--reserve", "rural=1"])
        try await runner.run(
            [
                "resident", "attest", people[3], "--group", "rural", "--until", "2019-06-30", "--evidence",
                "户口簿",
                "--as", "service-point",
            ] + at("06-29"), on: county)
        func claim(_ person: Int, _ time: String) -> [String] {
            ["voucher", "claim", "--batch", batch, "--resident", people[person]] + at("06-29", time)
        }
        for person in 1...2 {
            try await runner.run(claim(person, "10:0\(person):00"), on: county, quietly: person > 1)
        }
        try await runner.refused(.quotaReserved, claim(4, "10:03:00"), on: county)
        let villager = try await runner.run(claim(3, "10:04:00"), on: county)
        try await runner.run(
            [
                "redeem", villager.fact("voucher"), "--outlet", shop, "--bill", "36.00", "--order", "V-1",
            ] + at("06-29", "15:00:00"), on: county)
    }

    private func open(_ programme: String, _ options: [String]) async throws -> String {
        let proposed = try await runner.run(
            [
                "batch", "propose", "--programme", programme, "--face", "10.00", "--quota", "3", "--fund",
                "2=1",
                "--from", DemoPlan.at("06-28"), "--until", DemoPlan.at("07-28"),
            ] + options + at("06-28", "18:00:00"), on: county, quietly: true)
        let batch = proposed.fact("batch")
        try await runner.run(
            ["batch", "approve", batch, "--as", "approver"] + at("06-28", "18:00:00"), on: county,
            quietly: true)
        return batch
    }
}

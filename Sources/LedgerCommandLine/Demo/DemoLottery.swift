import AuditLog
import LedgerDomain
import LedgerService
import StatementFormats

/// 摇号: five large vouchers for many who want one, drawn by two parties, done again by whoever likes.
struct DemoLottery {
    let runner: DemoRunner
    /// Who enters, by identity number.
    let people: [String]

    private var county: LedgerCode { DemoPlan.county }
    private var seeds: String { "\(runner.story.folder)/inputs" }

    private func at(_ day: String, _ time: String = "09:00:00") -> [String] {
        ["--clock", DemoPlan.at(day, time)]
    }

    func run() async throws {
        runner.story.heading("Lottery 摇号: two parties make the chance, anybody does the draw again")
        let proposed = try await runner.run(
            [
                "batch", "propose", "--programme", "1", "--face", "100.00", "--quota", "5", "--fund", "1=60",
                "--fund", "2=40", "--release", "lottery", "--party", "officer", "--party", "notary",
                "--reveal-by", DemoPlan.at("06-27"), "--from", DemoPlan.at("06-24"), "--until",
                DemoPlan.at("06-25"),
            ] + at("06-23"), on: county)
        let batch = proposed.fact("batch")
        try await runner.run(["batch", "approve", batch, "--as", "approver"] + at("06-23"), on: county)
        for party in ["officer", "notary"] {
            try await runner.run(
                ["lottery", "commit", batch, "--seed-file", seed(party), "--as", party]
                    + at("06-23", "10:00:00"), on: county)
        }
        try await runner.run(
            ["voucher", "file", try runner.write("lottery-entries.csv", entries(batch))], on: county)
        try await runner.refused(
            .lotteryNotFrozen,
            ["lottery", "reveal", batch, "--seed-file", seed("officer")] + at("06-24", "20:00:00"), on: county
        )
        try await runner.run(["lottery", "freeze", batch] + at("06-25"), on: county)
        for party in ["officer", "notary"] {
            try await runner.run(
                ["lottery", "reveal", batch, "--seed-file", seed(party), "--as", party]
                    + at("06-25", "10:00:00"), on: county)
        }
        try await runner.run(["lottery", "issue", batch] + at("06-25", "11:00:00"), on: county)
        let published = "\(runner.story.folder)/lottery"
        try await runner.run("lottery", "publish", batch, published, on: county)
        let key = try runner.service(county).verifierKey().text
        try await runner.run("lottery", "verify", published, "--key", key)
    }

    private func seed(_ party: String) -> String { "\(seeds)/\(party).seed" }

    private func entries(_ batch: String) -> String {
        var writer = CSVWriter(header: ClaimFile.Column.header)
        for (index, person) in people.enumerated() {
            let time = DemoPlan.at("06-24", "10:\(padded(index % 60, to: 2)):00")
            writer.append(
                [time, "lottery-\(index)", person, batch, "enter", "", "", "wechat"].map(CSVField.text))
        }
        return writer.text
    }
}

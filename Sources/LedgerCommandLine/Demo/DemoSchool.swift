import LedgerDomain

/// Pupils' 次券: two performances a year, each paid up to a cap, directed to a list of pupils.
struct DemoSchool {
    let runner: DemoRunner
    /// The pupils, by identity number.
    let pupils: [String]
    /// The platform id of the theatre.
    let theatre: String

    private var county: LedgerCode { DemoPlan.county }

    func run() async throws {
        runner.story.heading("Pupils 次券: two performances a year, each up to 80.00 yuan")
        let rules = try runner.write(
            "pupils-count.yaml", String(decoding: PackageResources.pupils_count_yaml, as: UTF8.self))
        let evening = "20:30:00"
        func at(_ day: String, _ time: String) -> [String] { ["--clock", DemoPlan.at(day, time)] }
        let submitted = try await runner.run(
            ["programme", "submit", rules] + at("06-12", evening), on: county)
        let programme = submitted.fact("programme")
        try await runner.run(
            ["programme", "approve", programme, "--as", "approver"] + at("06-12", evening), on: county,
            quietly: true)
        try await runner.run(
            ["programme", "allocate", programme, "--fund", "2", "5000.00", "--as", "finance"]
                + at("06-12", evening), on: county, quietly: true)
        let proposed = try await runner.run(
            [
                "batch", "propose", "--programme", programme, "--face", "160.00", "--quota",
                "\(pupils.count)", "--fund", "2=1", "--release", "directed", "--from",
                DemoPlan.at("06-12", "20:00:00"), "--until", DemoPlan.at("06-30"),
            ] + at("06-12", evening), on: county)
        let batch = proposed.fact("batch")
        try await runner.run(
            ["batch", "approve", batch, "--as", "approver"] + at("06-12", evening), on: county, quietly: true)
        var vouchers: [String] = []
        for pupil in pupils {
            let issued = try await runner.run(
                ["voucher", "issue", "--batch", batch, "--resident", pupil] + at("06-12", evening),
                on: county, quietly: !vouchers.isEmpty)
            vouchers.append(issued.fact("voucher"))
        }
        func watch(_ bill: String, _ order: String) -> [String] {
            ["redeem", vouchers[0], "--outlet", theatre, "--bill", bill, "--order", order]
        }
        try await runner.run(watch("60.00", "P-1") + at("06-12", "20:40:00"), on: county)
        try await runner.refused(
            .personDayLimit, watch("100.00", "P-2") + at("06-12", "20:50:00"), on: county)
        try await runner.run(watch("100.00", "P-3") + at("06-13", "08:00:00"), on: county)
        try await runner.refused(.voucherUsed, watch("100.00", "P-4") + at("06-13", "08:30:00"), on: county)
    }
}

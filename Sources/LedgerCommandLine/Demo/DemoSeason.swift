import Foundation
import LedgerDomain
import LedgerService
import LedgerStorage
import RedemptionTokens
import StatementFormats

/// The season of 2018: ten counties, one of them in full.
struct DemoSeason {
    let runner: DemoRunner
    let plan: DemoPlan
    let registry: DemoRegistry
    var traffic: DemoTraffic
    private var random: DemoRandom
    /// Batches by number with what they are for.
    private var batches: [(id: String, quota: Int, booksOnly: Bool, directed: Bool)] = []
    private var seenVouchers = 0
    /// The events that were verified from a copy of the log, and the witnesses that had cosigned it.
    var audited = (events: "0", cosignatures: 0)
    /// Claims that were told "sold out", which are no events.
    private(set) var soldOut = 0

    private var county: LedgerCode { DemoPlan.county }
    private var service: LedgerService {
        get throws { try runner.service(county) }
    }

    init(runner: DemoRunner, plan: DemoPlan) {
        self.runner = runner
        self.plan = plan
        random = DemoRandom(seed: plan.seed)
        registry = DemoRegistry(plan)
        traffic = DemoTraffic(registry, DemoRandom(seed: plan.seed &+ 1))
    }

    mutating func run() async throws {
        try await openLedgers()
        try await remit()
        try await register()
        try await prepareProgrammes()
        try await prepareTokens()
        try await drops()
        try await DemoFair(
            runner: runner, people: Array(registry.people.suffix(10)),
            outlets: [registry.shops[0].platformID, registry.shops[3].platformID]
        ).run()
        try await DemoSchool(
            runner: runner, pupils: Array(registry.people.suffix(13).prefix(3)),
            theatre: registry.shops[0].platformID
        ).run()
        try await settle()
        try await DemoLottery(
            runner: runner, people: Array(registry.people.dropFirst(20).prefix(24))
        ).run()
        try await DemoStage(
            runner: runner, people: Array(registry.people.dropFirst(10).prefix(5)),
            theatre: registry.shops[0].platformID, shop: registry.shops[3].platformID
        ).run()
        try await settleStage()
        try await close()
        try await reconcile()
        try await workDifferences()
        try await report()
        try await audit()
    }

    private func openLedgers() async throws {
        runner.story.heading("Ledgers 账簿: the province and ten demonstration counties")
        try await runner.run(
            "ledger", "open", "\(DemoPlan.province)", "--name", "山东省", "--practice", "--clock",
            DemoPlan.at("03-01"))
        for (index, county) in DemoPlan.counties.enumerated() {
            try await runner.run(
                [
                    "ledger", "open", "\(county.code)", "--name", county.name, "--practice", "--clock",
                    DemoPlan.at("03-01"),
                ], quietly: index > 0)
        }
        runner.story.say("    … and nine more")
    }

    private mutating func remit() async throws {
        let province = DemoPlan.province
        runner.story.heading("Matching fund 配套资金: 500,000–1,000,000 yuan for each county")
        try await runner.run(
            "fund", "create", "--level", "province", "--year", "2018", "--matching", "--treasury", "山东省国库",
            "--document", "演练鲁财教指〔2018〕22号", "--clock", DemoPlan.at("03-05"), on: province)
        let planned = DemoPlan.counties.map { county in
            county.code == self.county ? 600_000 : 500_000 + random.below(51) * 10_000
        }
        let total = planned.reduce(0, +)
        try await runner.run(
            "fund", "appropriate", "1", "\(total).00", "--reference", "演练省级拨款单1", "--clock",
            DemoPlan.at("03-06"), on: province)
        let lines = zip(DemoPlan.counties, planned).map { "\($0.code)=\($1).00" }
        try await runner.run(
            ["fund", "plan", "1"] + lines + [
                "--document", "演练鲁财教〔2018〕23号", "--clock", DemoPlan.at("03-07"),
            ],
            on: province)
        try await runner.refused(
            .makerIsChecker, "fund", "approve-plan", "1", "--clock", DemoPlan.at("03-08"), on: province)
        try await runner.run(
            "fund", "approve-plan", "1", "--as", "finance.approver", "--clock", DemoPlan.at("03-08"),
            on: province)
        for (index, county) in DemoPlan.counties.enumerated() {
            let clock = DemoPlan.at("03-12", "10:\(padded(index, to: 2)):00")
            let isShown = county.code == self.county
            let sent = try await runner.run(
                ["fund", "remit", "1", "\(planned[index]).00", "--to", "\(county.code)", "--clock", clock],
                on: province, quietly: !isShown)
            let event = sent.fact("event")
            try await runner.run(
                [
                    "fund", "create", "--level", "province", "--year", "2018", "--treasury", "山东省国库",
                    "--document", "演练鲁财教指〔2018〕22号", "--clock", clock,
                ], on: county.code, quietly: true)
            try await runner.run(
                [
                    "fund", "receive", "1", "\(planned[index]).00", "--from", "\(province)", "--remittance",
                    event,
                    "--clock", clock,
                ], on: county.code, quietly: !isShown)
        }
        runner.story.say("    … and nine more counties")
        try await runner.run(
            "fund", "create", "--level", "county", "--year", "2018", "--treasury", "诸城市国库", "--document",
            "演练诸财教指〔2018〕5号", "--clock", DemoPlan.at("03-20"), on: county)
        try await runner.run(
            "fund", "appropriate", "2", "411000.00", "--reference", "演练县级拨款单1", "--clock",
            DemoPlan.at("03-20"), on: county)
    }

    private func register() async throws {
        runner.story.heading("Registry 登记: fictional residents, merchants, outlets, terminals")
        let clock = DemoPlan.at("05-02")
        for (words, name, text) in [
            (["resident", "import"], "residents.csv", registry.residentsFile),
            (["merchant", "import"], "merchants.csv", registry.merchantsFile),
            (["outlet", "import"], "outlets.csv", registry.outletsFile),
            (["outlet", "import-terminals"], "terminals.csv", registry.terminalsFile),
        ] {
            try await runner.run(
                words + [try runner.write(name, text), "--clock", clock], on: county)
        }
    }

    private mutating func prepareProgrammes() async throws {
        runner.story.heading("Programmes 活动: two real schemes as rule files")
        for (number, name, rules, money) in [
            ("1", "shandong-wenhui.yaml", PackageResources.shandong_wenhui_yaml, ["480000.00", "320000.00"]),
            (
                "2", "beijing-bookshops.yaml", PackageResources.beijing_bookshops_yaml,
                ["120000.00", "80000.00"]
            ),
        ] {
            let path = try runner.write(name, String(decoding: rules, as: UTF8.self))
            try await runner.run("programme", "submit", path, "--clock", DemoPlan.at("05-10"), on: county)
            try await runner.run(
                "programme", "approve", number, "--as", "approver", "--clock", DemoPlan.at("05-11"),
                on: county)
            for (fund, amount) in zip(["1", "2"], money) {
                try await runner.run(
                    "programme", "allocate", number, "--fund", fund, amount, "--as", "finance", "--clock",
                    DemoPlan.at("05-12"), on: county)
            }
        }
    }

    /// The key that tokens are signed with; residents show a token at every till from here on.
    private mutating func prepareTokens() async throws {
        runner.story.heading("Tokens 核销码: signed, good for a minute, good once")
        let clock = DemoPlan.at("05-13")
        try await runner.run("key", "generate", "--clock", clock, on: county)
        let service = try service
        traffic.mint = { id, instant in
            try service.mint(id, Call(.system, key: "", at: instant)).token.text
        }
    }

    /// Three drops of the general vouchers, one of the bookshops', one directed; each followed by its days.
    private mutating func drops() async throws {
        for (round, day) in ["06-01", "06-05", "06-09"].enumerated() {
            runner.story.heading("Drop \(round + 1) 第\(round + 1)轮: 2018-\(day) 10:00")
            let first = batches.count
            for face in plan.faces { try await open("1", face.yuan, face.quota, day) }
            if round == 0 { try await open("2", "30.00", plan.bookVouchers, day, booksOnly: true) }
            if round == 1 { try await open("1", "20.00", plan.directed, day, directed: true) }
            guard let opening = BusinessDay(text: "2018-\(day)") else { return }
            for batch in batches[first...] {
                let tag = "claims-\(day)-\(batch.id.split(separator: "-")[1].suffix(2))"
                let text = traffic.claims(
                    of: batch.id, quota: batch.quota, at: opening, tag: tag, directed: batch.directed)
                let answers = try await runner.run(
                    "voucher", "file", try runner.write("\(tag).csv", text), on: county)
                soldOut += answers.count("unrecorded")
            }
            try await handBack(at: opening)
            let text = try traffic.orders(try newVouchers(), tag: "orders-\(day)")
            try await runner.run(
                "redeem", "file", try runner.write("orders-\(day).csv", text), "--as", "till", on: county)
            let after = opening.start.adding(3 * Instant.day + 9 * Instant.hour)
            try await runner.run("voucher", "expire", "--clock", after.text, "--as", "system", on: county)
            if round == 0 {
                try await runner.run(
                    "merchant", "blacklist", "5", "--evidence", "演练文旅执法〔2018〕9号", "--clock", after.text,
                    on: county)
            }
        }
    }

    private mutating func open(
        _ programme: String, _ face: String, _ quota: Int, _ day: String, booksOnly: Bool = false,
        directed: Bool = false
    ) async throws {
        let proposed = try await runner.run(
            [
                "batch", "propose", "--programme", programme, "--face", face, "--quota", "\(quota)", "--fund",
                "1=60", "--fund", "2=40", "--release", directed ? "directed" : "first-come", "--from",
                DemoPlan.at(day, "10:00:00"), "--until", DemoPlan.at(day, "22:00:00"), "--clock",
                DemoPlan.at(day, "08:00:00"),
            ], on: county, quietly: batches.count > 1)
        let id = proposed.fact("batch")
        try await runner.run(
            ["batch", "approve", id, "--as", "approver", "--clock", DemoPlan.at(day, "08:30:00")], on: county,
            quietly: batches.count > 1)
        batches.append((id, quota, booksOnly, directed))
    }

    /// A few residents think better of it and hand a voucher back.
    private mutating func handBack(at day: BusinessDay) async throws {
        let wanted = max(2, Int(30 * plan.scale))
        var handed = 0
        let time = day.start.adding(10 * Instant.hour + 30 * Instant.minute)
        for _ in 0..<wanted * 20 where handed < wanted {
            let person = registry.people[random.below(registry.people.count)]
            let vouchers = try service.vouchers(of: person)
            guard let voucher = vouchers.last, voucher.status == .usable, voucher.row.expiry > time else {
                continue
            }
            try await runner.run(
                [
                    "voucher", "hand-back", voucher.row.id.text(in: county), "--resident", person, "--clock",
                    time.text,
                ], on: county, quietly: handed > 0)
            handed += 1
        }
    }

    /// The vouchers issued since this was asked last.
    private mutating func newVouchers() throws -> [DemoTraffic.VoucherView] {
        let first = seenVouchers
        let (vouchers, count) = try service.state { state in
            let new = state.vouchers.enumerated.dropFirst(first).map { id, voucher in
                let batch = state.batches[voucher.batch]
                let validity = state.rule(of: batch).validity
                return DemoTraffic.VoucherView(
                    id: id, face: batch.face, issuedAt: voucher.expiry.adding(-validity),
                    booksOnly: batch.programme == ProgrammeID(2))
            }
            return (new, state.vouchers.count)
        }
        seenVouchers = count
        return vouchers
    }
}

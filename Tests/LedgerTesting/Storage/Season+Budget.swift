import CBOR
import LedgerDomain

/// How the season begins: money, rules and who takes part.
extension Season {
    mutating func raiseFunds() throws {
        let (province, jinan, gaomi) = (LedgerCode(370_000), LedgerCode(370_102), StorageConformance.gaomi)
        let county = CreateFund.with {
            ($0.level, $0.fiscalYear, $0.matching) = (.county, 2018, false)
            ($0.treasury, $0.document) = ("诸城市财政局", "诸财预〔2018〕3号")
            ($0.functionalCode, $0.economicCode) = ("2070199", "30399")
        }
        try refuse(.ledgerNotOpen, county)
        let open = OpenLedger.with { ($0.code, $0.name, $0.practice) = (ledger, "潍坊市诸城市", true) }
        try give(open)
        try refuse(.ledgerAlreadyOpen, open)
        try give(
            ChangeSetting.with { ($0.setting, $0.value) = (.authorisationLifetime, 600 * Instant.second) })
        try refuse(
            .settingOutOfRange, ChangeSetting.with { ($0.setting, $0.value) = (.businessDayCutOff, -1) })

        for (level, matching) in [(FundLevel.province, false), (.county, false), (.city, true)] {
            var fund = county
            (fund.level, fund.matching) = (level, matching)
            try give(fund)
        }
        let receive = Receive.with {
            ($0.fund, $0.sender, $0.remittance, $0.amount) = (FundID(1), province, 17, Self.yuan(50_000))
        }
        try give(receive)
        try refuse(.remittanceAlreadyReceived, receive)
        let second = state.size
        try give(
            Receive.with {
                ($0.fund, $0.sender, $0.remittance, $0.amount) = (FundID(1), province, 18, Self.yuan(9))
            })
        try give(UndoReceive.with { $0.event = second })
        try refuse(.remittanceAlreadyReturned, UndoReceive.with { $0.event = second })
        for (fund, amount) in [(2, 30_000), (3, 2_000_000)] as [(UInt32, Int64)] {
            try give(
                Appropriate.with {
                    ($0.fund, $0.amount, $0.reference) = (FundID(fund), Self.yuan(amount), "拨款单 7")
                })
        }

        let lines = [(gaomi, 600_000), (jinan, 500_000)].map { PlanLine(ledger: $0, amount: Self.yuan($1)) }
        try give(SubmitPlan.with { ($0.fund, $0.lines, $0.document) = (FundID(3), lines, "潍财教〔2018〕5号") })
        try refuse(.makerIsChecker, ApprovePlan.with { $0.plan = PlanID(1) })
        try give(ApprovePlan.with { $0.plan = PlanID(1) }, by: "checker")
        try give(Remit.with { ($0.fund, $0.recipient, $0.amount) = (FundID(3), gaomi, Self.yuan(300_000)) })
        let undone = state.size
        try give(Remit.with { ($0.fund, $0.recipient, $0.amount) = (FundID(3), jinan, Self.yuan(500_000)) })
        try give(UndoRemit.with { $0.event = undone })
        try refuse(
            .notInPlan,
            Remit.with { ($0.fund, $0.recipient, $0.amount) = (FundID(3), province, Self.yuan(1)) })
        try give(
            ReturnToTreasury.with { ($0.fund, $0.amount, $0.document) = (FundID(3), Self.yuan(1_000), "收回") })
    }

    mutating func approveProgrammes() throws {
        var threshold = ProgrammeRule()
        threshold.faces = [Self.yuan(30)]
        threshold.threshold = Self.yuan(100)
        threshold.validity = 48 * Instant.hour
        threshold.limits.personAmount = Self.yuan(90)
        threshold.refund = .reinstate
        var percentage = StorageConformance.rule
        percentage.refund = .forfeit
        percentage.conditions.weekdays = []
        for rule in [threshold, percentage, threshold] {
            try give(
                SubmitProgramme.with { ($0.name, $0.document, $0.rule) = ("文惠券", "鲁文旅〔2018〕1号", rule) })
            let programme = ProgrammeID(UInt32(state.programmes.count))
            try refuse(.makerIsChecker, ApproveProgramme.with { $0.programme = programme })
            try give(ApproveProgramme.with { $0.programme = programme }, by: "checker")
        }
        for action in [ChangeProgramme.Action.pause, .resume, .close] {
            try give(ChangeProgramme.with { ($0.programme, $0.action) = (ProgrammeID(3), action) })
        }
        for (programme, fund, amount) in [(1, 1, 3_000), (1, 2, 2_000), (2, 2, 1_000)]
            as [(UInt32, UInt32, Int64)]
        {
            try give(
                Allocate.with {
                    ($0.programme, $0.fund, $0.amount) = (
                        ProgrammeID(programme), FundID(fund), Self.yuan(amount)
                    )
                })
        }
        try refuse(
            .programmeClosed,
            Allocate.with { ($0.programme, $0.fund, $0.amount) = (ProgrammeID(3), FundID(1), Self.yuan(100)) }
        )
        try give(
            Reclaim.with { ($0.programme, $0.fund, $0.amount) = (ProgrammeID(1), FundID(2), Self.yuan(100)) })
        try proposeBatches()
    }

    private mutating func proposeBatches() throws {
        let both = FundShares(FundList([FundID(1), FundID(2)]) ?? FundList(), Shares(fen: [60, 40]))
        let county = FundShares(FundList([FundID(2)]) ?? FundList(), Shares(fen: [1]))
        for (programme, release, weights) in [
            (1, .firstCome, both), (2, .directed, county), (1, .firstCome, both),
        ]
            as [(UInt32, Release, FundShares)]
        {
            try give(
                ProposeBatch.with {
                    ($0.programme, $0.face, $0.quota) = (ProgrammeID(programme), Self.yuan(30), 20)
                    ($0.weights, $0.release) = (weights, release)
                    ($0.from, $0.until) = (clock, clock.adding(30 * Instant.day))
                })
        }
        try refuse(.makerIsChecker, ApproveBatch.with { $0.batch = BatchID(1) })
        for batch: UInt32 in 1...2 {
            try give(ApproveBatch.with { $0.batch = BatchID(batch) }, by: "checker")
        }
        try give(CloseBatch.with { $0.batch = BatchID(3) })
    }

    mutating func register() throws {
        // The first file stays unfinished and the second one takes its place.
        for (file, count) in [(501, 2), (502, 3)] {
            for index in 0..<count { try give(merchantLine(file, index)) }
        }
        try refuse(.importCountMismatch, closeImport(502, .merchants, 4))
        try give(closeImport(502, .merchants, 3))
        try refuse(.fileAlreadyImported, closeImport(502, .merchants, 3))
        try refuse(.alreadyRegistered, merchantLine(502, 0, file: 503))
        for (file, count) in [(511, 1), (512, 3)] {
            for index in 0..<count {
                try give(
                    ImportOutlet.with {
                        ($0.file, $0.index) = (StorageConformance.digest(file), UInt32(index))
                        ($0.merchant, $0.name) = (
                            MerchantID(UInt32(index) + 1), StorageConformance.digest(file + 30)
                        )
                        ($0.category, $0.region) = (index == 0 ? "图书" : "演出", ledger)
                        ($0.town, $0.rural, $0.platformID) = ("密州街道", index == 2, "P-\(file)-\(index)")
                    })
            }
        }
        try give(closeImport(512, .outlets, 3))
        for index in 0..<2 {
            try give(
                ImportTerminal.with {
                    ($0.file, $0.index) = (StorageConformance.digest(521), UInt32(index))
                    ($0.outlet, $0.serial) = (OutletID(UInt32(index) + 1), "T-\(index)")
                })
        }
        try give(closeImport(521, .terminals, 2))
        try give(closeImport(531, .residents, 20_000))
    }

    private func merchantLine(_ code: Int, _ index: Int, file: Int? = nil) -> ImportMerchant {
        .with {
            ($0.file, $0.index) = (StorageConformance.digest(file ?? code), UInt32(index))
            ($0.creditCode, $0.payeeCreditCode) = ("CC-\(code)-\(index)", "PC-\(code)-\(min(index, 1))")
            ($0.bankCode, $0.name) = ("105458000012", StorageConformance.digest(code + index))
            ($0.payeeName, $0.account) = (StorageConformance.digest(1), StorageConformance.digest(2))
        }
    }

    private func closeImport(_ file: Int, _ kind: ImportKind, _ count: UInt32) -> CloseImport {
        .with { ($0.file, $0.kind, $0.count) = (StorageConformance.digest(file), kind, count) }
    }

    static func yuan(_ amount: Int64) -> Amount { StorageConformance.yuan(amount) }
}

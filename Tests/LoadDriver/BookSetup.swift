import LedgerDomain
import LedgerEngine
import LedgerService

/// Opens the practice ledger and brings it to where vouchers can be redeemed.
struct BookSetup {
    let service: LedgerService
    let vouchers: UInt32

    private static let face = Amount(fen: 1_000)
    private static let outlets: UInt32 = 8
    private static let merchants: UInt32 = 4
    /// The most commands of one commit.
    private static let slice: UInt32 = 500

    /// Does everything, and throws at the first command that is not accepted.
    func run() async throws {
        try await raiseMoney()
        try await approveProgramme()
        try await register()
        var issued: UInt32 = 0
        while issued < vouchers {
            let end = min(issued + BookSetup.slice, vouchers)
            try await give(
                (issued..<end).map { person in
                    Issue.with {
                        $0.batch = BatchID(1)
                        $0.pseudonym = Pseudonym(UInt64(person) + 1)
                    }
                })
            issued = end
        }
    }

    private var total: Amount { Amount(fen: Int64(vouchers) * BookSetup.face.fen) }

    private func raiseMoney() async throws {
        try await give([
            OpenLedger.with { ($0.code, $0.name, $0.practice) = (service.ledger, "潍坊市诸城市", true) },
            ChangeSetting.with { ($0.setting, $0.value) = (.allocationMinimum, 1) },
            ChangeSetting.with { ($0.setting, $0.value) = (.allocationMaximum, Amount.limit.fen) },
        ])
        for (index, level) in [FundLevel.province, .county].enumerated() {
            try await give([
                CreateFund.with {
                    ($0.level, $0.fiscalYear) = (level, 2018)
                    ($0.treasury, $0.document) = ("诸城市财政局", "诸财预〔2018〕\(index + 1)号")
                    ($0.functionalCode, $0.economicCode) = ("2070199", "30399")
                },
                Appropriate.with {
                    ($0.fund, $0.amount, $0.reference) = (FundID(UInt32(index) + 1), total, "拨款单 \(index)")
                },
            ])
        }
    }

    private func approveProgramme() async throws {
        var rule = ProgrammeRule()
        rule.faces = [BookSetup.face]
        rule.validity = 30 * Instant.day
        try await give([
            SubmitProgramme.with { ($0.name, $0.document, $0.rule) = ("文惠券", "演练〔2018〕1号", rule) }
        ])
        try await give([ApproveProgramme.with { $0.programme = ProgrammeID(1) }], by: "approver")
        try await give(
            (1...2).map { fund in
                Allocate.with { ($0.programme, $0.fund, $0.amount) = (ProgrammeID(1), FundID(fund), total) }
            })
        guard let funds = FundList([FundID(1), FundID(2)]) else { throw LoadFailure("two funds") }
        try await give([
            ProposeBatch.with {
                ($0.programme, $0.face, $0.quota) = (ProgrammeID(1), BookSetup.face, vouchers)
                $0.weights = FundShares(funds, Shares(fen: [60, 40]))
                ($0.from, $0.until) = (service.now.adding(-Instant.hour), service.now.adding(Instant.day))
            }
        ])
        try await give([ApproveBatch.with { $0.batch = BatchID(1) }], by: "approver")
    }

    private func register() async throws {
        let files = (Digest128(high: 1, low: 1), Digest128(high: 1, low: 2))
        try await give(
            (0..<BookSetup.merchants).map { index in
                ImportMerchant.with {
                    ($0.file, $0.index) = (files.0, index)
                    ($0.creditCode, $0.payeeCreditCode) = ("91999900YN\(index)", "91999900YN\(index)")
                    $0.bankCode = "999000000012"
                }
            })
        try await give([
            CloseImport.with { ($0.file, $0.kind, $0.count) = (files.0, .merchants, BookSetup.merchants) }
        ])
        try await give(
            (0..<BookSetup.outlets).map { index in
                ImportOutlet.with {
                    ($0.file, $0.index) = (files.1, index)
                    ($0.merchant, $0.category) = (MerchantID(index % BookSetup.merchants + 1), "图书")
                    ($0.region, $0.town, $0.platformID) = (service.ledger, "密州街道", "YL-\(index)")
                }
            })
        try await give([
            CloseImport.with { ($0.file, $0.kind, $0.count) = (files.1, .outlets, BookSetup.outlets) }
        ])
    }

    private func give(_ commands: [any Operation], by name: String = "officer") async throws {
        guard let principal = Principal(name) else { throw LoadFailure(name) }
        let size = try service.state { $0.size }
        let requests = commands.enumerated().map { index, command in
            service.request(command, Call(principal, key: "setup/\(size)/\(index)"))
        }
        for (command, reply) in zip(commands, await service.performAll(requests)) {
            guard case .success(let answer) = reply, answer.refusal == nil else {
                throw LoadFailure("\(command): \(reply)")
            }
        }
    }
}

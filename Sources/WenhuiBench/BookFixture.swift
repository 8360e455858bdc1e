import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerEngine
import LedgerService

/// A county in a temporary folder, with a programme of real rules and vouchers to redeem.
final class BookFixture: Sendable {
    let folder: String
    let system: LedgerSystem
    let service: LedgerService
    private let officer: Principal
    private let approver: Principal

    /// When everything happens that is given no other time.
    let begin: Instant
    /// How many merchants there are, each with an outlet, a terminal and an account of its own.
    let payees: UInt32

    static let june = Instant(microseconds: 1_527_818_400_000_000)

    init(_ path: String, at begin: Instant = BookFixture.june, payees: UInt32 = 60) async throws {
        folder = path
        self.begin = begin
        self.payees = payees
        try DataFolder(path).create()
        system = try LedgerSystem(DataFolder(path)) { begin }
        service = try system.service(LedgerCode(370_782))
        guard let officer = Principal("officer"), let approver = Principal("approver") else {
            throw BenchError.setup("principals")
        }
        self.officer = officer
        self.approver = approver
    }

    /// Opens the books: two funds at 60/40, a programme with ratios and limits, `quota` vouchers in a batch.
    func open(quota: UInt32, under rule: ProgrammeRule = BookFixture.rule) async throws -> BatchID {
        try await service.perform(
            OpenLedger.with {
                $0.code = service.ledger
                $0.name = "bench"
                $0.practice = true
            }, call("open"))
        try await service.perform(
            ChangeSetting.with {
                $0.setting = .allocationMaximum
                $0.value = 1_000_000_000_000
            }, call("setting"))
        for fund in 1...2 {
            try await service.perform(
                CreateFund.with {
                    $0.level = fund == 1 ? .province : .county
                    $0.fiscalYear = 2018
                    $0.treasury = "treasury"
                    $0.document = "document"
                    $0.functionalCode = "2070199"
                    $0.economicCode = "30399"
                }, call("fund\(fund)"))
            try await service.perform(
                Appropriate.with {
                    $0.fund = FundID(UInt32(fund))
                    $0.amount = Amount(fen: 500_000_000_000)
                    $0.reference = "reference"
                }, call("money\(fund)"))
        }
        try await service.perform(
            SubmitProgramme.with {
                $0.name = "bench"
                $0.document = "document"
                $0.rule = rule
            }, call("programme"))
        try await service.perform(
            ApproveProgramme.with { $0.programme = ProgrammeID(1) }, call("approve", approver))
        for fund in 1...2 {
            try await service.perform(
                Allocate.with {
                    $0.programme = ProgrammeID(1)
                    $0.fund = FundID(UInt32(fund))
                    $0.amount = Amount(fen: 400_000_000_000)
                }, call("allocate\(fund)"))
        }
        try await service.perform(
            ProposeBatch.with {
                $0.programme = ProgrammeID(1)
                $0.face = Amount(fen: 5000)
                $0.quota = quota
                $0.weights = FundShares(
                    FundList([FundID(1), FundID(2)]) ?? FundList(), Shares(fen: [60, 40]))
                $0.from = begin
                $0.until = begin.adding(30 * Instant.day)
            }, call("batch"))
        try await service.perform(ApproveBatch.with { $0.batch = BatchID(1) }, call("open batch", approver))
        try await registerOutlets()
        return BatchID(1)
    }

    /// Another programme with a batch of `quota` vouchers; programmes and batches have the same numbers.
    func add(_ rule: ProgrammeRule, quota: UInt32, number: UInt32) async throws -> BatchID {
        let (programme, batch) = (ProgrammeID(number), BatchID(number))
        try await service.perform(
            SubmitProgramme.with {
                $0.name = "bench"
                $0.document = "document"
                $0.rule = rule
            }, call("programme \(number)"))
        try await service.perform(
            ApproveProgramme.with { $0.programme = programme }, call("approve \(number)", approver))
        try await service.perform(
            Allocate.with {
                $0.programme = programme
                $0.fund = FundID(1)
                $0.amount = Amount(fen: 20_000_000_000)
            }, call("allocate \(number)"))
        try await service.perform(
            ProposeBatch.with {
                $0.programme = programme
                $0.face = rule.faces[0]
                $0.quota = quota
                $0.weights = FundShares(FundList([FundID(1)]) ?? FundList(), Shares(fen: [1]))
                $0.from = begin
                $0.until = begin.adding(30 * Instant.day)
            }, call("batch \(number)"))
        try await service.perform(
            ApproveBatch.with { $0.batch = batch }, call("open \(number)", approver))
        return batch
    }

    /// Issues `count` vouchers of a batch, three to a person.
    func issue(_ count: Int, of batch: BatchID = BatchID(1)) async throws {
        var issued = 0
        while issued < count {
            let slice = min(1000, count - issued)
            let requests = (issued..<issued + slice).map { index in
                service.request(
                    Issue.with {
                        $0.batch = batch
                        let person = UInt64(batch.rawValue) << 40 + UInt64(index / 3 + 1)
                        $0.pseudonym = Pseudonym(person &* 0x9e37_79b9_7f4a_7c15)
                    }, call("issue \(batch.rawValue) \(index)"))
            }
            for reply in await service.performAll(requests) {
                guard case .success(let answer) = reply, answer.refusal == nil else {
                    throw BenchError.setup("\(reply)")
                }
            }
            issued += slice
        }
    }

    /// The redemption of voucher `index`, counted from 1, at one of the outlets.
    func redemption(_ index: Int) -> Redeem {
        .with {
            $0.voucher = VoucherID(UInt32(index))
            $0.outlet = OutletID(UInt32(index) % payees + 1)
            $0.bill = Amount(fen: 12_000)
            $0.channel = "counter"
            $0.order = "20180601-\(padded(index, to: 8))"
        }
    }

    func call(_ key: String, _ principal: Principal? = nil) -> Call {
        Call(principal ?? officer, key: key)
    }

    private func registerOutlets() async throws {
        let file = Digest128(high: 1, low: 1)
        var requests: [CommandRequest] = []
        for index in 0..<payees {
            requests.append(
                service.request(
                    ImportMerchant.with {
                        $0.file = file
                        $0.index = index
                        $0.creditCode = "91370782MA\(padded(index, to: 8))"
                        $0.payeeCreditCode = $0.creditCode
                        $0.bankCode = "102458000000"
                    }, call("merchant \(index)")))
        }
        requests.append(closing(file, .merchants))
        let outlets = Digest128(high: 2, low: 2)
        for index in 0..<payees {
            requests.append(
                service.request(
                    ImportOutlet.with {
                        $0.file = outlets
                        $0.index = index
                        $0.merchant = MerchantID(index + 1)
                        $0.category = index.isMultiple(of: 2) ? "演出" : "图书"
                        $0.region = LedgerCode(370_782)
                        $0.town = "town"
                        $0.platformID = "P\(index)"
                    }, call("outlet \(index)")))
        }
        requests.append(closing(outlets, .outlets))
        let terminals = Digest128(high: 3, low: 3)
        for index in 0..<payees {
            requests.append(
                service.request(
                    ImportTerminal.with {
                        $0.file = terminals
                        $0.index = index
                        $0.outlet = OutletID(index + 1)
                        $0.serial = BookFixture.serial(ofOutlet: Int(index))
                    }, call("terminal \(index)")))
        }
        requests.append(closing(terminals, .terminals))
        for reply in await service.performAll(requests) {
            guard case .success(let answer) = reply, answer.refusal == nil else {
                throw BenchError.setup("\(reply)")
            }
        }
    }

    private func closing(_ file: Digest128, _ kind: ImportKind) -> CommandRequest {
        service.request(
            CloseImport.with { ($0.file, $0.kind, $0.count) = (file, kind, payees) }, call("\(kind)"))
    }

    /// What the terminal of the outlet `P0`, `P1` … is called.
    static func serial(ofOutlet index: Int) -> String { "T\(index)" }

    static var rule: ProgrammeRule {
        var rule = ProgrammeRule()
        rule.kind = .threshold
        rule.faces = [Amount(fen: 5000)]
        rule.threshold = Amount(fen: 10_000)
        rule.ratios = [
            CategoryRatio(category: "演出", ratio: Ratio(basisPoints: 5000)),
            CategoryRatio(ratio: Ratio(basisPoints: 2000)),
        ]
        rule.minimumOwnPayment = Amount(fen: 1)
        rule.conditions.validity = 10 * Instant.day
        rule.conditions.hours = DailyHours(from: 8 * 60, to: 22 * 60)
        rule.conditions.categories = ["演出", "图书", "电影"]
        rule.limits.personAmount = Amount(fen: 50_000)
        rule.limits.personDay = 3
        rule.limits.personMerchant = 5
        return rule
    }
}

enum BenchError: Error {
    case setup(String)
}

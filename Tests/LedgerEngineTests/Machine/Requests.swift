import CBOR
import Cryptography
import LedgerDomain
import LedgerEngine
import LedgerStorage
import LedgerTesting

/// The ledger of the machine's tests.
let zhucheng = LedgerCode(370_782)

/// Requests as an edge would make them, with keys that are numbers.
enum Requests {
    /// 2018-06-01T08:00:00+08:00.
    static let dawn = Instant(microseconds: 1_527_811_200_000_000)

    static func request(
        _ command: any LedgerDomain.Operation, key: UInt64, after microseconds: Int64 = 0,
        by principal: Principal = .system
    ) -> CommandRequest {
        CommandRequest(
            command, by: principal, key: Digest128(high: key &* 0x9e37_79b9_7f4a_7c15, low: key),
            payload: payload(of: command), at: dawn.adding(microseconds))
    }

    /// Opens the ledger and creates fund 1: events 0 and 1.
    static func opening(
        practice: Bool = true, _ algorithms: CryptographicProfile = .international
    ) -> [CommandRequest] {
        [
            request(
                OpenLedger.with {
                    ($0.code, $0.name, $0.practice) = (zhucheng, "诸城市", practice)
                    $0.algorithms = algorithms
                }, key: 1_000_001),
            request(fund, key: 1_000_002),
        ]
    }

    static var fund: CreateFund {
        .with {
            ($0.level, $0.fiscalYear) = (.county, 2018)
            ($0.treasury, $0.document) = ("诸城市国库", "诸财预〔2018〕3号")
            ($0.functionalCode, $0.economicCode) = ("2070199", "30399")
        }
    }

    /// One yuan for fund 1.
    static func yuan(key: UInt64, after microseconds: Int64 = 0, fen: Int64 = 100) -> CommandRequest {
        request(
            Appropriate.with { ($0.fund, $0.amount, $0.reference) = (FundID(1), Amount(fen: fen), "拨款单") },
            key: key, after: microseconds)
    }

    /// Opens the books and a batch of `quota` vouchers of ten yuan, handed back ones returning to it.
    static func drop(quota: UInt32) -> [CommandRequest] {
        let face = Amount(fen: 1_000)
        var rule = ProgrammeRule()
        rule.faces = [face]
        rule.ratios = [CategoryRatio(ratio: Ratio(basisPoints: 10_000))]
        rule.conditions.validity = Instant.day
        let approver = Principal("approver") ?? .system
        let commands: [(any LedgerDomain.Operation, Principal)] = [
            (
                Appropriate.with {
                    ($0.fund, $0.amount, $0.reference) = (FundID(1), Amount(fen: 1_000_000), "拨款单")
                },
                .system
            ),
            (SubmitProgramme.with { ($0.name, $0.document, $0.rule) = ("抢券", "诸文旅〔2018〕1号", rule) }, .system),
            (ApproveProgramme.with { $0.programme = ProgrammeID(1) }, approver),
            (
                Allocate.with {
                    ($0.programme, $0.fund, $0.amount) = (ProgrammeID(1), FundID(1), Amount(fen: 1_000_000))
                },
                .system
            ),
            (
                ProposeBatch.with {
                    ($0.programme, $0.face, $0.quota) = (ProgrammeID(1), face, quota)
                    $0.weights = FundShares(FundList([FundID(1)]) ?? FundList(), Shares(fen: [1]))
                    ($0.from, $0.until) = (dawn, dawn.adding(Instant.day))
                }, .system
            ),
            (ApproveBatch.with { $0.batch = BatchID(1) }, approver),
        ]
        return opening()
            + commands.enumerated().map { request($1.0, key: 2_000_000 + UInt64($0), by: $1.1) }
    }

    /// A claim of a voucher of batch 1.
    static func claim(by person: UInt64, key: UInt64) -> CommandRequest {
        request(Issue.with { ($0.batch, $0.pseudonym) = (BatchID(1), Pseudonym(person)) }, key: key)
    }

    /// A command of more bytes than one event may take.
    static func tooLarge(key: UInt64) -> CommandRequest {
        let lines = (0..<8_000).map {
            PlanLine(ledger: LedgerCode(370_000 + UInt32($0)), amount: Amount(fen: 1 << 40))
        }
        return request(
            SubmitPlan.with { ($0.fund, $0.lines, $0.document) = (FundID(1), lines, "鲁财教〔2018〕22号") },
            key: key)
    }

    /// `count` commands of a random season that the log records, each under a key of its own.
    static func season(seed: UInt64, count: Int) throws -> [CommandRequest] {
        let events = try Season.random(zhucheng, seed: seed, count: count * 2).events
        let recorded = events.filter { $0.record.refusal?.isRecorded != false }.prefix(count)
        return recorded.enumerated().map { index, event in
            CommandRequest(
                event.record.command, by: event.principal,
                key: Digest128(high: UInt64(index) << 40, low: seed),
                payload: payload(of: event.record.command), at: event.instant)
        }
    }

    private static func payload(of command: any LedgerDomain.Operation) -> Digest128 {
        var (high, low): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x6c62_272e_07bb_0142)
        for byte in command.payloadBytes {
            high = (high ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            low = (low &+ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15
        }
        return Digest128(high: high, low: low)
    }
}

/// The numbers of a book's events that a reader sees, with the keys under which they were decided.
func storedKeys(_ log: any EventReader) throws -> [Digest128] {
    try log.events(of: zhucheng, from: 0, limit: .max).enumerated().map { number, bytes in
        try Event.decoded(bytes, number: UInt64(number)).key
    }
}

import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// What a voucher is asked for with.
struct ClaimRequest: JSONBody {
    var batch = BatchID.none
    var resident = ""
    var proxy: String?
    var channel: String?

    init() {}

    static let fields: [JSONField<ClaimRequest>] = [
        JSONField("batch", \.batch, "The batch."), .resident(\.resident), .proxy(\.proxy),
        .channel(\.channel),
    ]
}

/// What a payment of a resident's own is matched with.
struct MatchRequest: JSONBody {
    var batch = BatchID.none
    var resident = ""
    var proxy: String?
    var channel: String?
    var topUp = TopUp()

    init() {}

    static let fields: [JSONField<MatchRequest>] = [
        JSONField("batch", \.batch, "The batch."), .resident(\.resident), .proxy(\.proxy),
        .channel(\.channel),
        JSONField("topUp", \.topUp, "What the resident paid in."),
    ]
}

/// Who hands a voucher back.
struct HandBackRequest: JSONBody {
    var resident = ""
    var channel: String?

    init() {}

    static let fields: [JSONField<HandBackRequest>] = [.resident(\.resident), .channel(\.channel)]
}

extension TopUp: JSONBody {
    static let fields: [JSONField<TopUp>] = [
        JSONField("reference", \.reference, "The operator's own number of the payment.", .text(1...64)),
        JSONField("amount", \.amount, "How much."),
    ]
}

extension Issue.Accepted: JSONObject {
    static let fields: [JSONField<Issue.Accepted>] = [
        JSONField(told: "voucher", "The new voucher.") { $0.voucher },
        JSONField(told: "face", "What it is worth.") { $0.granted.total },
        JSONField(told: "funds", "Which funds pay for it.") { $0.granted.amounts },
        JSONField(told: "expiry", "From when on it is worth nothing.") { $0.expiry },
        JSONField(
            told: "setOff", "What of it pays back what a programme had paid for the person.",
            isRequired: false
        ) { $0.setOff?.shares.total },
        JSONField(told: "points", "How many points it took.", isRequired: false) {
            $0.points.map { UInt32(clamping: $0.amount.fen) }
        },
    ]
}

extension HandBack.Accepted: JSONObject {
    static let fields: [JSONField<HandBack.Accepted>] = [
        JSONField(told: "lapsed", "What left the voucher, fund by fund.") { $0.lapsed.amounts }
    ]
}

extension VoucherView: JSONObject {
    static var schemaName: String { "Voucher" }
    static let fields: [JSONField<VoucherView>] = [
        JSONField(told: "voucher", "The voucher.") { $0.row.id },
        JSONField(told: "batch", "The batch that it is of.") { $0.row.batch },
        JSONField(told: "face", "What it was worth when it was issued.") { $0.row.face },
        JSONField(told: "issuedAt", "When.") { $0.row.issuedAt },
        JSONField(told: "expiry", "From when on it is worth nothing.") { $0.row.expiry },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "channel", "Where it was claimed, where that was said.", isRequired: false) {
            $0.row.channel
        },
    ]
}

/// A voucher with its balance and uses.
struct VoucherDetails: JSONObject {
    var view: VoucherView
    var balances: [AccountBalance]
    var redemptions: [RedemptionView]

    static let fields: [JSONField<VoucherDetails>] = [
        JSONField(told: "voucher", "The voucher.") { $0.view },
        JSONField(told: "balances", "What is in it, fund by fund.") {
            $0.balances.map { FundAmount(fund: $0.fund, amount: $0.amount) }
        },
        JSONField(told: "redemptions", "What it was used for.") { $0.redemptions },
    ]
}

/// What became of the rows of a file.
extension BulkSummary: JSONObject {
    static let fields: [JSONField<BulkSummary>] = [
        JSONField(told: "accepted", "Rows that the ledger accepted.") { UInt32(clamping: $0.accepted) },
        JSONField(told: "replayed", "Rows whose key had been used for the same before.") {
            UInt32(clamping: $0.replayed)
        },
        JSONField(told: "refused", "Rows that the ledger refused.") { UInt32(clamping: $0.refusals) },
        JSONField(told: "refusals", "Why, with how many.") { summary in
            summary.refused.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
                .map { RefusalCount(refusal: $0.key, count: $0.value) }
        },
        JSONField(told: "skipped", "Rows that were not given to the ledger, the first hundred.") {
            $0.skipped.prefix(100).map { SkippedRow(line: $0.line, reason: $0.reason) }
        },
        JSONField(told: "vouchers", "The vouchers issued.") {
            $0.vouchers.map { IssuedRow(line: $0.line, voucher: $0.voucher) }
        },
        JSONField(told: "subsidy", "The subsidy of accepted redemptions.") { $0.subsidy },
    ]
}

/// How often a reason was given.
struct RefusalCount: JSONObject {
    var refusal: Refusal
    var count: Int

    static let fields: [JSONField<RefusalCount>] = [
        JSONField(told: "code", "The refusal's code.") { $0.refusal.code },
        JSONField(told: "chinese", "中文.") { $0.refusal.sentence.chinese },
        JSONField(told: "english", "English.") { $0.refusal.sentence.english },
        JSONField(told: "count", "How many.") { UInt32(clamping: $0.count) },
    ]
}

/// A row that was not given to the ledger.
struct SkippedRow: JSONObject {
    var line: Int
    var reason: String

    static let fields: [JSONField<SkippedRow>] = [
        JSONField(told: "line", "Its line in the file.") { UInt32(clamping: $0.line) },
        JSONField(told: "reason", "Why.") { $0.reason },
    ]
}

/// A row that a voucher was issued for.
struct IssuedRow: JSONObject {
    var line: Int
    var voucher: VoucherID

    static let fields: [JSONField<IssuedRow>] = [
        JSONField(told: "line", "Its line in the file.") { UInt32(clamping: $0.line) },
        JSONField(told: "voucher", "The voucher.") { $0.voucher },
    ]
}

/// How many lapsed.
struct LapseSummary: JSONObject {
    var count: Int

    static let fields: [JSONField<LapseSummary>] = [
        JSONField(told: "lapsed", "How many.") { UInt32(clamping: $0.count) }
    ]
}

extension Endpoint {
    static let vouchers: [Endpoint] = [
        post(
            "claims", "claim", .vouchers, .claim,
            "Claim a voucher of a first-come batch for a resident (抢券).",
            creates: true
        ) { (asked: ClaimRequest, request: APIRequest) in try await issued(.firstCome, asked, request) }.lane(
            .claim),
        post(
            "exchanges", "exchangePoints", .vouchers, .claim,
            "Exchange a resident's points for a voucher (积分兑换).",
            creates: true
        ) { (asked: ClaimRequest, request: APIRequest) in try await issued(.points, asked, request) }.lane(
            .claim),
        post(
            "issues", "issueVoucher", .vouchers, .issue,
            "Issue a voucher of a directed batch to a resident (定向).",
            creates: true
        ) { (asked: ClaimRequest, request: APIRequest) in try await issued(.directed, asked, request) },
        post(
            "matches", "matchTopUp", .vouchers, .issue,
            "Match what a resident paid into a card of their own (充值配套); each payment once.", creates: true
        ) { (asked: MatchRequest, request: APIRequest) in
            let person = try request.resident(asked.resident)
            let receipt = try await request.service.issue(
                asked.batch, to: person.number, .matched, topUp: asked.topUp, proxy: asked.proxy,
                channel: asked.channel ?? person.platform, request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        },
        upload(
            "claims/files", "claimFile", .vouchers, .issue,
            "Do what a file of claims, issues and hand-backs says, row by row, each with its own key.",
            file:
                "CSV with the columns key, id_number, action (claim, issue, enter, hand-back), batch, voucher, channel."
        ) { request in
            let practice = try request.isPractice()
            let claims = try ClaimFile(request.body, practice: practice)
            let forPeople = claims.rows.contains { if case .issue = $0.action { false } else { true } }
            if forPeople { try request.caller.demand(.claim) }
            guard practice || claims.rows.allSatisfy({ $0.time == nil }) else {
                throw ServiceError.practiceOnly("A time column")
            }
            return try await request.service.run(claims, request.call)
        },
        get("vouchers/{voucher}", "getVoucher", .vouchers, .read, "A voucher with its balance and its uses.")
        {
            request in
            let id: VoucherID = try request.path("voucher")
            let (view, balances, uses) = try request.rows { (model) throws(StorageError) in
                (
                    try model.voucher(id, request.ledger),
                    try model.balances(of: .voucher(id), request.ledger),
                    try model.redemptions(of: id, request.ledger)
                )
            }
            guard let view else { throw request.missing(.voucher, id) }
            return VoucherDetails(view: view, balances: balances, redemptions: uses)
        },
        post(
            "vouchers/{voucher}/hand-back", "handBack", .vouchers, .claim,
            "Take an unused voucher back from the resident who holds it (退券)."
        ) { (asked: HandBackRequest, request: APIRequest) in
            let person = try request.resident(asked.resident)
            let receipt = try await request.service.handBack(
                try request.path("voucher"), from: person.number,
                channel: asked.channel ?? person.platform, request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.lane(.claim),
        post(
            "vouchers/expiry", "lapseExpired", .vouchers, .issue,
            "Lapse every voucher that has expired; its value goes where the rule says."
        ) { (_: NoFields, request: APIRequest) in
            (LapseSummary(count: try await request.service.lapseExpired(request.call)), false)
        },
    ]

    private static func issued(
        _ release: Release, _ asked: ClaimRequest, _ request: APIRequest
    ) async throws -> (CommandAnswer<Issue>, isReplay: Bool) {
        let person = try request.resident(asked.resident)
        let receipt = try await request.service.issue(
            asked.batch, to: person.number, release, proxy: asked.proxy,
            channel: asked.channel ?? person.platform, request.call)
        return (CommandAnswer(receipt: receipt), receipt.isReplay)
    }
}

import CBOR
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension ProposeSession: JSONBody {
    static let fields: [JSONField<ProposeSession>] = [
        JSONField("programme", \.programme, "The programme that pays."),
        JSONField("outlet", \.outlet, "Where it takes place."),
        JSONField("title", \.title, "What is shown.", .text(1...200)),
        JSONField("startsAt", \.startsAt, "When it begins."),
        JSONField("endsAt", \.endsAt, "When it ends."),
        JSONField("price", \.price, "The listed price."),
        JSONField(
            "ticketPrice", \.ticketPrice, "The most that a low-price ticket costs; 0 for free admission."),
        JSONField("subsidy", \.subsidy, "What the programme pays for each admission."),
        JSONField("seats", \.seats, "How many admissions are paid for at most."),
        .weights(\.weights.weights),
        JSONField("attestor", \.attestor, "Who will count admissions: the name that they act under."),
    ]
}

extension ProposeSession.Accepted: JSONObject {
    static let fields: [JSONField<ProposeSession.Accepted>] = [
        JSONField(told: "session", "The new session.") { $0.session }
    ]
}

extension ApproveSession: JSONBody {
    static let fields: [JSONField<ApproveSession>] = []
}

extension ApproveSession.Accepted: JSONObject {
    static let fields: [JSONField<ApproveSession.Accepted>] = [
        JSONField(told: "promised", "What is kept for it, fund by fund.") { $0.promised.amounts }
    ]
}

extension Admit: JSONBody {
    static let fields: [JSONField<Admit>] = [
        JSONField("ticket", \.ticket, "The merchant's own number of the ticket.", .text(1...64)),
        JSONField("paid", \.paid, "What was paid for it; 0 for a free admission."),
    ]
}

extension Admit.Accepted: JSONObject {
    static let fields: [JSONField<Admit.Accepted>] = [
        JSONField(told: "admitted", "How many were admitted so far.") { $0.number }
    ]
}

extension CloseAdmissions: JSONBody {
    static let fields: [JSONField<CloseAdmissions>] = []
}

extension CloseAdmissions.Accepted: JSONObject {
    static let fields: [JSONField<CloseAdmissions.Accepted>] = [
        JSONField(told: "admitted", "How many came.") { $0.admitted },
        JSONField(told: "subsidised", "How many of them are paid for.") { $0.subsidised },
    ]
}

extension SettleSession: JSONBody {
    static let fields: [JSONField<SettleSession>] = []
}

extension SettleSession.Accepted: JSONObject {
    static let fields: [JSONField<SettleSession.Accepted>] = [
        JSONField(told: "admissions", "How many are paid for.") { $0.admissions },
        JSONField(told: "subsidy", "What the venue is owed.") { $0.subsidy.total },
        JSONField(told: "funds", "By which funds.") { $0.subsidy.amounts },
    ]
}

/// Why something is ended.
struct ReasonRequest: JSONBody {
    var reason = ""

    init() {}

    static let fields: [JSONField<ReasonRequest>] = [.reason(\.reason)]
}

extension JSONField {
    static func reason(_ path: any WritableKeyPath<Owner, String> & Sendable) -> JSONField {
        JSONField("reason", path, "Why.", .text(1...200))
    }
}

extension LedgerService.Cancellation: JSONObject {
    static let fields: [JSONField<LedgerService.Cancellation>] = [
        JSONField(told: "refunds", "How many redemptions were refunded.") { UInt32(clamping: $0.refunds) },
        JSONField(told: "subsidy", "Their subsidy.") { $0.subsidy },
        JSONField(told: "bookings", "How many bookings were voided.") { UInt32(clamping: $0.bookings) },
        JSONField(told: "event", "The event that records it.", isRequired: false) { $0.receipt?.event },
    ]
}

extension SessionView: JSONObject {
    static var schemaName: String { "Session" }
    static let fields: [JSONField<SessionView>] = [
        JSONField(told: "session", "The session.") { $0.row.id },
        JSONField(told: "programme", "The programme that pays.") { $0.row.programme },
        JSONField(told: "outlet", "Where it takes place.") { $0.row.outlet },
        JSONField(told: "title", "What is shown.") { $0.row.title },
        JSONField(told: "startsAt", "When it begins.") { $0.row.startsAt },
        JSONField(told: "endsAt", "When it ends.") { $0.row.endsAt },
        JSONField(told: "price", "The listed price.") { $0.row.price },
        JSONField(told: "ticketPrice", "The most that a low-price ticket costs.") { $0.row.ticketPrice },
        JSONField(told: "subsidy", "What the programme pays for each admission.") { $0.row.subsidy },
        JSONField(told: "seats", "How many admissions are paid for at most.") { $0.row.seats },
        JSONField(told: "admitted", "How many came.") { $0.admitted },
        JSONField(told: "subsidised", "How many of them are paid for.") { $0.subsidised },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "owed", "What its settlement came to.", isRequired: false) { $0.paid },
    ]
}

extension ProposeAward: JSONBody {
    static let fields: [JSONField<ProposeAward>] = [
        JSONField("programme", \.programme, "The programme that pays."),
        JSONField("merchant", \.merchant, "Who gets it."),
        JSONField("kind", \.kind, "grant (资助), priceCut (降价补贴) or reward (奖励)."),
        JSONField("title", \.title, "What it is for.", .text(1...200)),
        .weights(\.weights.weights),
        JSONField("evidence", \.evidence, "SHA-256 of the file that shows it, 64 digits."),
        JSONField(
            "amount", \.amount,
            "How much; of a reward and of price cuts it must be what the ledger reckons from the rest."),
        JSONField("sales", \.sales, "The sales, for priceCut alone.", .items(1...200)),
        JSONField(
            "rateBasisPoints", \.basisPoints, "The share in hundredths of a percent, for reward alone.",
            .number(1...10_000)),
        JSONField("through", \.through, "The last redemption that counts, for reward alone."),
    ]

    fileprivate var basisPoints: UInt32? {
        get { rate.map { UInt32(clamping: $0.basisPoints) } }
        set { rate = newValue.map { Ratio(basisPoints: Int64($0)) } }
    }
}

extension CutSale: JSONBody {
    static let fields: [JSONField<CutSale>] = [
        JSONField("order", \.order, "The merchant's own number of the sale.", .text(1...64)),
        JSONField("listed", \.listed, "The listed price."), JSONField("paid", \.paid, "What was paid."),
    ]
}

extension ProposeAward.Accepted: JSONObject {
    static let fields: [JSONField<ProposeAward.Accepted>] = [
        JSONField(told: "award", "The new award.") { $0.award }
    ]
}

extension ApproveAward: JSONBody {
    static let fields: [JSONField<ApproveAward>] = []
}

extension ApproveAward.Accepted: JSONObject {
    static let fields: [JSONField<ApproveAward.Accepted>] = [
        JSONField(told: "owed", "What the merchant is owed.") { $0.subsidy.total },
        JSONField(told: "funds", "By which funds.") { $0.subsidy.amounts },
    ]
}

extension RejectAward: JSONBody {
    static let fields: [JSONField<RejectAward>] = [.reason(\.reason)]
}

extension ClawBackAward: JSONBody {
    static let fields: [JSONField<ClawBackAward>] = [.reason(\.reason)]
}

extension ClawBackAward.Accepted: JSONObject {
    static let fields: [JSONField<ClawBackAward.Accepted>] = [
        JSONField(told: "owed", "What is taken back.") { $0.subsidy.total },
        JSONField(told: "funds", "For which funds.") { $0.subsidy.amounts },
    ]
}

extension AwardView: JSONObject {
    static var schemaName: String { "Award" }
    static let fields: [JSONField<AwardView>] = [
        JSONField(told: "award", "The award.") { $0.row.id },
        JSONField(told: "programme", "The programme that pays.") { $0.row.programme },
        JSONField(told: "merchant", "Who gets it.") { $0.row.merchant },
        JSONField(told: "kind", "What kind it is of.") { $0.row.kind },
        JSONField(told: "amount", "How much.") { $0.row.amount },
        JSONField(told: "title", "What it is for.") { $0.row.title },
        JSONField(told: "evidence", "SHA-256 of the file that shows it.") { $0.row.evidence },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "maker", "Who proposed it.") { $0.row.maker },
        JSONField(told: "decidedBy", "Who approved or rejected it.", isRequired: false) { $0.decidedBy },
    ]
}

extension CatalogueRow: JSONObject {
    static var schemaName: String { "Catalogue" }
    static let fields: [JSONField<CatalogueRow>] = [
        JSONField(told: "name", "Its name.") { $0.name },
        JSONField(told: "items", "What may be bought.") { $0.items },
        JSONField(told: "event", "The event that published it.") { $0.event },
        JSONField(told: "instant", "When.") { $0.instant },
    ]
}

extension CatalogueItem: JSONBody {
    static let fields: [JSONField<CatalogueItem>] = [
        JSONField("code", \.code, "Its code, such as an ISBN.", .text(1...64)),
        JSONField("name", \.name, "What it is.", .text(1...200)),
        JSONField("category", \.category, "Its category.", .text(1...200)),
        JSONField("listed", \.listed, "The most that it may cost."),
    ]
}

extension PublishCatalogue: JSONBody {
    static let fields: [JSONField<PublishCatalogue>] = [
        JSONField("name", \.name, "Its name; a new year is a new one.", .text(1...200)),
        JSONField("items", \.items, "What may be bought; it never changes.", .items(1...500)),
    ]
}

/// What earns points.
struct PointsRequest: JSONBody {
    var programme = ProgrammeID.none
    var resident = ""
    var activity = ""
    var reference = ""
    var units: UInt32 = 1

    init() {}

    static let fields: [JSONField<PointsRequest>] = [
        JSONField("programme", \.programme, "The programme."), .resident(\.resident),
        JSONField("activity", \.activity, "The activity, as the rule names it.", .text(1...64)),
        JSONField(
            "reference", \.reference, "Which one it was; each counts once for a person.", .text(1...64)),
        JSONField(optional: "units", \.units, "Attendances or hours; 1 unless told.", .number(1...24)),
    ]
}

extension EarnPoints.Accepted: JSONObject {
    static let fields: [JSONField<EarnPoints.Accepted>] = [
        JSONField(told: "points", "How many points.") { UInt32(clamping: $0.points.fen) },
        JSONField(told: "expiry", "Until before when they are good.") { $0.expiry },
    ]
}

/// Whose points, in which programme.
struct PointsLookup: JSONBody {
    var programme = ProgrammeID.none
    var resident = ""

    init() {}

    static let fields: [JSONField<PointsLookup>] = [
        JSONField("programme", \.programme, "The programme."), .resident(\.resident),
    ]
}

/// What somebody has.
struct PointsAnswer: JSONObject {
    var usable: Amount
    var entries: [PointsRow]

    static let fields: [JSONField<PointsAnswer>] = [
        JSONField(told: "usable", "How many can be exchanged now.") { UInt32(clamping: $0.usable.fen) },
        JSONField(told: "entries", "What was earned, exchanged and lost.") { $0.entries },
    ]
}

extension PointsRow: JSONObject {
    static var schemaName: String { "PointsEntry" }
    static let fields: [JSONField<PointsRow>] = [
        JSONField(told: "event", "The event that records it.") { $0.event },
        JSONField(told: "kind", "earn, exchange or expire.") { "\($0.kind)" },
        JSONField(told: "what", "What earned them.") { $0.what },
        JSONField(told: "points", "How many.") { UInt32(clamping: abs($0.points.fen)) },
        JSONField(told: "instant", "When.") { $0.instant },
    ]
}

extension Endpoint {
    static let supply: [Endpoint] = [
        list("sessions", "listSessions", .supply, .read, "List sessions (场次).") { request in
            try request.rows { (model) throws(StorageError) in try model.sessions(request.ledger) }
        },
        command(
            ProposeSession.self, "sessions", .supply, .programmes,
            "Propose a session with low-price tickets.",
            creates: true),
        command(
            ApproveSession.self, "sessions/{session}/approval", .supply, .approveProgrammes,
            "Open a session, as a second person."
        ) { $0.session = try $1.path("session") },
        command(
            Admit.self, "sessions/{session}/admissions", .supply, .admissions,
            "Attest an admission, as a third person.", creates: true
        ) { $0.session = try $1.path("session") },
        upload(
            "sessions/{session}/admissions/files", "admitFile", .supply, .admissions,
            "Attest the admissions of a file; each ticket counts once.",
            file: "CSV with the columns ticket, paid_yuan."
        ) { request in
            try await request.service.admit(
                try TicketFile(request.body), to: try request.path("session"), request.call)
        },
        command(
            CloseAdmissions.self, "sessions/{session}/admissions/closing", .supply, .admissions,
            "Close the count, as who attested it."
        ) { $0.session = try $1.path("session") },
        command(
            SettleSession.self, "sessions/{session}/settlement", .supply, .settlements,
            "Owe the venue what its admissions come to."
        ) { $0.session = try $1.path("session") },
        post(
            "sessions/{session}/cancellation", "cancelSession", .supply, .programmes,
            "Cancel a session: void its bookings and refund what was redeemed for it."
        ) { (asked: ReasonRequest, request: APIRequest) in
            let done = try await request.service.cancel(
                try request.path("session"), because: asked.reason, request.call)
            return (done, done.receipt?.isReplay ?? false)
        },
        list("catalogues", "listCatalogues", .supply, .read, "List catalogues (目录).") { request in
            try request.rows { (model) throws(StorageError) in try model.catalogues(request.ledger) }
        },
        command(
            PublishCatalogue.self, "catalogues", .supply, .programmes,
            "Publish what may be bought with listed prices; it never changes.", creates: true),
        list("awards", "listAwards", .supply, .read, "List awards (奖补).") { request in
            try request.rows { (model) throws(StorageError) in try model.awards(request.ledger) }
        },
        command(
            ProposeAward.self, "awards", .supply, .programmes, "Propose money for a merchant, with evidence.",
            creates: true),
        command(
            ApproveAward.self, "awards/{award}/approval", .supply, .approveProgrammes,
            "Approve an award, as a second person."
        ) { $0.award = try $1.path("award") },
        command(
            RejectAward.self, "awards/{award}/rejection", .supply, .approveProgrammes, "Reject an award."
        ) { $0.award = try $1.path("award") },
        command(
            ClawBackAward.self, "awards/{award}/claw-back", .supply, .programmes,
            "Take back an award that should not have been paid."
        ) { $0.award = try $1.path("award") },
        post(
            "points", "earnPoints", .supply, .issue, "Give a resident points for an activity (积分).",
            creates: true
        ) { (asked: PointsRequest, request: APIRequest) in
            let receipt = try await request.service.earnPoints(
                in: asked.programme, try request.resident(asked.resident).number, activity: asked.activity,
                reference: asked.reference,
                units: asked.units, request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        },
        ask("points/lookup", "lookUpPoints", .supply, .claim, "What points a resident has.") {
            (asked: PointsLookup, request: APIRequest) in
            let (usable, entries) = try request.service.points(
                of: try request.resident(asked.resident).number, in: asked.programme, at: request.service.now)
            return PointsAnswer(usable: usable, entries: entries)
        },
        post("points/expiry", "expirePoints", .supply, .issue, "Take the points that are too old.") {
            (_: NoFields, request: APIRequest) in
            (LapseSummary(count: try await request.service.expirePoints(request.call)), false)
        },
    ]
}

import LedgerDomain
import LedgerService
import StatementFormats

extension RiskSignal: JSONName {}
extension Risks.Risk.Standing: JSONName {}
extension RiskReview.Verdict: JSONName {}

extension RiskReview: JSONObject {
    static let fields: [JSONField<RiskReview>] = [
        JSONField(told: "verdict", "What was made of it.") { $0.verdict },
        JSONField(told: "note", "What was found.") { $0.note },
        JSONField(told: "principal", "Who wrote it.") { $0.principal },
        JSONField(told: "instant", "When.") { $0.instant },
        JSONField(told: "event", "The event that holds the payee.", isRequired: false) { $0.event },
    ]
}

extension Risks.Risk: JSONObject {
    static var schemaName: String { "Risk" }
    static let fields: [JSONField<Risks.Risk>] = [
        JSONField(told: "risk", "The risk's number, the same in every list.") { $0.finding.id },
        JSONField(told: "signal", "What looks odd.") { $0.finding.signal },
        JSONField(told: "subject", "What it is about: a resident by a pseudonym, an outlet, a terminal …") {
            $0.finding.subject.text(in: $0.ledger)
        },
        JSONField(told: "merchants", "Whose money it is about.") { $0.finding.merchants },
        JSONField(told: "from", "The first event's time.") { $0.finding.from },
        JSONField(told: "through", "The last event's time.") { $0.finding.through },
        JSONField(told: "count", "How many there were.") { UInt32(clamping: $0.finding.count) },
        JSONField(told: "total", "Of how many, where a share matters; else zero.") {
            UInt32(clamping: $0.finding.total)
        },
        JSONField(told: "amount", "What was given for them.") { $0.finding.amount },
        JSONField(told: "reason", "What was measured, and from where on it is told.") {
            $0.finding.reason.chinese
        },
        JSONField(told: "standing", "What was made of it.") { $0.standing },
        JSONField(told: "reviews", "What people wrote down, the oldest first.") { $0.reviews },
        JSONField(told: "events", "The events that show it, the first 1000 in a list; the log proves each.") {
            $0.finding.events
        },
    ]
}

/// What somebody made of a risk.
struct RiskReviewRequest: JSONBody {
    var verdict = RiskReview.Verdict.watching
    var note = ""

    static let fields: [JSONField<RiskReviewRequest>] = [
        JSONField("verdict", \.verdict, "watching or cleared; a payee is held by its own operation."),
        JSONField("note", \.note, "What was found.", .text(1...200)),
    ]
}

/// Whose payee is held because of a risk.
struct RiskHoldRequest: JSONBody {
    var merchant: MerchantID?
    var reason = ""

    static let fields: [JSONField<RiskHoldRequest>] = [
        JSONField("merchant", \.merchant, "Needed where the risk is about several merchants."),
        JSONField("reason", \.reason, "Why; the merchant reads it.", .text(1...140)),
    ]
}

/// Where a risk is after a review; who reviews need not be somebody who may see it all.
struct RiskStandingAnswer: JSONObject {
    var risk: Risks.Risk

    static var schemaName: String { "RiskStanding" }
    static let fields: [JSONField<RiskStandingAnswer>] = [
        JSONField(told: "risk", "The risk's number.") { $0.risk.finding.id },
        JSONField(told: "standing", "What was made of it.") { $0.risk.standing },
    ]
}

/// Whether something was noted of somebody.
struct RelationRemoval: JSONObject {
    var isDeleted: Bool

    static let fields: [JSONField<RelationRemoval>] = [
        JSONField(told: "deleted", "Whether there was anything.") { $0.isDeleted }
    ]
}

/// How many relations of a file are new.
struct RelationSummary: JSONObject {
    var rows: UInt32
    var new: UInt32

    static let fields: [JSONField<RelationSummary>] = [
        JSONField(told: "rows", "The rows of the file.") { $0.rows },
        JSONField(told: "new", "Those that were not known.") { $0.new },
    ]
}

extension APIRequest {
    /// The risk that the address names.
    fileprivate func risk() throws -> Risks.Risk {
        let id: String = try path("risk")
        return try risks.find(id)
    }
}

extension Endpoint {
    static let risks: [Endpoint] = [
        pages(
            "risks", "listRisks", .closing, .risks,
            "List what looks odd in some business days (风险清单), the earliest first.",
            query: [
                .field("from", BusinessDay.self, "The first day; 30 days before the last unless told."),
                .field("through", BusinessDay.self, "The last day; today unless told."),
                .field("signal", RiskSignal.self, "One signal alone."),
                .field("standing", Risks.Risk.Standing.self, "Only those of which this was made."),
            ]
        ) { request, window in
            let asked: (from: BusinessDay?, through: BusinessDay?) = (
                try request.query("from"), try request.query("through")
            )
            if let from = asked.from, let through = asked.through, from > through {
                throw FieldFault("from", Sentence("不能晚于 through", "it is after through"))
            }
            let (from, through) = try request.risks.days(from: asked.from, through: asked.through)
            guard through.days - from.days < Risks.maximumDays else {
                throw FieldFault("from", Sentence("一次最多查看 366 天", "at most 366 days are looked through"))
            }
            let signal: RiskSignal? = try request.query("signal")
            let standing: Risks.Risk.Standing? = try request.query("standing")
            let found = try request.risks.list(from: from, through: through).filter { risk in
                (signal.map { risk.finding.signal == $0 } ?? true)
                    && (standing.map { risk.standing == $0 } ?? true)
            }
            var page = Page(found, window)
            for index in page.items.indices {
                page.items[index].finding = page.items[index].finding.with(events: Risks.Risk.listedEvents)
            }
            return page
        },
        get("risks/{risk}", "getRisk", .closing, .risks, "One risk.") { try $0.risk() },
        post(
            "risks/{risk}/reviews", "reviewRisk", .closing, .settlements,
            "Write down what was made of a risk; it changes nothing else.", creates: true
        ) { (asked: RiskReviewRequest, request: APIRequest) in
            let reviewed = try request.risks.review(
                try request.risk(), asked.verdict, asked.note, request.call)
            return (RiskStandingAnswer(risk: reviewed), false)
        },
        post(
            "risks/{risk}/hold", "holdRisk", .closing, .settlements,
            "Hold what a merchant's payee is owed because of a risk; a second person releases it."
        ) { (asked: RiskHoldRequest, request: APIRequest) in
            let receipt = try await request.risks.hold(
                try request.risk(), of: asked.merchant, because: asked.reason, request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        },
        get("risk-rules", "getRiskRules", .closing, .risks, "The thresholds (风险阈值), as they were written.") {
            request in
            WrittenAnswer<WrittenRiskRules>(try request.risks.text())
        },
        post(
            "risk-rules", "keepRiskRules", .closing, .settlements, "Put other thresholds in place."
        ) { (asked: WrittenRequest<WrittenRiskRules>, request: APIRequest) in
            _ = try asked.kept { try request.risks.keep($0, request.call) }
            return (WrittenAnswer<WrittenRiskRules>(try request.risks.text()), false)
        },
        upload(
            "risks/relations", "relatePeople", .closing, .settlements,
            "Note who is close to which merchants; names and numbers are not kept, only keyed codes.",
            file: "CSV with the columns credit_code, id_number, relation."
        ) { request in
            let file = try RelationFile(request.body, practice: try request.isPractice())
            return RelationSummary(
                rows: UInt32(clamping: file.rows.count), new: UInt32(clamping: try request.risks.relate(file))
            )
        },
        post(
            "risks/relation-removals", "unrelatePerson", .closing, .settlements,
            "Delete what is noted of somebody's closeness to merchants."
        ) { (asked: ResidentRequest, request: APIRequest) in
            let number = try request.resident(asked.resident).number
            return (RelationRemoval(isDeleted: try request.risks.unrelate(number)), false)
        },
    ]
}

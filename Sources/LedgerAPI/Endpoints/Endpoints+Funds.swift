import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage

extension CreateFund: JSONBody {
    static let fields: [JSONField<CreateFund>] = [
        JSONField("level", \.level, "Whose budget it is of."),
        JSONField("fiscalYear", \.fiscalYear, "The fiscal year."),
        JSONField(optional: "matching", \.matching, "Whether it is remitted by an approved plan only."),
        JSONField("treasury", \.treasury, "The treasury that it comes from.", .text(1...200)),
        JSONField("document", \.document, "The document number (指标文号).", .text(1...200)),
        JSONField("functionalCode", \.functionalCode, "功能分类科目, such as 2070199.", .text(1...32)),
        JSONField("economicCode", \.economicCode, "经济分类科目, such as 30399.", .text(1...32)),
    ]
}

extension CreateFund.Accepted: JSONObject {
    static let fields: [JSONField<CreateFund.Accepted>] = [
        JSONField(told: "fund", "The new fund.") { $0.fund }
    ]
}

extension Appropriate: JSONBody {
    static let fields: [JSONField<Appropriate>] = [
        JSONField("amount", \.amount, "How much."),
        JSONField("reference", \.reference, "The treasury's document.", .text(1...200)),
    ]
}

extension SubmitPlan: JSONBody {
    static let fields: [JSONField<SubmitPlan>] = [
        JSONField("lines", \.planned, "Who gets how much.", .items(1...1000)),
        JSONField("document", \.document, "The document number.", .text(1...200)),
    ]

    fileprivate var planned: [PlannedLine] {
        get { lines.map { PlannedLine($0) } }
        set { lines = newValue.map { PlanLine(ledger: $0.ledger, amount: $0.amount) } }
    }
}

/// One recipient of a plan.
struct PlannedLine: JSONBody {
    var ledger = LedgerCode(0)
    var amount = Amount.zero

    init() {}

    init(_ line: PlanLine) {
        ledger = line.ledger
        amount = line.amount
    }

    static let fields: [JSONField<PlannedLine>] = [
        JSONField("ledger", \.ledger, "The receiving ledger."),
        JSONField("amount", \.amount, "How much."),
    ]
}

extension SubmitPlan.Accepted: JSONObject {
    static let fields: [JSONField<SubmitPlan.Accepted>] = [
        JSONField(told: "plan", "The new plan.") { $0.plan }
    ]
}

extension ApprovePlan: JSONBody {
    static let fields: [JSONField<ApprovePlan>] = []
}

extension Remit: JSONBody {
    static let fields: [JSONField<Remit>] = [
        JSONField("recipient", \.recipient, "The receiving ledger."),
        JSONField("amount", \.amount, "How much."),
    ]
}

extension Receive: JSONBody {
    static let fields: [JSONField<Receive>] = [
        JSONField("sender", \.sender, "The sending ledger."),
        JSONField("remittance", \.remittance, "The number of the sender's event."),
        JSONField("amount", \.amount, "How much."),
    ]
}

extension UndoRemit: JSONBody {
    static let fields: [JSONField<UndoRemit>] = []
}

extension UndoRemit.Accepted: JSONObject {
    static let fields: [JSONField<UndoRemit.Accepted>] = [
        JSONField(told: "fund", "The fund.") { $0.fund },
        JSONField(told: "ledger", "The ledger that sent it back.") { $0.ledger },
        JSONField(told: "amount", "How much.") { $0.amount },
    ]
}

extension UndoReceive: JSONBody {
    static let fields: [JSONField<UndoReceive>] = []
}

extension UndoReceive.Accepted: JSONObject {
    static let fields: [JSONField<UndoReceive.Accepted>] = [
        JSONField(told: "fund", "The fund.") { $0.fund },
        JSONField(told: "ledger", "The ledger that it goes back to.") { $0.ledger },
        JSONField(told: "amount", "How much.") { $0.amount },
    ]
}

extension ReturnToTreasury: JSONBody {
    static let fields: [JSONField<ReturnToTreasury>] = [
        JSONField("amount", \.amount, "How much."),
        JSONField("document", \.document, "The document number.", .text(1...200)),
    ]
}

extension FundRow: JSONObject {
    static var schemaName: String { "Fund" }
    static let fields: [JSONField<FundRow>] = [
        JSONField(told: "fund", "The fund.") { $0.id },
        JSONField(told: "level", "Whose budget it is of.") { $0.level },
        JSONField(told: "fiscalYear", "The fiscal year.") { $0.fiscalYear },
        JSONField(told: "matching", "Whether it is remitted by an approved plan only.") { $0.matching },
        JSONField(told: "treasury", "The treasury that it comes from.") { $0.treasury },
        JSONField(told: "document", "指标文号.") { $0.document },
        JSONField(told: "functionalCode", "功能分类科目.") { $0.functionalCode },
        JSONField(told: "economicCode", "经济分类科目.") { $0.economicCode },
    ]
}

extension PlanView: JSONObject {
    static var schemaName: String { "Plan" }
    static let fields: [JSONField<PlanView>] = [
        JSONField(told: "plan", "The plan.") { $0.row.id },
        JSONField(told: "fund", "The matching fund.") { $0.row.fund },
        JSONField(told: "lines", "Who gets how much.") { $0.row.lines.map(PlannedLine.init) },
        JSONField(told: "document", "The document number.") { $0.row.document },
        JSONField(told: "maker", "Who submitted it.") { $0.row.maker },
        JSONField(told: "approvedBy", "Who approved it.", isRequired: false) { $0.approvedBy },
    ]
}

extension RemittanceView: JSONObject {
    static var schemaName: String { "Remittance" }
    static let fields: [JSONField<RemittanceView>] = [
        JSONField(told: "event", "The event that records it.") { $0.row.event },
        JSONField(told: "incoming", "Whether this ledger received it.") { $0.row.incoming },
        JSONField(told: "fund", "The fund.") { $0.row.fund },
        JSONField(told: "ledger", "The other ledger.") { $0.row.ledger },
        JSONField(told: "amount", "How much.") { $0.row.amount },
        JSONField(told: "origin", "The sender's event, of one received.", isRequired: false) {
            $0.row.origin
        },
        JSONField(told: "instant", "When.") { $0.row.instant },
        JSONField(told: "undone", "Whether it was sent back.") { $0.undone },
    ]
}

extension Endpoint {
    static let funds: [Endpoint] = [
        list("funds", "listFunds", .funds, .read, "List funds (资金来源).") { request in
            try request.rows { (model) throws(StorageError) in try model.funds(request.ledger) }
        },
        command(CreateFund.self, "funds", .funds, .money, "Create a fund.", creates: true),
        command(
            Appropriate.self, "funds/{fund}/appropriations", .funds, .money,
            "Money arrives from the treasury (拨款)."
        ) { $0.fund = try $1.path("fund") },
        command(
            ReturnToTreasury.self, "funds/{fund}/returns", .funds, .money,
            "Return money to the treasury at the year's end (上缴)."
        ) { $0.fund = try $1.path("fund") },
        list("plans", "listPlans", .funds, .read, "List remittance plans (分配计划).") { request in
            try request.rows { (model) throws(StorageError) in try model.plans(request.ledger) }
        },
        command(
            SubmitPlan.self, "funds/{fund}/plans", .funds, .money, "Submit a plan for a matching fund.",
            creates: true
        ) { $0.fund = try $1.path("fund") },
        command(
            ApprovePlan.self, "plans/{plan}/approval", .funds, .approveMoney,
            "Approve a plan, as a second person."
        ) { $0.plan = try $1.path("plan") },
        list("remittances", "listRemittances", .funds, .read, "List what was sent and received (拨付).") {
            request in
            try request.rows { (model) throws(StorageError) in try model.remittances(request.ledger) }
        },
        command(
            Remit.self, "funds/{fund}/remittances", .funds, .money, "Send money to another ledger (拨付).",
            creates: true
        ) { $0.fund = try $1.path("fund") },
        command(
            Receive.self, "funds/{fund}/receipts", .funds, .money, "Receive what another ledger sent.",
            creates: true
        ) { $0.fund = try $1.path("fund") },
        command(
            UndoRemit.self, "remittances/{event}/return", .funds, .money, "What was sent has come back."
        ) { $0.event = try $1.number("event") },
        command(
            UndoReceive.self, "receipts/{event}/return", .funds, .money, "Send back what was received."
        ) { $0.event = try $1.number("event") },
    ]
}

extension APIRequest {
    /// What the read model says, true at everything that the log holds now.
    func rows<Value>(
        _ body: (any ReadModelQueries) throws(StorageError) -> Value
    ) throws -> Value { try service.query(body) }
}

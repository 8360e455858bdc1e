import CBOR
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage
import OfflineTill
import StatementFormats

/// What a cashier brings.
struct SaleRequest: JSONBody {
    var voucher = ""
    var outlet = ""
    var terminal: String?
    var bill = Amount.zero
    var channel = "api"
    var order = ""
    var details: SaleDetails?

    init() {}

    static let fields: [JSONField<SaleRequest>] = [
        JSONField(
            "voucher", \.voucher, "What was scanned, the 20 digits that were typed, or the voucher's number.",
            .text(1...4096)),
        JSONField("outlet", \.outlet, "The outlet's platform id or number.", .text(1...64)),
        JSONField("terminal", \.terminal, "The terminal's serial.", .text(1...64)),
        JSONField("bill", \.bill, "The whole bill."),
        JSONField(optional: "channel", \.channel, "Where it was sold; api unless told.", .text(1...32)),
        JSONField("order", \.order, "The merchant's own number of the sale.", .text(1...64)),
        JSONField("details", \.details, "What was sold, for whoever disputes it later."),
    ]

    /// - Throws: ``AccessRefusal/elsewhere`` where whoever asks sells elsewhere.
    func resolved(_ request: APIRequest) throws -> CashierSale {
        var (outlet, terminal) = try request.service.till(outlet: outlet, terminal: terminal)
        try request.caller.demand(outlet: outlet)
        if let own = request.caller.terminal {
            guard terminal == .none || terminal == own else { throw AccessRefusal.elsewhere }
            terminal = own
        }
        return CashierSale(
            outlet: outlet, terminal: terminal, bill: bill, channel: channel, order: order, details: details)
    }
}

extension SaleDetails: JSONBody {
    static let fields: [JSONField<SaleDetails>] = [
        JSONField("branch", \.branch, "The branch of a chain.", .text(1...64)),
        JSONField("pointOfSale", \.pointOfSale, "The point of sale within the outlet.", .text(1...64)),
        JSONField("cashier", \.cashier, "The cashier's number; never a name.", .text(1...64)),
        JSONField("receipt", \.receipt, "The number on the customer's receipt.", .text(1...64)),
        JSONField("category", \.category, "What was sold; the outlet's category.", .text(1...64)),
        JSONField(
            "items", \.items, "What was bought; together they are the bill.",
            .items(1...SaleDetails.maximumItems)),
        JSONField("session", \.session, "The session (场次) that is paid for."),
    ]
}

extension SaleItem: JSONBody {
    static let fields: [JSONField<SaleItem>] = [
        JSONField("name", \.name, "What.", .text(1...64)),
        JSONField("quantity", \.quantity, "How many."),
        JSONField("listed", \.listed, "The listed price of one (明码标价)."),
        JSONField("paid", \.paid, "What was paid for one."),
        JSONField("code", \.code, "Its code in the programme's catalogue.", .text(1...64)),
    ]
}

/// What a redemption came to.
struct RedemptionAnswer: JSONObject {
    var event: UInt64
    var instant: Instant
    var terms: RedemptionTerms
    var bill: Amount
    var absorbedBy: ProgrammeID?

    static let fields: [JSONField<RedemptionAnswer>] = [
        JSONField(told: "event", "The event that records it; its proof is at /log/{ledger}/proof/{event}.") {
            $0.event
        },
        JSONField(told: "instant", "When the ledger decided it.") { $0.instant },
        JSONField(told: "redemption", "The redemption.") { $0.terms.redemption },
        JSONField(told: "bill", "The whole bill.") { $0.bill },
        JSONField(told: "subsidy", "What the voucher gives.") { $0.terms.subsidy.total },
        JSONField(told: "funds", "Which funds give it.") { $0.terms.subsidy.amounts },
        JSONField(told: "ownPaid", "What the customer pays (自付).") { $0.bill - $0.terms.subsidy.total },
        JSONField(told: "lapsed", "What of the voucher nobody can use any more.") { $0.terms.lapsed.total },
        JSONField(told: "left", "What stays in the voucher.", isRequired: false) { $0.terms.left },
        JSONField(
            told: "absorbedBy", "The programme that pays in the place of a voucher that was used elsewhere.",
            isRequired: false
        ) { $0.absorbedBy },
    ]

    init(_ receipt: RedemptionReceipt, bill: Amount) {
        (event, instant, terms) = (receipt.event, receipt.instant, receipt.terms)
        (self.bill, absorbedBy) = (bill, receipt.absorbedBy)
    }

    init(_ receipt: Receipt<Capture>, bill: Amount) {
        (event, instant, terms) = (receipt.event, receipt.instant, receipt.accepted.terms)
        self.bill = bill
    }
}

extension Authorise.Accepted: JSONObject {
    static let fields: [JSONField<Authorise.Accepted>] = [
        JSONField(told: "authorisation", "The authorisation.") { $0.authorisation },
        JSONField(told: "held", "The subsidy that is held.") { $0.held },
        JSONField(told: "expiry", "Until before when it can be captured.") { $0.expiry },
    ]
}

extension Capture: JSONBody {
    static let fields: [JSONField<Capture>] = [
        JSONField("bill", \.bill, "The final bill, at most the authorised one."),
        JSONField("order", \.order, "The merchant's own number of the sale.", .text(1...64)),
        JSONField("details", \.details, "What was sold, for whoever disputes it later."),
    ]
}

extension VoidAuthorisation: JSONBody {
    static let fields: [JSONField<VoidAuthorisation>] = []
}

extension VoidAuthorisation.Accepted: JSONObject {
    static let fields: [JSONField<VoidAuthorisation.Accepted>] = [
        JSONField(told: "voucher", "The voucher that is free again.") { $0.voucher }
    ]
}

extension Refund: JSONBody {
    static let fields: [JSONField<Refund>] = [
        JSONField("bill", \.bill, "How much of the bill is given back.")
    ]
}

extension Refund.Accepted: JSONObject {
    static let fields: [JSONField<Refund.Accepted>] = [
        JSONField(told: "subsidy", "What of the subsidy is given back.") { $0.subsidy.total },
        JSONField(told: "funds", "To which funds.") { $0.subsidy.amounts },
        JSONField(told: "reinstated", "Whether the voucher is usable again.") {
            $0.target == .voucher($0.voucher) && $0.subsidy.total > .zero
        },
    ]
}

extension RedemptionView: JSONObject {
    static var schemaName: String { "Redemption" }
    static let fields: [JSONField<RedemptionView>] = [
        JSONField(told: "redemption", "The redemption.") { $0.row.id },
        JSONField(told: "event", "The event that records it.") { $0.row.event },
        JSONField(told: "voucher", "The voucher.") { $0.row.voucher },
        JSONField(told: "merchant", "The merchant.") { $0.row.merchant },
        JSONField(told: "outlet", "The outlet.") { $0.row.outlet },
        JSONField(told: "terminal", "The terminal, where one was named.", isRequired: false) {
            $0.row.terminal == .none ? nil : $0.row.terminal
        },
        JSONField(told: "category", "The outlet's category.") { $0.row.category },
        JSONField(told: "bill", "The whole bill.") { $0.row.bill },
        JSONField(told: "subsidy", "What the voucher gave.") { $0.row.subsidy },
        JSONField(told: "refundedBill", "What of the bill was given back.") { $0.refundedBill },
        JSONField(told: "refundedSubsidy", "What of the subsidy was given back.") { $0.refundedSubsidy },
        JSONField(told: "channel", "Where it was sold.") { $0.row.channel },
        JSONField(told: "order", "The merchant's own number of the sale.") { $0.row.order },
        JSONField(told: "instant", "When.") { $0.row.instant },
        JSONField(told: "day", "The business day.") { $0.row.day },
    ]
}

extension AuthorisationView: JSONObject {
    static var schemaName: String { "Authorisation" }
    static let fields: [JSONField<AuthorisationView>] = [
        JSONField(told: "authorisation", "The authorisation.") { $0.row.id },
        JSONField(told: "voucher", "The voucher.") { $0.row.voucher },
        JSONField(told: "outlet", "The outlet.") { $0.row.outlet },
        JSONField(told: "bill", "The bill that was authorised.") { $0.row.bill },
        JSONField(told: "held", "The subsidy that is held.") { $0.row.held },
        JSONField(told: "order", "The merchant's own number of the sale.") { $0.row.order },
        JSONField(told: "expiry", "Until before when it can be captured.") { $0.row.expiry },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
    ]
}

/// What the ledger said to the sales of a batch.
struct TillAnswers: JSONObject {
    var answers: [TillAnswer]

    static let fields: [JSONField<TillAnswers>] = [
        JSONField(told: "answers", "One for each sale.") { $0.answers }
    ]
}

extension TillAnswer: JSONObject {
    static let fields: [JSONField<TillAnswer>] = [
        JSONField(told: "sequence", "The sale's number at the till.") { $0.sequence },
        JSONField(told: "attempt", "The attempt that is answered.") { $0.attempt },
        JSONField(told: "subsidy", "What was paid; nothing where it was refused.", isRequired: false) {
            $0.paid?.subsidy
        },
        JSONField(told: "event", "The event that records it.", isRequired: false) { $0.paid?.event },
        JSONField(told: "absorbed", "Whether a programme paid, for the voucher was spent elsewhere.") {
            if case .absorbed = $0.outcome { true } else { false }
        },
        JSONField(told: "refusal", "Why it was not paid.", isRequired: false) { $0.refusal?.code },
        JSONField(told: "sentence", "The same for people.", isRequired: false) {
            $0.refusal?.sentence.chinese
        },
        JSONField(told: "canRetry", "Whether another try later can help.", isRequired: false) {
            $0.refusal?.canRetry
        },
    ]

    private var paid: (subsidy: Amount, event: UInt64)? {
        switch outcome {
        case .paid(let subsidy, let event), .absorbed(let subsidy, let event): (subsidy, event)
        case .refused: nil
        }
    }

    private var refusal: (code: String, sentence: Sentence, canRetry: Bool)? {
        guard case .refused(let code, let sentence, let canRetry) = outcome else { return nil }
        return (code, sentence, canRetry)
    }
}

extension Endpoint {
    static let redemptions: [Endpoint] = [
        post(
            "redemptions", "redeem", .redemptions, .redeem, "Redeem a voucher for a sale at once (核销).",
            creates: true
        ) { (sale: SaleRequest, request: APIRequest) in
            let service = request.service
            var call = request.call
            call.instant = service.now
            let cashier = try sale.resolved(request)
            let receipt = try await service.redeem(
                try request.shown(sale.voucher, call), for: cashier, call)
            return (RedemptionAnswer(receipt, bill: sale.bill), receipt.isReplay)
        }.lane(.till),
        post(
            "authorisations", "authorise", .redemptions, .redeem, "Hold a voucher for a sale (预授权).",
            creates: true
        ) { (sale: SaleRequest, request: APIRequest) in
            let service = request.service
            let cashier = try sale.resolved(request)
            let receipt = try await service.perform(
                try service.authorisation(try request.shown(sale.voucher, request.call), cashier),
                request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.lane(.till),
        get(
            "authorisations/{authorisation}", "getAuthorisation", .redemptions, .read, "An authorisation."
        ) { request in
            let id: AuthorisationID = try request.path("authorisation")
            let view = try request.rows { (model) throws(StorageError) in
                try model.authorisation(id, request.ledger)
            }
            guard let view else { throw request.missing(.authorisation, id) }
            return view
        },
        post(
            "authorisations/{authorisation}/capture", "capture", .redemptions, .redeem,
            "Capture an authorised sale at its final bill.", creates: true
        ) { (asked: Capture, request: APIRequest) in
            var command = asked
            command.authorisation = try request.path("authorisation")
            try request.demandPlace(of: command.authorisation)
            let receipt = try await request.service.perform(command, request.call)
            return (RedemptionAnswer(receipt, bill: asked.bill), receipt.isReplay)
        }.lane(.till),
        command(
            VoidAuthorisation.self, "authorisations/{authorisation}/void", .redemptions, .redeem,
            "Undo an authorisation (撤销)."
        ) {
            $0.authorisation = try $1.path("authorisation")
            try $1.demandPlace(of: $0.authorisation)
        }.lane(.till),
        pages(
            "redemptions", "listRedemptions", .redemptions, .read,
            "Redemptions of some business days, by number.",
            query: [
                .field(
                    "from", BusinessDay.self, "The first business day; the first there is where left out."),
                .field("through", BusinessDay.self, "The last one; today where left out."),
            ]
        ) { request, window in
            let from: BusinessDay = try request.query("from") ?? BusinessDay(days: 0)
            let through: BusinessDay = try request.query("through") ?? request.service.today()
            let found = try request.rows { (model) throws(StorageError) in
                try model.redemptions(
                    from: from, through: through, after: RedemptionID(UInt32(clamping: window.offset)),
                    limit: window.limit + 1, request.ledger)
            }
            let page = Array(found.prefix(window.limit))
            return Page(
                page, next: found.count > page.count ? page.last.map { "\($0.row.id.rawValue)" } : nil)
        },
        get("redemptions/{redemption}", "getRedemption", .redemptions, .read, "A redemption.") { request in
            let id: RedemptionID = try request.path("redemption")
            let view = try request.rows { (model) throws(StorageError) in
                try model.redemption(id, request.ledger)
            }
            guard let view else { throw request.missing(.redemption, id) }
            return view
        },
        command(
            Refund.self, "redemptions/{redemption}/refunds", .redemptions, .refund,
            "Give a redemption back, whole or in part (退款).", creates: true
        ) {
            $0.redemption = try $1.path("redemption")
            try $1.demandPlace(of: $0.redemption)
        }.lane(.till),
        ask(
            "redemptions/{redemption}/refunds/preview", "previewRefund", .redemptions, .refund,
            "What a refund would do; it changes nothing."
        ) { (asked: Refund, request: APIRequest) in
            var command = asked
            command.redemption = try request.path("redemption")
            try request.demandPlace(of: command.redemption)
            return try request.service.preview(command, request.call)
        },
        upload(
            "orders/files", "orderFile", .redemptions, .redeem,
            "Do what a file of sales says, row by row, each with its own key.",
            file:
                "CSV with the columns key, action (redeem, authorise, capture, void, refund), voucher, outlet, terminal, bill_yuan, channel, order."
        ) { request in
            // A file is of many outlets: nobody sends one from a till.
            guard request.caller.outlet == nil else { throw AccessRefusal.elsewhere }
            let orders = try OrderFile(request.body)
            let refunds = orders.rows.contains { if case .refund = $0.action { true } else { false } }
            if refunds { try request.caller.demand(.refund) }
            if try !request.isPractice(), orders.rows.contains(where: { $0.time != nil }) {
                throw ServiceError.practiceOnly("A time column")
            }
            return try await request.service.run(orders, request.call)
        },
        Endpoint(
            method: .post, path: "outlets/{outlet}/till-packs", name: "makeTillPack", tag: .redemptions,
            summary:
                "What a till needs to sell offline, signed now; a key list that is old is published again first.",
            permission: .redeem, query: [.field("terminal", String.self, "The terminal's serial.")],
            answer: .file("application/cbor")
        ) { request in
            let (outlet, terminal) = try request.service.till(
                outlet: request.path["outlet"] ?? "", terminal: request.query["terminal"])
            try request.caller.demand(outlet: outlet)
            return APIAnswer(
                type: "application/cbor",
                content: .bytes(
                    try await request.service.tillPack(for: outlet, terminal: terminal, request.call)))
        },
        Endpoint(
            method: .post, path: "till-batches", name: "uploadTillBatch", tag: .redemptions,
            summary: "Book what a till sold offline: every sale under its own key, with its own answer.",
            permission: .redeem, body: .bytes("A batch as wenhui till upload writes it."),
            answer: .json({ TillAnswers.schema(in: &$0) }, example: TillAnswers.example)
        ) { request in
            let batch: TillBatch
            do {
                batch = try TillBatch(request.body)
            } catch {
                throw FieldFault("", Sentence("不是收银端的批次", "it is no till's batch: \(error)"))
            }
            try request.caller.demand(outlet: OutletID(batch.outlet))
            let answers = try await request.service.upload(batch, request.call)
            return .json(TillAnswers(answers: answers), in: request.ledger)
        },
    ]
}

import CBOR
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension HoldPayee: JSONBody {
    static let fields: [JSONField<HoldPayee>] = [
        JSONField("reason", \.reason, "Why; the merchant reads it.", .text(1...200))
    ]
}

extension ApprovePayeeChange: JSONBody {
    static let fields: [JSONField<ApprovePayeeChange>] = []
}

extension ApprovePayeeChange.Accepted: JSONObject {
    static let fields: [JSONField<ApprovePayeeChange.Accepted>] = [
        JSONField(told: "bankCode", "The bank's 联行号.") { $0.bankCode }
    ]
}

extension RejectPayeeChange: JSONBody {
    static let fields: [JSONField<RejectPayeeChange>] = [
        JSONField("reason", \.reason, "Why.", .text(1...200))
    ]
}

/// Another bank account as a request brings it.
struct PayeeChangeRequest: JSONBody {
    var name = ""
    var account = ""
    var bank = ""
    var evidence = ""

    static let fields: [JSONField<PayeeChangeRequest>] = [
        JSONField("name", \.name, "The name that the account is held in.", .text(1...300)),
        JSONField("account", \.account, "6 to 32 digits, dashes allowed.", .text(6...32)),
        JSONField("bank", \.bank, "The bank's 联行号, 12 digits.", .text(12...12)),
        JSONField("evidence", \.evidence, "The document that shows it.", .text(1...200)),
    ]

    func payeeAccount() throws(ServiceError) -> PayeeAccount {
        do throws(TextFault) {
            return try PayeeAccount(name: name, account: account, bankCode: bank)
        } catch {
            throw .invalid("The account \(error.sentence).")
        }
    }
}

/// That a change was proposed: its event, by which the second person names it.
struct PayeeChangeAnswer: JSONObject {
    var event: UInt64

    static let fields: [JSONField<PayeeChangeAnswer>] = [
        JSONField(told: "change", "The change, by its event.") { $0.event }
    ]
}

/// A change of a payee's account as the second person sees it.
struct WaitingChange: JSONObject {
    var payee: PayeeView

    static let fields: [JSONField<WaitingChange>] = [
        JSONField(told: "change", "The change, by its event.") { $0.payee.change?.row.event ?? 0 },
        JSONField(told: "name", "The name that the new account is held in.", isRequired: false) {
            $0.payee.newName
        },
        JSONField(told: "accountEnd", "The new account's last four digits.", isRequired: false) {
            $0.payee.newAccountEnd
        },
        JSONField(told: "bankCode", "The new bank's 联行号.") { $0.payee.change?.row.bankCode ?? "" },
        JSONField(told: "evidence", "The document that shows it.") { $0.payee.change?.row.evidence ?? "" },
        JSONField(told: "maker", "Who proposed it.", isRequired: false) { $0.payee.change?.row.maker },
    ]
}

extension PayeeView: JSONObject {
    static var schemaName: String { "Payee" }
    static let fields: [JSONField<PayeeView>] = [
        JSONField(told: "payee", "The payee.") { $0.id },
        JSONField(told: "creditCode", "统一社会信用代码.") { $0.creditCode },
        JSONField(told: "name", "The name that its account is held in.", isRequired: false) { $0.name },
        JSONField(told: "accountEnd", "The account's last four digits.", isRequired: false) {
            $0.accountEnd
        },
        JSONField(told: "bankCode", "The bank's 联行号.") { $0.bankCode },
        JSONField(told: "owed", "What it is owed; negative is a claw-back.") { $0.owed },
        JSONField(told: "hold", "Why it waits; missing where it does not.", isRequired: false) {
            view -> String? in
            switch view.hold {
            case nil: nil
            case .held(let reason, _, _): reason
            case .accountChange: "账户变更待审批"
            case .merchants: "商户暂停或黑名单"
            }
        },
        JSONField(told: "change", "The change that waits for a second person.", isRequired: false) {
            $0.change == nil ? nil : WaitingChange(payee: $0)
        },
    ]
}

extension MerchantStatement.Line: JSONObject {
    static var schemaName: String { "MerchantStatementLine" }
    static let fields: [JSONField<MerchantStatement.Line>] = [
        JSONField(told: "event", "The event of the log that it is.") { $0.event },
        JSONField(told: "kind", "What it is.") { $0.kind },
        JSONField(told: "day", "The business day.") { $0.day },
        JSONField(told: "instant", "When.") { $0.instant },
        JSONField(told: "outlet", "Where.", isRequired: false) { $0.outlet },
        JSONField(told: "order", "The merchant's reference of the sale.", isRequired: false) { $0.order },
        JSONField(told: "channel", "The channel.", isRequired: false) { $0.channel },
        JSONField(told: "gross", "The bill; what of it was given back is negative.") { $0.gross },
        JSONField(told: "subsidy", "What the merchant is owed for it, or owes.") { $0.subsidy },
        JSONField(told: "ownPaid", "What the customer paid.") { $0.ownPaid },
        JSONField(told: "corrects", "The redemption that it takes back.", isRequired: false) {
            $0.corrects?.redemption
        },
        JSONField(told: "payouts", "The settlements' lines that pay it, fund by fund.") { $0.payouts },
        JSONField(told: "open", "Whether something of it stands in no settlement.") { $0.isOpen },
    ]
}

extension MerchantStatement.Payout: JSONObject {
    static var schemaName: String { "MerchantPayout" }
    static let fields: [JSONField<MerchantStatement.Payout>] = [
        JSONField(told: "reference", "The settlement's line.") { $0.reference },
        JSONField(told: "through", "The last day that it pays for.") { $0.through },
        JSONField(told: "amount", "How much.") { $0.amount },
        JSONField(told: "status", "Where the money is.") { $0.status },
        JSONField(told: "expected", "When it is expected.", isRequired: false) { $0.expected },
        JSONField(told: "note", "The bank's reference, or why it was undone.") { $0.note },
    ]
}

extension MerchantStatement.OutletTotal: JSONObject {
    static var schemaName: String { "OutletTotal" }
    static let fields: [JSONField<MerchantStatement.OutletTotal>] = [
        JSONField(told: "outlet", "The outlet.") { $0.outlet },
        JSONField(told: "sales", "How many sales.") { UInt32(clamping: $0.sales) },
        JSONField(told: "gross", "The bills.") { $0.gross },
        JSONField(told: "subsidy", "The subsidy.") { $0.subsidy },
        JSONField(told: "ownPaid", "What customers paid.") { $0.ownPaid },
        JSONField(told: "refunds", "How many refunds and corrections.") { UInt32(clamping: $0.refunds) },
        JSONField(told: "refundedSubsidy", "The subsidy that went back.") { $0.refundedSubsidy },
        JSONField(told: "net", "What is owed for it.") { $0.net },
    ]
}

extension MerchantStatement: JSONObject {
    static var schemaName: String { "MerchantStatement" }
    static let fields: [JSONField<MerchantStatement>] = [
        JSONField(told: "merchant", "The merchant.") { $0.merchant.row.id },
        JSONField(told: "from", "The first day.") { $0.from },
        JSONField(told: "through", "The last day.") { $0.through },
        JSONField(told: "events", "How many events it is of.") { $0.events },
        JSONField(told: "total", "What is owed for the period, before what was paid back.") { $0.total },
        JSONField(told: "repaid", "What the merchant paid back in it.") { $0.repaid },
        JSONField(told: "unsettled", "What no settlement has taken yet.") { $0.unsettled },
        JSONField(told: "expected", "When that is expected.", isRequired: false) { $0.expected },
        JSONField(told: "belowMinimum", "Whether it is less than is paid out at once, and carried over.") {
            $0.isBelowMinimum
        },
        JSONField(told: "outlets", "Outlet by outlet.") { $0.outlets },
        JSONField(told: "lines", "Event by event.") { $0.lines },
        JSONField(told: "payouts", "The settlements that pay it.") { $0.payouts },
    ]
}

extension APIRequest {
    /// The days behind `from` and `through`, both needed.
    func period() throws -> (from: BusinessDay, through: BusinessDay) {
        guard let from: BusinessDay = try query("from") else {
            throw FieldFault("from", Sentence("缺少起始日期", "the first day is missing"))
        }
        guard let through: BusinessDay = try query("through") else {
            throw FieldFault("through", Sentence("缺少截止日期", "the last day is missing"))
        }
        guard from <= through else {
            throw FieldFault("through", Sentence("截止日期早于起始日期", "it is before from"))
        }
        guard through.days - from.days < 400 else {
            throw FieldFault("through", Sentence("期间最长四百天", "a period has at most 400 days"))
        }
        return (from, through)
    }
}

extension QueryField {
    /// The days of a period.
    static let period: [QueryField] = [
        .field("from", BusinessDay.self, "The first business day; needed."),
        .field("through", BusinessDay.self, "The last business day; needed."),
    ]
}

extension Endpoint {
    static let payees: [Endpoint] = [
        list("payees", "listPayees", .merchants, .trade, "List payees (收款方) and why they wait.") {
            request in
            let all = try request.service.payees()
            guard let merchant = request.caller.merchant else { return all }
            // A bookkeeper reads of its own merchant alone.
            let payee = try request.service.state { $0.merchants[merchant].payee }
            return all.filter { $0.id == payee }.map { view in
                var view = view
                if case .merchants(let stopped) = view.hold, !stopped.contains(merchant) { view.hold = nil }
                return view
            }
        },
        command(
            HoldPayee.self, "payees/{payee}/hold", .merchants, .settlements, "Hold what a payee is owed."
        ) {
            $0.payee = try $1.path("payee")
            $0.isHeld = true
        },
        post(
            "payees/{payee}/release", "releasePayee", .merchants, .approveSettlements,
            "Let a payee be paid again, as a second person."
        ) { (asked: ReasonRequest, request: APIRequest) in
            let payee: PayeeID = try request.path("payee")
            let receipt = try await request.service.perform(
                HoldPayee.with { ($0.payee, $0.isHeld, $0.reason) = (payee, false, asked.reason) },
                request.call)
            return (NoFields(), receipt.isReplay)
        },
        post(
            "payees/{payee}/changes", "proposePayeeChange", .merchants, .settlements,
            "Propose another bank account; nothing is paid until a second person has decided.", creates: true
        ) { (asked: PayeeChangeRequest, request: APIRequest) in
            let receipt = try await request.service.proposeChange(
                of: try request.path("payee"), to: try asked.payeeAccount(), evidence: asked.evidence,
                request.call)
            return (PayeeChangeAnswer(event: receipt.event), receipt.isReplay)
        },
        command(
            ApprovePayeeChange.self, "payees/{payee}/changes/{change}/approval", .merchants,
            .approveSettlements, "Take a payee's new bank account, as a second person."
        ) {
            $0.payee = try $1.path("payee")
            $0.proposal = try $1.number("change")
        },
        command(
            RejectPayeeChange.self, "payees/{payee}/changes/{change}/rejection", .merchants,
            .approveSettlements, "Turn a payee's new bank account down."
        ) {
            $0.payee = try $1.path("payee")
            $0.proposal = try $1.number("change")
        },
        get(
            "merchants/{merchant}/statement", "getMerchantStatement", .merchants, .trade,
            "What a merchant sold, what it is owed, and when the money comes.", query: QueryField.period
        ) { try $0.statement() },
        Endpoint(
            method: .get, path: "merchants/{merchant}/statement.xlsx", name: "downloadMerchantStatement",
            tag: .merchants, summary: "The same as a workbook.", permission: .trade,
            query: QueryField.period,
            answer: .file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            isChange: false
        ) { request in
            try .workbook(
                try request.statement().workbook(
                    in: request.ledger, at: try request.service.state { $0.lastInstant }))
        },
        file(
            "merchants/{merchant}/statement.csv", "getMerchantStatementLines", .merchants, .trade,
            "Its lines alone, event by event.", type: "text/csv", query: QueryField.period
        ) { try $0.statement().lines(in: $0.ledger).csv },
    ]
}

extension APIRequest {
    /// The statement of the address's merchant.
    fileprivate func statement() throws -> MerchantStatement {
        let id: MerchantID = try path("merchant")
        try caller.demand(merchant: id)
        let (from, through) = try period()
        return try service.statement(of: id, from: from, through: through)
    }
}

extension APIAnswer {
    /// A workbook as XLSX.
    static func workbook(_ workbook: Workbook) throws -> APIAnswer {
        APIAnswer(
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            content: .bytes(try workbook.xlsx()))
    }
}

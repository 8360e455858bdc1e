import CBOR
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension BuildSettlement: JSONBody {
    static let fields: [JSONField<BuildSettlement>] = [
        JSONField("through", \.through, "The last business day.")
    ]
}

extension BuildSettlement.Accepted: JSONObject {
    static let fields: [JSONField<BuildSettlement.Accepted>] = [
        JSONField(told: "settlement", "The new settlement.") { $0.settlement }
    ]
}

extension SealSummary: JSONObject {
    static let fields: [JSONField<SealSummary>] = [
        JSONField(told: "lines", "How many lines.") { $0.seal.lines },
        JSONField(told: "total", "What they come to.") { $0.seal.total },
        JSONField(told: "digest", "What was sealed.") { $0.seal.digest },
        JSONField(told: "carried", "How many are carried over to the next one.") {
            UInt32(clamping: $0.carried.count)
        },
    ]
}

extension WaitingMoney: JSONObject {
    static let fields: [JSONField<WaitingMoney>] = [
        JSONField(told: "payee", "To whom it is owed, by number.") { $0.payee.rawValue },
        JSONField(told: "fund", "By which fund.") { $0.fund },
        JSONField(told: "merchant", "Whose it is, where the payee's others are settled.", isRequired: false) {
            $0.merchant
        },
        JSONField(told: "amount", "How much; below zero where it is owed back.") { $0.amount },
        JSONField(told: "code", "Why, for programs.") { $0.reason.code },
        JSONField(told: "reason", "Why.") { $0.reason.sentence.chinese },
    ]
}

extension ApproveSettlement: JSONBody {
    static let fields: [JSONField<ApproveSettlement>] = []
}

extension UndoLine: JSONBody {
    static let fields: [JSONField<UndoLine>] = [
        JSONField("note", \.note, "The bank's reason.", .text(1...200))
    ]
}

extension UndoLine.Accepted: JSONObject {
    static let fields: [JSONField<UndoLine.Accepted>] = [
        JSONField(told: "fund", "The fund.") { $0.fund },
        JSONField(told: "amount", "What is owed again.") { $0.amount },
    ]
}

/// That a thing was done, line by line, without an event of its own.
struct DoneAnswer: JSONObject {
    var lines: Int

    static let fields: [JSONField<DoneAnswer>] = [
        JSONField(told: "lines", "How many lines it changed.") { UInt32(clamping: $0.lines) }
    ]
}

extension PaymentSummary: JSONObject {
    static let fields: [JSONField<PaymentSummary>] = [
        JSONField(told: "paid", "How many lines were paid.") { UInt32(clamping: $0.paid) },
        JSONField(told: "amount", "What they come to.") { $0.amount },
        JSONField(told: "failed", "How many failed.") { UInt32(clamping: $0.failed) },
        JSONField(told: "returned", "How many came back after they were paid.") {
            UInt32(clamping: $0.returned)
        },
        JSONField(told: "replayed", "How many had been posted before.") { UInt32(clamping: $0.replayed) },
        JSONField(told: "skipped", "Rows that were not posted.") {
            $0.skipped.map { SkippedRow(line: $0.line, reason: $0.reason) }
        },
    ]
}

extension SettlementView: JSONObject {
    static var schemaName: String { "Settlement" }
    static let fields: [JSONField<SettlementView>] = [
        JSONField(told: "settlement", "The settlement.") { $0.row.id },
        JSONField(told: "through", "The last business day.") { $0.row.through },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "maker", "Who built it.") { $0.row.maker },
        JSONField(told: "approvedBy", "Who approved it.", isRequired: false) { $0.approvedBy },
        JSONField(told: "instant", "When it was built.") { $0.row.instant },
    ]
}

extension SettlementLineView: JSONObject {
    static var schemaName: String { "SettlementLine" }
    static let fields: [JSONField<SettlementLineView>] = [
        JSONField(told: "line", "Its number.") { $0.row.line },
        JSONField(told: "payee", "Who is paid, by number.") { $0.row.payee.rawValue },
        JSONField(told: "fund", "By which fund.") { $0.row.fund },
        JSONField(told: "amount", "How much.") { $0.row.amount },
        JSONField(told: "merchants", "For which merchants.") { $0.row.merchants },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "note", "The bank's reference, or why it was undone.") { $0.note },
    ]
}

extension Endpoint {
    static let settlements: [Endpoint] = [
        list("settlements", "listSettlements", .settlements, .read, "List settlements (结算单).") { request in
            try request.rows { (model) throws(StorageError) in try model.settlements(request.ledger) }
        },
        command(
            BuildSettlement.self, "settlements", .settlements, .settlements,
            "Begin a settlement of everything that is owed through a day.", creates: true),
        list(
            "settlements/{settlement}/lines", "listSettlementLines", .settlements, .read,
            "The lines of a settlement."
        ) { request in
            let id: SettlementID = try request.path("settlement")
            guard try request.service.state({ $0.settlements.contains(id) }) else {
                throw request.missing(.settlement, id)
            }
            return try request.rows { (model) throws(StorageError) in
                try model.settlementLines(id, request.ledger)
            }
        },
        list(
            "settlements/{settlement}/waiting", "listWaitingMoney", .settlements, .read,
            "What a settlement through its last day leaves where it is (结转), as things are now, and why."
        ) { try $0.service.waiting(try $0.path("settlement")) },
        post(
            "settlements/{settlement}/seal", "sealSettlement", .settlements, .settlements,
            "Write a line for everyone who is owed something, and seal it."
        ) { (_: NoFields, request: APIRequest) in
            (try await request.service.seal(try request.path("settlement"), request.call), false)
        },
        command(
            ApproveSettlement.self, "settlements/{settlement}/approval", .settlements, .approveSettlements,
            "Approve a sealed settlement, as a second person."
        ) { $0.settlement = try $1.path("settlement") },
        post(
            "settlements/{settlement}/rejection", "rejectSettlement", .settlements, .approveSettlements,
            "Reject a sealed settlement: every line is owed again."
        ) { (asked: ReasonRequest, request: APIRequest) in
            try await request.service.reject(
                try request.path("settlement"), reason: asked.reason, request.call)
            return (NoFields(), false)
        },
        post(
            "settlements/{settlement}/hold", "holdSettlement", .settlements, .settlements,
            "Take the lines of merchants and payees that are held out, before the bank is asked."
        ) { (_: NoFields, request: APIRequest) in
            let count = try await request.service.holdLines(of: try request.path("settlement"), request.call)
            return (DoneAnswer(lines: count), false)
        },
        export(
            "settlements/{settlement}/export", "exportSettlement", .csv, "text/csv",
            "The payment instructions of an approved settlement, in the columns of the payment profile."),
        export(
            "settlements/{settlement}/credit-transfers", "exportCreditTransfers", .creditTransfer,
            "application/xml",
            "The same as ISO 20022 pain.001.001.09, for the debtors of the payment profile."),
        get(
            "payment-profile", "getPaymentProfile", .settlements, .settlements,
            "How the banks want to be asked (付款模板), as it was written."
        ) { request in
            WrittenAnswer<WrittenPaymentProfile>(try request.paymentProfiles.text())
        },
        post(
            "payment-profile", "keepPaymentProfile", .settlements, .approveSettlements,
            "Put another payment profile in its place; who exports with it is somebody else."
        ) { (asked: WrittenRequest<WrittenPaymentProfile>, request: APIRequest) in
            let profile = try asked.kept { try request.paymentProfiles.keep($0, request.call) }
            return (
                KeptProfile(
                    columns: profile.template.columns.map(\.title),
                    treasuries: profile.debtors.map(\.treasury)), false
            )
        },
        upload(
            "settlements/bank-returns", "postBankReturn", .settlements, .settlements,
            "Post what the bank says, line by line; the same file twice changes nothing.",
            file:
                "CSV with the columns reference, amount_yuan, date, status (paid, failed, returned), bank_reference, reason; or camt.053 or camt.054, which say so themselves."
        ) { try await $0.service.pay(try BankReturnFile($0.body), $0.call) },
        command(
            UndoLine.self, "settlements/{settlement}/lines/{line}/bounce", .settlements, .settlements,
            "A payment came back after it was confirmed: its line is owed again."
        ) {
            $0.settlement = try $1.path("settlement")
            $0.line = try $1.number("line")
            $0.reason = .bounced
        },
    ]
}

extension Endpoint {
    /// What a settlement asks the banks, in one form; `treasury` asks for one bill of it.
    private static func export(
        _ path: String, _ name: String, _ format: PaymentOrder.Format, _ type: String, _ summary: String
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, name: name, tag: .settlements, summary: summary,
            permission: .settlements,
            query: [
                .field(
                    "treasury", String.self,
                    "What this treasury pays alone; ask for the others' bills with the same idempotency key.")
            ], answer: .file(type)
        ) { request in
            let settlement: SettlementID = try request.path("settlement")
            let profile = try request.paymentProfiles.profile(exporting: settlement, as: format)
            let payers = try request.service.treasuries(of: settlement)
            let treasury = request.query["treasury"]
            if let treasury, !payers.isEmpty, !payers.contains(treasury) {
                throw FieldFault(
                    "treasury",
                    Sentence(
                        "该结算单由这些国库支付：\(payers.joined(separator: "、"))",
                        "it is none that pays this settlement: \(payers.joined(separator: ", "))"))
            }
            var order = try await request.service.export(settlement, request.call)
            if let treasury { order = order.bill(of: treasury) }
            let charset = format == .csv && profile.template.encoding == .gb18030 ? "gb18030" : "utf-8"
            return APIAnswer(
                type: "\(type); charset=\(charset)",
                content: .bytes(try order.bytes(as: format, profile)))
        }
    }
}

/// What was understood of a payment profile.
struct KeptProfile: JSONObject {
    var columns: [String]
    var treasuries: [String]

    static let fields: [JSONField<KeptProfile>] = [
        JSONField(told: "columns", "The columns of the CSV.") { $0.columns },
        JSONField(told: "treasuries", "The treasuries whose accounts it names.") { $0.treasuries },
    ]
}

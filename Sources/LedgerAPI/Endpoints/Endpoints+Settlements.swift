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
            "Take the lines of suspended and blacklisted merchants out."
        ) { (_: NoFields, request: APIRequest) in
            let count = try await request.service.holdLines(of: try request.path("settlement"), request.call)
            return (DoneAnswer(lines: count), false)
        },
        Endpoint(
            method: .post, path: "settlements/{settlement}/export", name: "exportSettlement",
            tag: .settlements, summary: "The payment instructions of an approved settlement.",
            permission: .settlements, answer: .file("text/csv")
        ) { request in
            let instructions = try await request.service.export(
                try request.path("settlement"), request.call)
            return APIAnswer(
                type: "text/csv; charset=utf-8",
                content: .bytes(Array(PaymentInstructionFile.text(instructions).utf8)))
        },
        upload(
            "settlements/bank-returns", "postBankReturn", .settlements, .settlements,
            "Post what the bank says, line by line; the same file twice changes nothing.",
            file:
                "CSV with the columns reference, amount_yuan, date, status (paid, failed), bank_reference, reason."
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

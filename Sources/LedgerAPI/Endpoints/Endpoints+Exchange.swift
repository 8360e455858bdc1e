import LedgerDomain
import LedgerService
import StatementFormats

extension DailyBatches.Delivery.Status: JSONName {}

/// What a platform does not take.
struct RejectionAnswer: JSONObject {
    var event: UInt64
    var reason: String

    static var schemaName: String { "DailyRejection" }
    static let fields: [JSONField<RejectionAnswer>] = [
        JSONField(told: "event", "The event of the record.") { $0.event },
        JSONField(told: "reason", "Why.") { $0.reason },
    ]
}

extension DailyBatches.Delivery: JSONObject {
    static var schemaName: String { "DailyBatchDelivery" }
    static let fields: [JSONField<DailyBatches.Delivery>] = [
        JSONField(told: "day", "The business day.") { $0.day },
        JSONField(told: "status", "How far its batch is.") { $0.status },
        JSONField(told: "count", "How often it was handed out.") { UInt32(clamping: $0.count) },
        JSONField(told: "sentAt", "When last.", isRequired: false) { $0.sentAt },
        JSONField(told: "digest", "SHA-256 of what was handed out.", isRequired: false) { $0.digest },
        JSONField(told: "receipt", "The platform's number of its receipt.", isRequired: false) { $0.receipt },
        JSONField(told: "accepted", "How many records it took.") { UInt32(clamping: $0.accepted) },
        JSONField(told: "rejected", "How many it did not take.") { UInt32(clamping: $0.rejected) },
        JSONField(told: "reasons", "Why, of the first few.") { delivery in
            delivery.reasons.map { RejectionAnswer(event: $0.event, reason: $0.reason) }
        },
    ]
}

/// What was understood of a receipt.
struct DailyReceiptAnswer: JSONObject {
    var receipt: DailyReceipt

    static var schemaName: String { "DailyReceipt" }
    static let fields: [JSONField<DailyReceiptAnswer>] = [
        JSONField(told: "day", "The business day.") { $0.receipt.day },
        JSONField(told: "receipt", "The platform's number of it.") { $0.receipt.number },
        JSONField(told: "accepted", "How many records it took.") { UInt32(clamping: $0.receipt.accepted) },
        JSONField(told: "rejected", "How many it did not take.") {
            UInt32(clamping: $0.receipt.rejected.count)
        },
    ]
}

extension APIRequest {
    /// One of the files for auditors' software.
    fileprivate func accountingData(_ wanted: AccountingDataFile.Name) throws -> [UInt8] {
        let text: String = try query("period") ?? ""
        guard let period = ReportPeriod(text.contains("-") ? .month : .year, text) else {
            throw FieldFault("period", Sentence("期间形如 2018-06 或 2018", "it looks like 2018-06 or 2018"))
        }
        var bytes: [UInt8] = []
        _ = try service.accountingData(period, detail: false) { name, text in
            if name == wanted { bytes += Array(text.utf8) }
        }
        return bytes
    }
}

extension QueryField {
    fileprivate static let months = QueryField.field(
        "period", String.self, "A month, 2018-06, or a year, 2018; needed.")
}

extension Endpoint {
    static let exchange: [Endpoint] = [
        pages(
            "daily-batches", "listDailyBatches", .closing, .exchange,
            "List the days that are over, and how far their batches (日批) for the city's platform are.",
            query: [.field("from", BusinessDay.self, "The first day; the ledger's first unless told.")]
        ) { request, window in
            Page(try request.dailyBatches.deliveries(from: try request.query("from")), window)
        },
        file(
            "daily-batches/{day}", "getDailyBatch", .closing, .exchange,
            "A day's batch: JSON, one record a line after the head. Again, it is the same.",
            type: "application/jsonl"
        ) { try $0.dailyBatches.batch(try $0.path("day")).bytes },
        file(
            "daily-batches/{day}/signature", "getDailyBatchSignature", .closing, .exchange,
            "The signature of a day's batch: a signed note about its SHA-256.", type: "text/plain"
        ) { try $0.dailyBatches.signed(try $0.path("day")).note },
        upload(
            "daily-batches/receipts", "postDailyReceipt", .closing, .exchange,
            "Take the platform's receipt (回执), where it is one of that day's batch; the same again changes nothing.",
            file: "JSON with format, ledger, day, digest, records, accepted, rejected and number.",
            isDocument: true
        ) { request in
            DailyReceiptAnswer(receipt: try request.dailyBatches.receive(request.body, request.call))
        },
        file(
            "accounting-data/common", "getAccountingArchive", .closing, .audit,
            "公共档案.xml of whole months for auditors' software, in the manner of GB/T 24589.2-2010.",
            type: "application/xml", query: [.months]
        ) { try $0.accountingData(.common) },
        file(
            "accounting-data/general-ledger", "getAccountingData", .closing, .audit,
            "总账.xml of whole months: accounts, balances, a voucher (记账凭证) for each day.",
            type: "application/xml", query: [.months]
        ) { try $0.accountingData(.generalLedger) },
    ]
}

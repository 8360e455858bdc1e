import LedgerDomain

/// Why a request was not done, as the client gets it (RFC 9457).
package struct ProblemDocument: JSONObject {
    package var type = "about:blank"
    /// The status in words.
    package var title: String
    package var status: Int
    /// What programs go by; it never changes.
    package var code: String
    /// What people read, in the language that was asked for.
    package var detail: String
    /// The field at fault.
    package var field: String?
    /// The event that records a refusal.
    package var event: UInt64?

    package init(
        title: String, status: Int, code: String, detail: String, field: String? = nil, event: UInt64? = nil
    ) {
        self.title = title
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field
        self.event = event
    }

    static var schemaName: String { "Problem" }
    static let fields: [JSONField<ProblemDocument>] = [
        JSONField(told: "type", "Always about:blank: the code says what it is.") { $0.type },
        JSONField(told: "title", "The status in words.") { $0.title },
        JSONField(told: "status", "The status.") { UInt32(clamping: $0.status) },
        JSONField(told: "code", "What programs go by; it never changes.") { $0.code },
        JSONField(told: "detail", "What people read, in the language that was asked for.") { $0.detail },
        JSONField(told: "field", "The field at fault, such as details.items.0.paid.", isRequired: false) {
            $0.field
        },
        JSONField(told: "event", "The event that records a refusal.", isRequired: false) { $0.event },
    ]

    /// The document as it is sent.
    package var bytes: [UInt8] { writtenJSON(self, in: LedgerCode(0)) }

    /// The document as an example.
    var document: Document {
        .object([
            "type": .text(type), "title": .text(title), "status": .integer(Int64(status)),
            "code": .text(code), "detail": .text(detail),
            "event": event.map { .integer(Int64($0)) },
        ])
    }
}

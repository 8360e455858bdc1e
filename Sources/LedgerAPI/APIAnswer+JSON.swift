import LedgerDomain
import LedgerService

extension APIAnswer {
    static func json(
        _ value: some JSONValue, in ledger: LedgerCode, isReplay: Bool = false, cookie: SignInCookie? = nil
    ) -> APIAnswer {
        APIAnswer(
            type: "application/json", content: .bytes(writtenJSON(value, in: ledger)), isReplay: isReplay,
            cookie: cookie)
    }
}

/// What a command came to: the event that records it, when, and what was decided.
struct CommandAnswer<Asked: Operation>: JSONValue where Asked.Accepted: JSONObject {
    let receipt: Receipt<Asked>

    func write(to text: inout JSONText, in ledger: LedgerCode) {
        text.object { text in
            for field in EventFields.fields {
                field.write(EventFields(event: receipt.event, instant: receipt.instant), &text, ledger)
            }
            for field in Asked.Accepted.fields { field.write(receipt.accepted, &text, ledger) }
        }
    }

    static func schema(in book: inout SchemaBook) -> Document {
        book.reference("\(Asked.schemaNameOfAnswer)") { book in
            let own = objectSchema(EventFields.fields, isClosed: false, &book)
            let accepted = objectSchema(Asked.Accepted.fields, isClosed: false, &book)
            return .object([
                "type": "object",
                "properties": own["properties"]?.adding(accepted["properties"] ?? [:]),
                "required": .list((own["required"]?.elements ?? []) + (accepted["required"]?.elements ?? [])),
            ])
        }
    }

    static var example: Document { EventFields.example.adding(Asked.Accepted.example) }
}

/// What every answer to a command has.
struct EventFields: JSONObject {
    var event: UInt64
    var instant: Instant

    static let fields: [JSONField<EventFields>] = [
        JSONField(told: "event", "The event that records it; its proof is at /log/{ledger}/proof/{event}.") {
            $0.event
        },
        JSONField(told: "instant", "When the ledger decided it.") { $0.instant },
    ]
}

extension Operation {
    static var schemaNameOfAnswer: String { "\(Self.self)Answer" }
}

extension Document {
    /// The elements of a list; none of anything else.
    var elements: [Document] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }
}

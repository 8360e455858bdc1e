import LedgerDomain

/// Which part of a list is asked for.
struct PageWindow: Sendable {
    var offset: Int
    var limit: Int

    init(_ request: APIRequest) throws {
        guard let offset = Int(request.query["after"] ?? "0"), offset >= 0 else {
            throw FieldFault("after", Sentence("应为上一页的 next", "it must be the next of the page before"))
        }
        guard let limit = Int(request.query["limit"] ?? "100"), (1...500).contains(limit) else {
            throw FieldFault("limit", Sentence("应为 1 至 500", "it must be 1 to 500"))
        }
        self.offset = offset
        self.limit = limit
    }
}

/// A part of a list and where the next begins.
struct Page<Item: JSONObject>: JSONObject {
    var items: [Item]
    var next: String?

    init(_ all: [Item], _ window: PageWindow) {
        let rest = all.dropFirst(window.offset)
        items = Array(rest.prefix(window.limit))
        next = rest.count > window.limit ? String(window.offset + window.limit) : nil
    }

    /// A page that was read as one; `next` where there are more.
    init(_ items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    static var schemaName: String { "\(Item.schemaName)Page" }

    static var fields: [JSONField<Page>] {
        [
            JSONField(told: "items", "What there is, in order.") { $0.items },
            JSONField(
                told: "next", "What after is for the next page; missing on the last.", isRequired: false
            ) {
                $0.next
            },
        ]
    }
}

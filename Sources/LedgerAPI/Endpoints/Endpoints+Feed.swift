import CBOR
import Cryptography
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage

/// One side of a posting.
struct AccountAnswer: JSONObject {
    var account: Account

    static let fields: [JSONField<AccountAnswer>] = [
        JSONField(told: "kind", "The kind of account.") { $0.account.kind },
        JSONField(told: "owner", "The number of its owner within its kind; 0 for a fund's own.") {
            $0.account.owner
        },
    ]
}

extension Posting: JSONObject {
    static let fields: [JSONField<Posting>] = [
        JSONField(told: "kind", "What it records.") { $0.kind },
        JSONField(told: "undoes", "Whether it is the mirror of an earlier one.") { $0.undoes },
        JSONField(told: "debit", "Which account is debited.") { AccountAnswer(account: $0.debit) },
        JSONField(told: "credit", "Which account is credited.") { AccountAnswer(account: $0.credit) },
        JSONField(told: "fund", "The fund; missing for points.", isRequired: false) {
            $0.fund == .none ? nil : $0.fund
        },
        JSONField(told: "amount", "How much; points where fund is missing.") { $0.amount },
    ]
}

extension RecordedEvent: JSONObject {
    static var schemaName: String { "Event" }

    static let fields: [JSONField<RecordedEvent>] =
        [
            JSONField(told: "event", "Its number; its proof is at /log/{ledger}/proof/{event}.") {
                $0.number
            },
            JSONField(told: "instant", "When the ledger decided it.") { $0.event.instant },
            JSONField(told: "type", "What was asked.") { $0.event.record.type },
            JSONField(told: "by", "Who asked.") { $0.event.principal.name },
            JSONField(told: "refusal", "Why the ledger said no; missing where it did not.", isRequired: false)
            {
                $0.event.record.refusal?.code
            },
            JSONField(told: "postings", "The money that moved.") { $0.event.postings },
        ] + subjects

    private static let subjects: [JSONField<RecordedEvent>] = [
        JSONField(told: "batch", "The batch.", isRequired: false) { $0.subject.batch },
        JSONField(told: "voucher", "The voucher.", isRequired: false) { $0.subject.voucher },
        JSONField(told: "authorisation", "The authorisation.", isRequired: false) {
            $0.subject.authorisation
        },
        JSONField(told: "redemption", "The redemption.", isRequired: false) { $0.subject.redemption },
        JSONField(told: "merchant", "Who sold.", isRequired: false) { $0.subject.merchant },
        JSONField(told: "outlet", "Where.", isRequired: false) { $0.subject.outlet },
        JSONField(told: "order", "The merchant's own number of the sale.", isRequired: false) {
            $0.subject.order
        },
        JSONField(told: "channel", "Through which channel.", isRequired: false) { $0.subject.channel },
        JSONField(told: "bill", "The whole bill, or what of it was given back.", isRequired: false) {
            $0.subject.bill
        },
        JSONField(told: "subsidy", "The subsidy, or what of it was given back.", isRequired: false) {
            $0.subject.subsidy
        },
        JSONField(told: "day", "The business day that settlements count it to.", isRequired: false) {
            $0.subject.day
        },
        JSONField(told: "session", "The session (场次).", isRequired: false) { $0.subject.session },
        JSONField(told: "award", "The award (奖补).", isRequired: false) { $0.subject.award },
        JSONField(told: "settlement", "The settlement.", isRequired: false) { $0.subject.settlement },
        JSONField(told: "line", "Its line.", isRequired: false) { $0.subject.line },
        JSONField(told: "note", "The bank's reference, or why a line was undone.", isRequired: false) {
            $0.subject.note
        },
    ]
}

/// A part of the feed; `next` is there even at its end, for whoever comes back later.
struct FeedAnswer<Item: JSONObject>: JSONObject {
    var items: [Item]
    var next: UInt64
    var isEnd: Bool

    static var schemaName: String { "\(Item.schemaName)Feed" }
    static var fields: [JSONField<FeedAnswer>] {
        [
            JSONField(
                told: "items", "What happened, in order; few or none of a rare type, and yet not the end."
            ) {
                $0.items
            },
            JSONField(told: "next", "What from is for the next page.") { $0.next },
            JSONField(told: "isEnd", "Whether there was nothing more when it was read.") { $0.isEnd },
        ]
    }
}

extension PayoutView: JSONObject {
    static var schemaName: String { "Payout" }
    static let fields: [JSONField<PayoutView>] = [
        JSONField(told: "settlement", "The settlement.") { $0.line.row.settlement },
        JSONField(told: "line", "Its line.") { $0.line.row.line },
        JSONField(told: "fund", "The fund that pays.") { $0.line.row.fund },
        JSONField(told: "status", "How far it is.") { $0.line.status },
        JSONField(told: "reference", "The bank's reference; missing until it is paid.", isRequired: false) {
            $0.line.status == .paid && !$0.line.note.isEmpty ? $0.line.note : nil
        },
    ]
}

extension Transaction: JSONObject {
    static let fields: [JSONField<Transaction>] = [
        JSONField(told: "event", "The event with the money that it moved.") { $0.event },
        JSONField(told: "payouts", "The settlement lines that pay what it made owed, fund by fund.") {
            $0.payouts
        },
    ]
}

extension Webhook: JSONObject {
    static let fields: [JSONField<Webhook>] = [
        JSONField(told: "webhook", "Its number, which is the event's that made it.") { $0.number },
        JSONField(told: "address", "Where events are sent.") { $0.address },
        JSONField(told: "types", "The types that it hears of; all where there are none.") { $0.types },
        JSONField(told: "next", "The first event that it has not been told of.") { $0.next },
        JSONField(told: "failures", "How often in a row it did not take them.") { $0.failures },
        JSONField(told: "dueAt", "When it is tried again; missing where nothing is wrong.", isRequired: false)
        {
            $0.failures == 0 ? nil : $0.dueAt
        },
        JSONField(told: "fault", "What went wrong last.", isRequired: false) {
            $0.fault.isEmpty ? nil : $0.fault
        },
    ]
}

/// An address that events may be sent to.
struct WebhookAddress: JSONScalar {
    var text = ""

    init() {}
    init?(raw: String, in ledger: LedgerCode) {
        guard Webhooks.isAddress(raw) else { return nil }
        text = raw
    }
    func raw(in ledger: LedgerCode) -> String { text }
    static var expectation: Sentence {
        Sentence(
            "应以 https:// 开头，本机可用 http://，最多 140 字节",
            "it must begin with https://, or on this machine with http://, and have at most 140 bytes")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "maxLength": 140]
    }
    static var example: Document { "http://127.0.0.1:9000/events" }
}

/// Where events are to be sent.
struct WebhookRequest: JSONBody {
    var address = WebhookAddress()
    var types: [OperationType] = []
    var from: UInt64?

    init() {}

    static let fields: [JSONField<WebhookRequest>] = [
        JSONField("address", \.address, "By https, or by http on this machine."),
        JSONField(
            optional: "types", \.types,
            "The types to hear of; all but what happened at the door unless told.",
            .items(0...Webhooks.maximumTypes)),
        JSONField("from", \.from, "The first event to hear of; what happens from now on unless told."),
    ]
}

/// A webhook as it was made.
struct WebhookAnswer: JSONObject {
    var webhook: Webhook
    var secret: String

    static let fields: [JSONField<WebhookAnswer>] = [
        JSONField(told: "webhook", "The webhook.") { $0.webhook },
        JSONField(
            told: "secret",
            "The key, 32 bytes in hexadecimal, of Wenhui-Signature: t=SECONDS,v1=HMAC-SHA-256 of the seconds, a full stop and the body."
        ) { $0.secret },
    ]
}

/// From which event on a webhook is told again.
struct ReplayRequest: JSONBody {
    var from: UInt64 = 0

    init() {}

    static let fields: [JSONField<ReplayRequest>] = [
        JSONField("from", \.from, "The first event to send again.")
    ]
}

extension QueryField {
    /// Where the feed begins and which events are in it.
    fileprivate static let feed: [QueryField] = [
        .field(
            "from", UInt64.self,
            "The number of the first event; 0 unless told, and the next of the page before."),
        QueryField(
            name: "types",
            about:
                "The types of events, with commas between them; all but recordAccess, which needs the scope audit, unless told."
        ) {
            let names = OperationType.schema(in: &$0)["enum"]?.elements.compactMap(\.plainText) ?? []
            let name = "(\(names.joined(separator: "|")))"
            return ["type": "string", "pattern": .text("^\(name)(,\(name))*$")]
        },
    ]
}

extension Document {
    fileprivate var plainText: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

extension APIRequest {
    /// The number of the event that a feed begins with.
    fileprivate func feedStart() throws -> UInt64 {
        guard let text = query["from"] else { return 0 }
        guard let from = UInt64(text), text.first != "+", UInt64(raw: from, in: ledger) != nil else {
            throw FieldFault("from", UInt64.expectation)
        }
        return from
    }

    fileprivate func feedFilter() throws -> EventFilter {
        guard let text = query["types"] else { return .all }
        let types = try text.split(separator: ",", omittingEmptySubsequences: false).map {
            guard let type = OperationType(raw: String($0), in: ledger) else {
                throw FieldFault("types", OperationType.expectation)
            }
            return type
        }
        try demandFeed(of: types)
        return .types(Set(types))
    }

    /// - Throws: ``AccessRefusal/scope`` where these are not for whoever asks: what happened at the door is auditors'.
    fileprivate func demandFeed(of types: [OperationType]) throws(AccessRefusal) {
        try caller.demand(.read)
        if types.contains(.recordAccess) { try caller.demand(.audit) }
    }

    fileprivate func feedLimit() throws -> Int { try PageWindow(self).limit }

    fileprivate var webhooks: Webhooks { Webhooks(service, reception.office) }
}

extension Endpoint {
    static let feed: [Endpoint] = [
        get(
            "events", "listEvents", .feed, .read, "What happened, from an event on (事件流).",
            query: QueryField.feed + QueryField.page.filter { $0.name == "limit" }
        ) { request in
            let page = try request.service.feed(
                from: try request.feedStart(), try request.feedFilter(), limit: try request.feedLimit())
            return FeedAnswer(items: page.events, next: page.next, isEnd: page.isEnd)
        },
        Endpoint(
            method: .get, path: "events/stream", name: "followEvents", tag: .feed,
            summary: "What happens, as it happens: server-sent events, each with its number as its id.",
            permission: .read, query: QueryField.feed, answer: .file("text/event-stream"), isChange: false
        ) { request in
            let start = try request.resumedFrom ?? request.feedStart()
            let filter = try request.feedFilter()
            return APIAnswer(
                type: "text/event-stream", content: .stream(EventStream(request.service, from: start, filter))
            )
        },
        get(
            "transactions", "listTransactions", .feed, .read,
            "Every movement of money with its payout, from an event on (交易流水).",
            query: QueryField.feed.filter { $0.name == "from" }
                + QueryField.page.filter { $0.name == "limit" }
        ) { request in
            let (transactions, page) = try request.service.transactions(
                from: try request.feedStart(), limit: try request.feedLimit())
            return FeedAnswer(items: transactions, next: page.next, isEnd: page.isEnd)
        },
        file(
            "receipts/{event}", "getReceipt", .feed, .audit,
            "An event with the proof that the log has it (回执, C2SP tlog-proof), which wenhui receipt verify checks.",
            type: "text/plain"
        ) { try $0.service.receiptFile(of: try $0.number("event")) },
        list("webhooks", "listWebhooks", .feed, .administer, "Who outside is told of events.") {
            try $0.webhooks.all()
        },
        get("webhooks/{event}", "getWebhook", .feed, .administer, "One of them, and how it goes.") {
            try $0.webhooks.find(try $0.number("event"))
        },
        post(
            "webhooks", "makeWebhook", .feed, .administer, "Tell somebody outside of events from now on.",
            creates: true
        ) { (asked: WebhookRequest, request) in
            try request.demandFeed(of: asked.types)
            let made = try await request.webhooks.make(
                asked.address.text, types: asked.types, from: asked.from, request.call)
            return (WebhookAnswer(webhook: made.webhook, secret: made.secret.hexadecimal), made.isReplay)
        },
        ask(
            "webhooks/{event}/replays", "replayWebhook", .feed, .administer,
            "Tell a webhook everything again from an event on; a retry does so again."
        ) { (asked: ReplayRequest, request) in
            try request.webhooks.replay(try request.number("event"), from: asked.from)
        },
        post(
            "webhooks/{event}/removal", "removeWebhook", .feed, .administer, "Remove a webhook for good."
        ) { (_: NoFields, request) in
            let receipt = try await request.webhooks.remove(try request.number("event"), request.call)
            return (EventFields(event: receipt.event, instant: receipt.instant), receipt.isReplay)
        },
    ]
}

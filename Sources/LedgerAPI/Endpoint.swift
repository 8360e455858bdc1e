package import HTTPTypes
package import LedgerService

/// One operation of the interface: where it is, who may ask for it, what it takes and what it answers.
///
/// The router, the check of permissions and the description (OpenAPI) are all made from it.
package struct Endpoint: Sendable {
    package var method: HTTPRequest.Method
    /// Below `/v1/ledgers/{ledger}/`, such as `programmes/{programme}/approval`; empty for the ledger itself.
    package var path: String
    /// What programs that are generated from the description call it; unique.
    package var name: String
    package var tag: Tag
    package var summary: String
    /// What whoever asks must have; `nil` where anybody may ask, to be let in.
    package var permission: Permission?
    /// What is taken from the address behind `?`.
    var query: [QueryField] = []
    var body: Body = .none
    var answer: Answering
    /// What it answers with when all is well.
    package var status: HTTPResponse.Status = .ok
    /// Whether it changes something: it then needs an idempotency key.
    package var isChange = true
    /// What it edits, where `If-Match` may say which state of it was seen.
    var edited: EditedResource?
    /// What it shows that is edited elsewhere.
    var shown: EditedResource?
    /// Where it runs, so that nobody at a till waits behind an office.
    package var lane = Lane.office
    let run: @Sendable (APIRequest) async throws -> APIAnswer

    /// Who waits for it.
    package enum Lane: Sendable {
        /// Somebody stands at a till: it waits for the writer's answer and for nothing else.
        case till
        /// Many ask at the same second; it reads before it asks the writer.
        case claim
        /// Everything that reads, for as long as it takes.
        case office
        /// Passwords are slow on purpose, and few at a time.
        case door
        /// Terminals come with a signature, and all in the same morning; and with what a telephone was sent.
        case terminal
    }

    /// The same for everybody, who shows nothing yet; it takes no key.
    func open(_ lane: Lane) -> Endpoint {
        var endpoint = self
        endpoint.permission = nil
        endpoint.isChange = false
        endpoint.lane = lane
        return endpoint
    }

    /// The same in another lane.
    func lane(_ lane: Lane) -> Endpoint { setting(\.lane, lane) }

    /// The same but for one thing.
    func setting<Value>(_ path: WritableKeyPath<Endpoint, Value>, _ value: Value) -> Endpoint {
        var endpoint = self
        endpoint[keyPath: path] = value
        return endpoint
    }

    /// The chapters of the description.
    package enum Tag: String, CaseIterable, Sendable {
        case ledger = "Ledger 账簿"
        case funds = "Funds 资金"
        case programmes = "Programmes 活动"
        case batches = "Batches 批次"
        case lotteries = "Lotteries 摇号"
        case access = "Access 账号与终端"
        case residents = "Residents 居民"
        case mine = "Mine 我的"
        case vouchers = "Vouchers 消费券"
        case tokens = "Tokens 核销码"
        case redemptions = "Redemptions 核销"
        case merchants = "Merchants 商户"
        case supply = "Sessions and awards 场次与奖补"
        case settlements = "Settlements 结算"
        case closing = "Reports and differences 报表与差异"
        case feed = "Events 事件与回调"
        case book = "Book 账本"
    }

    enum Body: Sendable {
        case none
        case json(@Sendable (inout SchemaBook) -> Document, example: Document)
        /// A file as it is; what it is.
        case file(String)
        /// A JSON document of somebody else's, as it is.
        case document(String)
        /// Bytes of ours.
        case bytes(String)
        /// Several files.
        case form([FormFile])
    }

    enum Answering: Sendable {
        case json(@Sendable (inout SchemaBook) -> Document, example: Document)
        /// A file of a media type.
        case file(String)
    }

    /// The whole address below `/v1`.
    package var address: String { "/ledgers/{ledger}" + (path.isEmpty ? "" : "/\(path)") }

    /// Whether `If-Match` may come with it.
    package var takesIfMatch: Bool { edited != nil }

    /// Whether it goes on being sent as things happen.
    var isStream: Bool { if case .file("text/event-stream") = answer { true } else { false } }

    /// Whether its answers have an entity tag, and whether nothing but the tag is answered to whoever has it (304).
    package var hasEntityTag: Bool { method == .get && !isStream }
    package var answersNotModified: Bool { hasEntityTag && shown == nil }

    /// The names of what may stand behind `?`.
    package var queryNames: [String] { query.map(\.name) }

    /// The media type that a body must have; `nil` where there is none.
    package var bodyType: String? {
        switch body {
        case .none: nil
        case .json: "application/json"
        case .file: fileType
        case .document: "application/json"
        case .bytes: "application/octet-stream"
        case .form: "multipart/form-data"
        }
    }

    /// What a file of an office is.
    var fileType: String { tag == .programmes ? "application/yaml" : "text/csv" }

    /// The most bytes that a file may have, or several together.
    static let fileLimit = 32 << 20

    /// The most bytes that a body may have.
    package var maximumBody: Int {
        switch body {
        case .none, .json: 65_536
        case .file, .document, .bytes, .form: Endpoint.fileLimit
        }
    }
}

/// A field of the address behind `?`, always one that may be left out.
struct QueryField: Sendable {
    var name: String
    var about: String
    var schema: @Sendable (inout SchemaBook) -> Document

    static func field<Value: JSONScalar>(_ name: String, _ type: Value.Type, _ about: String) -> QueryField {
        QueryField(name: name, about: about) { Value.schema(in: &$0) }
    }

    /// The two fields of every long list.
    static let page: [QueryField] = [
        QueryField(name: "after", about: "Where the last page ended: its next.") { _ in
            ["type": "string", "pattern": "^[0-9]{1,18}$"]
        },
        QueryField(name: "limit", about: "How many at most; 100 unless told, 500 at most.") { _ in
            ["type": "integer", "minimum": 1, "maximum": 500]
        },
    ]
}

/// One of several files that are sent together.
struct FormFile: Sendable {
    var name: String
    var about: String
    var isRequired = false
    /// The most bytes that it may have.
    var limit = Endpoint.fileLimit
}

/// What an endpoint answers: a document or a file.
package struct APIAnswer: Sendable {
    package var type: String
    package var content: Content
    /// What an edit of what is shown rests on; empty for what there is not.
    var version: String?
    /// Whether the ledger had given this answer before, to the same key.
    package var isReplay = false
    /// What the browser is to keep, or to forget.
    package var cookie: SignInCookie?

    package enum Content: Sendable {
        case bytes([UInt8])
        /// What goes on being sent.
        case stream(EventStream)
    }
}

/// What a sign-in leaves with a browser: a cookie that no script reads.
package enum SignInCookie: Sendable {
    case keep(SignIn)
    case forget
}

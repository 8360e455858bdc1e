import HTTPTypes
import LedgerDomain
import LedgerService
import Yams

/// The description of the interface (OpenAPI 3.1), made from the endpoints that the router serves.
package enum OpenAPI {
    /// The document as it is in `Schema/openapi.yaml`.
    package static func yaml() throws -> String {
        try Yams.serialize(node: document.node, width: -1, allowUnicode: true, sortKeys: false)
    }

    /// The same, made once.
    package static let text = Result { try yaml() }

    static var document: Document {
        var book = SchemaBook()
        let problem = ProblemDocument.schema(in: &book)
        var paths: [Document.Member] = []
        for endpoint in Endpoint.all {
            let operation = Document.Member(
                name: endpoint.method.rawValue.lowercased(), value: operation(endpoint, &book))
            if let place = paths.firstIndex(where: { $0.name == endpoint.address }) {
                paths[place].value = paths[place].value.adding(.map([operation]))
            } else {
                paths.append(
                    Document.Member(
                        name: endpoint.address,
                        value: .map([
                            .init(name: "parameters", value: .list(pathParameters(endpoint, &book))),
                            operation,
                        ])))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Wenhui 文惠", "version": "1",
                "summary": "A ledger for public money handed out as cultural consumption vouchers.",
                "description": .text(about),
            ],
            "servers": [["url": "http://127.0.0.1:8080/v1", "description": "This machine."]],
            "security": [["key": []], ["signIn": []], ["terminal": []]],
            "tags": .list(Endpoint.Tag.allCases.map { ["name": .text($0.rawValue)] }),
            "paths": .map(paths),
            "components": [
                "schemas": .map(book.schemas), "responses": .map(responses(problem)),
                "parameters": [
                    "IdempotencyKey": idempotencyKey, "IfMatch": ifMatch, "IfNoneMatch": ifNoneMatch,
                    "LastEventID": lastEventID, "AcceptLanguage": acceptLanguage,
                ],
                "examples": .map(refusals),
                "securitySchemes": [
                    "key": [
                        "type": "http", "scheme": "bearer",
                        "description":
                            "A machine's key, from wenhui api-key create; an operation names the scope that it needs in x-scope. A resident's app shows its sign-in's token the same way.",
                    ],
                    "signIn": [
                        "type": "apiKey", "in": "cookie", "name": "wenhui-370782",
                        "description":
                            "A person's sign-in, from POST sign-in, in a cookie that ends in the ledger's code; every change brings X-CSRF-Token besides.",
                    ],
                    "terminal": [
                        "type": "apiKey", "in": "header", "name": "Signature",
                        "description":
                            "A terminal's day session, from POST terminals/sessions: HTTP message signatures (RFC 9421) with hmac-sha256 over @method, @target-uri and, where there are any, content-digest and idempotency-key; with created and keyid.",
                    ],
                ],
            ],
        ]
    }

    private static let about = """
        Amounts are whole fen (分). Times are RFC 3339 with an offset. Things have numbers with a check digit, such as \
        V370782-00000001-5; requests may bring the bare number. Whatever changes something takes an Idempotency-Key: the \
        same key with the same request gets the first answer again, with Idempotency-Replayed: true. Errors are RFC 9457 \
        problems whose code never changes. A field that an object does not have is refused.
        """

    private static func operation(_ endpoint: Endpoint, _ book: inout SchemaBook) -> Document {
        var parameters: [Document] = endpoint.query.map { field in
            [
                "name": .text(field.name), "in": "query", "required": false,
                "description": .text(field.about), "schema": field.schema(&book),
            ]
        }
        if endpoint.isChange { parameters.append(["$ref": "#/components/parameters/IdempotencyKey"]) }
        if endpoint.takesIfMatch { parameters.append(["$ref": "#/components/parameters/IfMatch"]) }
        if endpoint.answersNotModified { parameters.append(["$ref": "#/components/parameters/IfNoneMatch"]) }
        if endpoint.isStream { parameters.append(["$ref": "#/components/parameters/LastEventID"]) }
        parameters.append(["$ref": "#/components/parameters/AcceptLanguage"])
        var answers: [Document.Member] = [
            .init(name: "\(endpoint.status.code)", value: success(endpoint, &book))
        ]
        if endpoint.answersNotModified {
            answers.append(.init(name: "304", value: ["description": "It is what If-None-Match says."]))
        }
        for (status, name) in failures(of: endpoint) {
            answers.append(.init(name: status, value: ["$ref": .text("#/components/responses/\(name)")]))
        }
        return .object([
            "operationId": .text(endpoint.name), "tags": [.text(endpoint.tag.rawValue)],
            "summary": .text(endpoint.summary), "x-scope": endpoint.permission.map { .text($0.rawValue) },
            "security": endpoint.permission == nil ? .list([]) : nil,
            "parameters": .list(parameters), "requestBody": body(endpoint, &book),
            "responses": .map(answers),
        ])
    }

    private static func body(_ endpoint: Endpoint, _ book: inout SchemaBook) -> Document? {
        switch endpoint.body {
        case .none: nil
        case .json(let schema, let example):
            [
                "required": true,
                "content": ["application/json": ["schema": schema(&book), "example": example]],
            ]
        case .file(let about), .document(let about), .bytes(let about):
            [
                "required": true, "description": .text(about),
                "content": .map([.init(name: endpoint.bodyType ?? "", value: [:])]),
            ]
        case .form(let files):
            [
                "required": true,
                "content": .map([.init(name: endpoint.bodyType ?? "", value: ["schema": schema(of: files)])]),
            ]
        }
    }

    private static func schema(of files: [FormFile]) -> Document {
        [
            "type": "object",
            "properties": .map(
                files.map { file in
                    .init(
                        name: file.name,
                        value: [
                            "type": "string", "contentMediaType": "application/octet-stream",
                            "description": .text(file.about),
                        ])
                }),
            "required": .list(files.filter(\.isRequired).map { .text($0.name) }),
            "additionalProperties": false,
        ]
    }

    private static func success(_ endpoint: Endpoint, _ book: inout SchemaBook) -> Document {
        let content: Document =
            switch endpoint.answer {
            case .json(let schema, let example):
                ["application/json": ["schema": schema(&book), "example": example]]
            case .file(let type): .map([.init(name: type, value: [:])])
            }
        let replayed: Document = [
            "Idempotency-Replayed": [
                "description": "true where this is the answer to an earlier request with the same key.",
                "schema": ["type": "string", "const": "true"],
            ]
        ]
        let tag: Document = [
            "ETag": [
                "description":
                    .text(
                        endpoint.shown == nil
                            ? "The validator of this answer, for If-None-Match."
                            : "Stands for what can be edited of it, for If-Match; running figures do not change it."
                    ),
                "schema": ["type": "string"],
            ]
        ]
        let headers = endpoint.isChange ? replayed : endpoint.hasEntityTag ? tag : nil
        return .object(["description": "Done.", "headers": headers, "content": content])
    }

    private static func pathParameters(_ endpoint: Endpoint, _ book: inout SchemaBook) -> [Document] {
        endpoint.address.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            let name = String(part.dropFirst().dropLast())
            return [
                "name": .text(name), "in": "path", "required": true,
                "schema": PathParameters.schema(of: name, &book),
            ]
        }
    }

    /// The problems that an operation may answer with, by status.
    private static func failures(of endpoint: Endpoint) -> [(String, String)] {
        var all = [
            ("400", "Invalid"), ("401", "Unauthenticated"), ("403", "Forbidden"), ("404", "NotFound"),
            ("422", "Refused"), ("429", "TooMany"), ("500", "Fault"), ("503", "Busy"),
        ]
        switch endpoint.body {
        case .none: break
        default: all += [("413", "TooLarge"), ("415", "MediaType")]
        }
        if endpoint.takesIfMatch { all.append(("412", "Changed")) }
        return all.sorted { $0.0 < $1.0 }
    }

    private static func responses(_ problem: Document) -> [Document.Member] {
        func response(_ about: String, _ examples: Document? = nil) -> Document {
            [
                "description": .text(about),
                "content": [
                    "application/problem+json": .object(["schema": problem, "examples": examples])
                ],
            ]
        }
        let references = Document.map(
            refusals.map { .init(name: $0.name, value: ["$ref": .text("#/components/examples/\($0.name)")]) })
        return [
            ("Invalid", response("What was sent cannot be meant; field says where.")),
            ("Unauthenticated", response("No key was shown, or none that opens this ledger.")),
            ("Forbidden", response("The key may not do this.")),
            ("NotFound", response("There is no such thing.")),
            ("Changed", response("It is not what If-Match says any more: look again.")),
            ("TooLarge", response("The body is longer than it may be.")),
            ("MediaType", response("The body is not of the type that is described.")),
            (
                "Refused",
                response("The ledger said no; event is the record of it, where there is one.", references)
            ),
            ("TooMany", response("Too many requests of one caller; Retry-After says when to try again.")),
            ("Fault", response("The system has a fault; nothing is known of what was asked.")),
            ("Busy", response("Too much is waiting; Retry-After says when to try again, with the same key.")),
        ].map { Document.Member(name: $0.0, value: $0.1) }
    }

    /// Every reason that the ledger has to say no.
    private static var refusals: [Document.Member] {
        Refusal.allCases.sorted { $0.code < $1.code }.map { refusal in
            Document.Member(
                name: refusal.code,
                value: [
                    "value": ProblemDocument(
                        title: "Unprocessable Content", status: 422, code: refusal.code,
                        detail: refusal.sentence.chinese, event: refusal.isRecorded ? 42 : nil
                    ).document
                ])
        }
    }

    private static let idempotencyKey: Document = [
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description":
            "Unique for the caller: 1 to 255 visible ASCII characters. A retry brings the same one.",
        "schema": ["type": "string", "pattern": "^[!-~]{1,255}$"],
        "example": "till-7-20180602-0001",
    ]

    private static let ifMatch: Document = [
        "name": "If-Match", "in": "header", "required": false,
        "description": "The ETag that was seen: done only where nobody has changed it since.",
        "schema": ["type": "string"],
    ]

    private static let ifNoneMatch: Document = [
        "name": "If-None-Match", "in": "header", "required": false,
        "description": "The ETag of what is there already: 304 where it is still the same.",
        "schema": ["type": "string"],
    ]

    private static let lastEventID: Document = [
        "name": "Last-Event-ID", "in": "header", "required": false,
        "description": "The id of the last event that was seen, which goes before from.",
        "schema": ["type": "string"],
    ]

    private static let acceptLanguage: Document = [
        "name": "Accept-Language", "in": "header", "required": false,
        "description": "The language of sentences: zh (which it is without this) or en.",
        "schema": ["type": "string"],
    ]
}

/// What the parts of addresses are.
enum PathParameters {
    static func schema(of name: String, _ book: inout SchemaBook) -> Document {
        switch name {
        case "ledger": LedgerCode.schema(in: &book)
        case "fund": FundID.schema(in: &book)
        case "plan": PlanID.schema(in: &book)
        case "programme": ProgrammeID.schema(in: &book)
        case "batch": BatchID.schema(in: &book)
        case "voucher": VoucherID.schema(in: &book)
        case "authorisation": AuthorisationID.schema(in: &book)
        case "redemption": RedemptionID.schema(in: &book)
        case "merchant": MerchantID.schema(in: &book)
        case "session": SessionID.schema(in: &book)
        case "award": AwardID.schema(in: &book)
        case "settlement": SettlementID.schema(in: &book)
        case "credential", "key": KeyID.schema(in: &book)
        case "event": UInt64.schema(in: &book)
        case "line": UInt32.schema(in: &book)
        case "kind": Account.Kind.schema(in: &book)
        default: ["type": "string", "minLength": 1, "maxLength": 64]
        }
    }
}

extension Document {
    /// The document as Yams writes it.
    fileprivate var node: Node {
        switch self {
        case .text(let text):
            // Quoted where it would be read as something else: a number, a date, a truth value.
            Node(text, Tag(.str), text.isPlain ? .any : .doubleQuoted)
        case .integer(let number): Node(String(number), Tag(.int))
        case .flag(let flag): Node(flag ? "true" : "false", Tag(.bool))
        case .list(let elements): Node(elements.map(\.node), Tag(.seq))
        case .map(let members):
            Node(members.map { (Document.text($0.name).node, $0.value.node) }, Tag(.map))
        }
    }
}

extension String {
    /// Whether no reader takes it for anything but a text.
    fileprivate var isPlain: Bool {
        guard let first, first.isLetter,
            !["true", "false", "null", "yes", "no", "on", "off"].contains(lowercased())
        else { return false }
        return !contains("\n")
    }
}

import HTTPTypes
import LedgerDomain
import LedgerService
import StatementFormats

extension Endpoint {
    /// An operation of the ledger as it is: the body is the command's fields, but for those in the address.
    static func command<Asked: Operation & JSONBody>(
        _ type: Asked.Type, _ path: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        creates: Bool = false,
        addressed: @escaping @Sendable (inout Asked, APIRequest) throws -> Void = { _, _ in }
    ) -> Endpoint where Asked.Accepted: JSONObject {
        Endpoint(
            method: .post, path: path, name: "\(Asked.self)".loweringFirst, tag: tag, summary: summary,
            permission: permission,
            body: Asked.fields.isEmpty ? .none : .json({ Asked.schema(in: &$0) }, example: Asked.example),
            answer: .json({ CommandAnswer<Asked>.schema(in: &$0) }, example: CommandAnswer<Asked>.example),
            status: creates ? .created : .ok
        ) { request in
            var command = Asked.fields.isEmpty ? Asked() : try request.body(Asked.self)
            try addressed(&command, request)
            let receipt = try await request.service.perform(command, request.call)
            return .json(
                CommandAnswer(receipt: receipt), in: request.ledger, isReplay: receipt.isReplay)
        }
    }

    /// Something that is done with an object of its own.
    static func post<Asked: JSONBody, Answer: JSONValue>(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        creates: Bool = false,
        _ body: @escaping @Sendable (Asked, APIRequest) async throws -> (Answer, isReplay: Bool)
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, name: name, tag: tag, summary: summary, permission: permission,
            body: Asked.fields.isEmpty ? .none : .json({ Asked.schema(in: &$0) }, example: Asked.example),
            answer: .json({ Answer.schema(in: &$0) }, example: Answer.example),
            status: creates ? .created : .ok
        ) { request in
            let asked = Asked.fields.isEmpty ? Asked() : try request.body(Asked.self)
            let (answer, isReplay) = try await body(asked, request)
            return .json(answer, in: request.ledger, isReplay: isReplay)
        }
    }

    /// Something that is asked with an object, for what no address should have; it changes nothing in the ledger.
    static func ask<Asked: JSONBody, Answer: JSONValue>(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        _ body: @escaping @Sendable (Asked, APIRequest) async throws -> Answer
    ) -> Endpoint {
        var endpoint = post(path, name, tag, permission, summary) { (asked: Asked, request: APIRequest) in
            (try await body(asked, request), false)
        }
        endpoint.isChange = false
        return endpoint
    }

    /// Something that is done with a file.
    static func upload<Answer: JSONObject>(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        file about: String, isDocument: Bool = false, query: [QueryField] = [],
        _ body: @escaping @Sendable (APIRequest) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, name: name, tag: tag, summary: summary, permission: permission,
            query: query, body: isDocument ? .document(about) : .file(about),
            answer: .json({ Answer.schema(in: &$0) }, example: Answer.example)
        ) { request in
            do {
                return .json(try await body(request), in: request.ledger)
            } catch let faults as RowFaults {
                throw ServiceError.rows(faults)
            }
        }
    }

    /// Something that is done with several files.
    static func form<Answer: JSONObject>(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        files: [FormFile], query: [QueryField] = [],
        _ body: @escaping @Sendable (MultipartForm, APIRequest) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, name: name, tag: tag, summary: summary, permission: permission,
            query: query, body: .form(files),
            answer: .json({ Answer.schema(in: &$0) }, example: Answer.example)
        ) { request in
            let form = try MultipartForm(
                request.body, request.contentType, taking: files.map { ($0.name, $0.limit) })
            for file in files where file.isRequired && form.parts[file.name] == nil {
                throw MultipartForm.missing(file.name)
            }
            return .json(try await body(form, request), in: request.ledger)
        }
    }

    /// One thing.
    static func get<Answer: JSONObject>(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        query: [QueryField] = [], _ body: @escaping @Sendable (APIRequest) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, name: name, tag: tag, summary: summary, permission: permission,
            query: query, answer: .json({ Answer.schema(in: &$0) }, example: Answer.example),
            isChange: false
        ) { .json(try await body($0), in: $0.ledger) }
    }

    /// Many things, page by page.
    static func pages<Item: JSONObject>(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        query: [QueryField] = [],
        _ body: @escaping @Sendable (APIRequest, PageWindow) async throws -> Page<Item>
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, name: name, tag: tag, summary: summary, permission: permission,
            query: query + QueryField.page,
            answer: .json({ Page<Item>.schema(in: &$0) }, example: Page<Item>.example), isChange: false
        ) { request in
            let window = try PageWindow(request)
            return .json(try await body(request, window), in: request.ledger)
        }
    }

    /// Things that are few enough to be read at once, page by page.
    static func list<Item: JSONObject>(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String,
        _ body: @escaping @Sendable (APIRequest) async throws -> [Item]
    ) -> Endpoint {
        pages(path, name, tag, permission, summary) { Page(try await body($0), $1) }
    }

    /// A file to be kept as it is.
    static func file(
        _ path: String, _ name: String, _ tag: Tag, _ permission: Permission, _ summary: String, type: String,
        query: [QueryField] = [], _ body: @escaping @Sendable (APIRequest) async throws -> [UInt8]
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, name: name, tag: tag, summary: summary, permission: permission,
            query: query, answer: .file(type), isChange: false
        ) { APIAnswer(type: type, content: .bytes(try await body($0))) }
    }
}

extension String {
    /// With a small letter at its beginning.
    fileprivate var loweringFirst: String { prefix(1).lowercased() + dropFirst() }
}

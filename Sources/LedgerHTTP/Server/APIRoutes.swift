import Foundation
import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerDomain
import LedgerService
import NIOCore

/// `/v1`: every endpoint of the interface, and its description.
///
/// Whoever is not let in learns nothing of what was asked: that is decided before anything of it is read.
struct APIRoutes {
    private let directory: any LedgerDirectory
    private let reception: Reception
    private let outside: Outside
    /// Whether this server speaks TLS itself.
    private let isEncrypted: Bool
    private let admissions = BlockingThreads("admissions", count: 2, capacity: 8_192)
    /// Passwords take sixty-four megabytes each while they are checked.
    private let door = BlockingThreads("door", count: 2, capacity: 64)
    private let terminals = BlockingThreads("terminals", count: 2, capacity: 1_024)
    private let claims = BlockingThreads("claims", count: 32, capacity: 8_192, niceness: .some)
    private let office = BlockingThreads("office", count: 4, capacity: 256, niceness: .much)

    private let streams = StreamLimit(64, each: 8)

    private let callers: RateLimiter
    /// For whoever shows what is no key.
    private let strangers: RateLimiter
    /// For residents and terminals that come to be let in: thousands of them may share a carrier's address.
    private let crowd: RateLimiter

    /// - Parameters:
    ///   - perSecond: how many requests a second each key may send.
    ///   - strangers: how many without a good key an address may send at once, and then in a minute.
    init(
        _ directory: any LedgerDirectory, _ reception: Reception, outside: Outside,
        perSecond: Double, strangers: Double,
        isEncrypted: Bool
    ) {
        self.directory = directory
        self.reception = reception
        self.outside = outside
        self.isEncrypted = isEncrypted
        self.strangers = RateLimiter(perSecond: strangers / 60, burst: strangers)
        crowd = RateLimiter(perSecond: strangers, burst: strangers * 20)
        callers = RateLimiter(perSecond: perSecond, burst: perSecond * 2)
    }

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1")
        group.get("openapi.yaml") { _, _ in
            var response = Response.plain(try OpenAPI.text.get(), cached: "public, no-cache")
            response.headers[.contentType] = "application/yaml"
            return response
        }
        group.get("acceptance.json") { _, _ in
            var response = Response.plain(AcceptanceKit.json, cached: "public, no-cache")
            response.headers[.contentType] = "application/json"
            return response
        }
        for (address, endpoints) in Dictionary(grouping: Endpoint.all, by: \.address) {
            let path = RouterPath(address)
            for endpoint in endpoints {
                group.on(path, method: endpoint.method) { request, context in
                    try await answer(request, to: endpoint, context)
                }
            }
            let allowed = endpoints.map(\.method)
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options, .trace, .query]
            where !allowed.contains(method) {
                group.on(path, method: method) { _, _ -> Response in
                    var problem = Problem(.methodNotAllowed)
                    problem.allowed = allowed.contains(.get) ? allowed + [.head] : allowed
                    throw problem
                }
            }
        }
    }

    private func answer(
        _ request: Request, to endpoint: Endpoint, _ context: ServerContext
    ) async throws -> Response {
        let service = try directory.ledger(named: try context.parameters.require("ledger"))
        let (caller, shown) = try await caller(of: request, to: endpoint, service, context)
        let body = try await body(of: request, for: endpoint)
        if case .signature = shown, endpoint.bodyType != nil,
            !ContentDigest.isOf(body, request.headers[.contentDigest])
        {
            throw AccessRefusal.signature
        }
        let asked = APIRequest(
            service, by: caller, at: reception, outside: outside,
            from: context.address(of: request), key: try key(of: request, for: endpoint),
            path: Dictionary(
                context.parameters.map {
                    (String($0.key), $0.value.removingPercentEncoding ?? String($0.value))
                }, uniquingKeysWith: { $1 }),
            query: try query(of: request, for: endpoint), body: body,
            contentType: request.headers[.contentType] ?? "",
            lastEventID: request.headers[.lastEventID], ifMatch: request.headers[.ifMatch])
        let answer: APIAnswer
        do {
            answer = try await run(endpoint, asked)
        } catch let refusal as AccessRefusal where refusal.isDenial {
            try await record(caller, endpoint, service)
            throw refusal
        }
        var headers: HTTPFields = [.contentType: answer.type, .cacheControl: "no-store"]
        if answer.isReplay { headers[.idempotencyReplayed] = "true" }
        if let cookie = answer.cookie {
            let isEncrypted = isEncrypted || context.isForwardedEncrypted(request)
            let name = CookieName(service.ledger, isEncrypted: isEncrypted)
            headers[.setCookie] = cookie.header(name, isEncrypted: isEncrypted, at: service.now)
        }
        switch answer.content {
        case .bytes(let bytes):
            if endpoint.hasEntityTag, let tag = answer.entityTag {
                headers[.eTag] = tag
                if endpoint.answersNotModified, request.headers[.ifNoneMatch]?.contains(tag) == true {
                    return Response(status: .notModified, headers: headers)
                }
            }
            return Response(
                status: endpoint.status, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let stream):
            headers[.proxyBuffering] = "no"
            let body = stream.body(on: office, try streams.take("\(service.ledger) \(caller.name)")) {
                [reception] in
                guard let shown else { return false }
                return (try? reception.admit(shown, of: service, isUse: false).get()) == caller
            }
            return Response(status: endpoint.status, headers: headers, body: body)
        }
    }

    private func run(_ endpoint: Endpoint, _ asked: APIRequest) async throws -> APIAnswer {
        switch endpoint.lane {
        case .till: try await endpoint.answer(asked)
        case .claim: try await claims.run { try await endpoint.answer(asked) }
        case .office: try await office.run { try await endpoint.answer(asked) }
        case .door: try await door.run { try await endpoint.answer(asked) }
        case .terminal: try await terminals.run { try await endpoint.answer(asked) }
        }
    }

    /// Who asks, where they may; and what they showed, `nil` where nothing needs to be.
    private func caller(
        of request: Request, to endpoint: Endpoint, _ service: LedgerService, _ context: ServerContext
    ) async throws -> (Caller, Reception.Shown?) {
        guard let permission = endpoint.permission else {
            let limiter = endpoint.lane == .door ? strangers : crowd
            try limiter.demand(context.address(of: request))
            return (Caller(.system, []), nil)
        }
        let caller: Caller
        let shown: Reception.Shown
        do {
            shown = try self.shown(by: request, to: endpoint, service, context).get()
            let known =
                if let known = reception.recall(shown, of: service) {
                    known
                } else {
                    try await admissions.run { try reception.admit(shown, of: service) }
                }
            caller = try known.get()
        } catch let refusal as AccessRefusal {
            try strangers.demand(context.address(of: request))
            throw refusal
        }
        try callers.demand(caller.name)
        guard caller.permissions.contains(permission) else {
            try await record(caller, endpoint, service)
            throw AccessRefusal.scope
        }
        return (caller, shown)
    }

    /// What a request shows: a signature, a key, a sign-in.
    private func shown(
        by request: Request, to endpoint: Endpoint, _ service: LedgerService, _ context: ServerContext
    ) -> Result<Reception.Shown, AccessRefusal> {
        if request.headers[.signatureInput] != nil {
            var covered = ["@method", "@target-uri"]
            if endpoint.isChange { covered.append(HTTPField.Name.idempotencyKey.canonicalName) }
            if endpoint.bodyType != nil { covered.append(HTTPField.Name.contentDigest.canonicalName) }
            return Result { () throws(AccessRefusal) in
                let target = context.target(of: request, isEncrypted: isEncrypted)
                return .signature(
                    try RequestSignature(request.head, target: target, covering: covered).message)
            }
        }
        if let text = request.bearer {
            if let key = AccessKey(text) { return .success(.key(key)) }
            return SignIn(text).map { .success(.signIn($0, .held)) } ?? .failure(.unknown)
        }
        let name = CookieName(
            service.ledger, isEncrypted: isEncrypted || context.isForwardedEncrypted(request))
        guard let text = name.value(in: request) else { return .failure(.missing) }
        guard let signIn = SignIn(text) else { return .failure(.signedOut) }
        let isSafe = request.method == .get || request.method == .head
        return .success(
            .signIn(
                signIn,
                .cookie(forgeryToken: request.headers[.forgeryToken], isChange: !isSafe)))
    }

    /// Records that somebody who was let in asked for what they may not do; the first time in an hour.
    private func record(_ caller: Caller, _ endpoint: Endpoint, _ service: LedgerService) async throws {
        guard reception.isNewDenial(caller, endpoint.name, of: service.ledger) else { return }
        try await service.recordDenial(of: caller, endpoint.name)
    }

    private func key(of request: Request, for endpoint: Endpoint) throws -> String {
        guard endpoint.isChange else { return "" }
        guard let key = request.headers[.idempotencyKey] else {
            throw Problem(
                .badRequest, "idempotency-key.missing",
                Sentence("缺少请求头 Idempotency-Key", "The header Idempotency-Key is missing."))
        }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(
                .badRequest, "idempotency-key.invalid",
                Sentence(
                    "Idempotency-Key 应为 1 至 255 个可见 ASCII 字符",
                    "Idempotency-Key has 1 to 255 visible ASCII characters."))
        }
        return key
    }

    private func query(of request: Request, for endpoint: Endpoint) throws -> [String: String] {
        var query: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            let name = String(name)
            guard endpoint.queryNames.contains(name) else {
                throw FieldFault(name, Sentence("这个地址没有这个参数", "this address does not take it"))
            }
            guard query.updateValue(String(value), forKey: name) == nil else {
                throw FieldFault(name, Sentence("出现了两次", "it is there twice"))
            }
        }
        return query
    }

    private func body(of request: Request, for endpoint: Endpoint) async throws -> [UInt8] {
        guard let type = endpoint.bodyType else {
            let body = try await collected(request, upTo: 0)
            return body
        }
        guard let given = request.headers[.contentType], MediaType(from: given)?.isType(type) == true else {
            throw Problem(
                .unsupportedMediaType, "media-type",
                Sentence("请求体应为 \(type)", "The body must be \(type), and Content-Type must say so."))
        }
        return try await collected(request, upTo: endpoint.maximumBody)
    }

    private func collected(_ request: Request, upTo limit: Int) async throws -> [UInt8] {
        var request = request
        do {
            return Array(buffer: try await request.collectBody(upTo: max(limit, 1)))
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            throw Problem(
                .contentTooLarge, "body.too-large",
                limit == 0
                    ? Sentence("这个地址不接受请求体", "This address takes no body.")
                    : Sentence("请求体最多 \(limit) 字节", "The body has at most \(limit) bytes."))
        }
    }
}

extension HTTPRequest.Method {
    /// A safe request with a body (draft-ietf-httpbis-safe-method-w-body).
    fileprivate static let query = HTTPRequest.Method(rawValue: "QUERY") ?? .trace
}

extension MediaType {
    /// Whether it is `type/subtype`, whatever its parameters.
    fileprivate func isType(_ text: String) -> Bool {
        let parts = text.split(separator: "/")
        return parts.count == 2 && type.rawValue == parts[0] && subType == parts[1]
    }
}

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
    private let desk: KeyDesk
    private let claims = BlockingThreads("claims", count: 4, capacity: 8_192)
    private let office = BlockingThreads("office", count: 4, capacity: 256)

    private let callers: RateLimiter
    /// For whoever shows what is no key.
    private let strangers: RateLimiter

    /// - Parameters:
    ///   - perSecond: how many requests a second each key may send.
    ///   - strangers: how many without a good key an address may send at once, and then in a minute.
    init(_ directory: any LedgerDirectory, _ desk: KeyDesk, perSecond: Double, strangers: Double) {
        self.directory = directory
        self.desk = desk
        self.strangers = RateLimiter(perSecond: strangers / 60, burst: strangers)
        callers = RateLimiter(perSecond: perSecond, burst: perSecond * 2)
    }

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1")
        group.get("openapi.yaml") { _, _ in
            var response = Response.plain(try OpenAPI.text.get(), cached: "public, no-cache")
            response.headers[.contentType] = "application/yaml"
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
        let caller: Caller
        switch try desk.admit(request.bearer, to: endpoint.permission, of: service) {
        case .success(let known): caller = known
        case .failure(let refusal):
            try strangers.demand(context.address(of: request))
            throw refusal
        }
        try callers.demand(caller.principal.name)
        let asked = APIRequest(
            service, by: caller, key: try key(of: request, for: endpoint),
            path: Dictionary(
                context.parameters.map {
                    (String($0.key), $0.value.removingPercentEncoding ?? String($0.value))
                }, uniquingKeysWith: { $1 }),
            query: try query(of: request, for: endpoint), body: try await body(of: request, for: endpoint))
        let answer =
            switch endpoint.lane {
            case .till: try await endpoint.run(asked)
            case .claim: try await claims.run { try await endpoint.run(asked) }
            case .office: try await office.run { try await endpoint.run(asked) }
            }
        var headers: HTTPFields = [.contentType: answer.type, .cacheControl: "no-store"]
        if answer.isReplay { headers[.idempotencyReplayed] = "true" }
        return Response(
            status: endpoint.status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.bytes)))
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

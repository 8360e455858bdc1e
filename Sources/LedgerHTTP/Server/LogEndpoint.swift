import AuditLog
import HTTPTypes
import Hummingbird
import LedgerDomain
import LedgerService

/// The log at `/log/{ledger}/…` (C2SP tlog-tiles): checkpoint, keys and single proofs for everybody, tiles and entries for
/// who shows a key with the scope `audit`.
///
/// The files are sent as they are on disk; a full tile never changes, and neither does a partial one while it is there.
struct LogEndpoint {
    let directory: any LedgerDirectory
    let reception: Reception
    private let files = FileIO()
    /// A proof publishes what the log holds first, and anybody may ask.
    private let proofs = RateLimiter(perSecond: 20, burst: 100)
    private let threads = BlockingThreads("proofs", count: 2, capacity: 256)

    init(_ directory: any LedgerDirectory, _ reception: Reception) {
        self.directory = directory
        self.reception = reception
    }

    func add(to router: Router<ServerContext>) {
        let log = router.group("log/:ledger")
        log.get("checkpoint") { _, context in
            try await file(LogFileName.checkpoint, of: ledger(context), context, cached: "public, no-cache")
        }
        log.get("keys") { _, context in
            let keys = try ledger(context).verifierKeys().map { "\($0.text)\n" }.joined()
            return Response.plain(keys, cached: "public, max-age=3600")
        }
        log.get("proof/:event") { request, context in
            try proofs.demand(context.address(of: request))
            let text = try context.parameters.require("event")
            guard let event = UInt64(text), String(event) == text else { throw Problem(.notFound) }
            let service = try ledger(context)
            let receipt = try await threads.run { try service.proof(of: event) }
            return Response.plain(String(decoding: receipt.bytes, as: UTF8.self), cached: "public, no-cache")
        }
        log.get("tile/**") { request, context in
            let service = try ledger(context)
            let path = "tile/" + context.parameters.getCatchAll().joined(separator: "/")
            guard let tile = Tile(path: path) else { throw Problem(.notFound) }
            guard let text = request.bearer else { throw AccessRefusal.missing }
            guard let key = AccessKey(text) else { throw AccessRefusal.unknown }
            try reception.admit(.key(key), of: service).get().demand(.audit)
            return try await file(
                tile.path, of: service, context, cached: "private, max-age=31536000, immutable")
        }
    }

    /// The ledger that the address names.
    private func ledger(_ context: ServerContext) throws -> LedgerService {
        let text = try context.parameters.require("ledger")
        return try directory.ledger(named: text)
    }

    private func file(
        _ name: String, of service: LedgerService, _ context: ServerContext, cached: String
    ) async throws -> Response {
        guard let folder = service.publishedFolder else { throw Problem(.notFound) }
        let body = try await files.loadFile(path: "\(folder)/\(name)", context: context)
        let type = name == LogFileName.checkpoint ? "text/plain; charset=utf-8" : "application/octet-stream"
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: cached], body: body)
    }
}

extension LedgerDirectory {
    /// The ledger that an address names.
    func ledger(named text: String) throws -> LedgerService {
        guard let code = LedgerCode(text: text), let service = try opened(code) else {
            throw ServiceError.notFound(.ledger, String(text.prefix(20)))
        }
        return service
    }
}

extension Request {
    /// What an `Authorization: Bearer` header shows (RFC 6750 §2.1).
    var bearer: String? {
        guard let header = headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return String(header.dropFirst(7))
    }
}

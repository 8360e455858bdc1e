package import AuditLog
import Dispatch
import Foundation
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves a witness over HTTP: `POST …/add-checkpoint`, and its verifier key at `/` (C2SP tlog-witness).
///
/// ``run()`` stops when its service group shuts down, after it answered what it had accepted, and at once when its
/// task is cancelled. Transport encryption is left to a proxy in front of it.
package struct WitnessServer: Service {
    private let witness: Witness
    private let file: WitnessFile
    private let host: String
    private let port: Int
    private let prefix: SubmissionPrefix
    private let now: @Sendable () -> UInt64
    private let onRunning: @Sendable (_ port: Int) async -> Void
    private let logger: Logger
    /// Where requests are decided, one after another: they wait for the disk, which no event loop should.
    private let queue = DispatchQueue(label: "witness")

    /// - Parameters:
    ///   - file: the memory of this witness and of no other.
    ///   - port: 0 for any that is free.
    ///   - now: seconds since 1970, for the cosignatures.
    ///   - onRunning: is told the port, once connections are accepted.
    package init(
        witness: Witness, file: WitnessFile, host: String, port: Int, prefix: SubmissionPrefix = .none,
        logLevel: Logger.Level = .notice,
        now: @escaping @Sendable () -> UInt64 = { UInt64(max(0, Date().timeIntervalSince1970)) },
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.witness = witness
        self.file = file
        self.host = host
        self.port = port
        self.prefix = prefix
        self.now = now
        self.onRunning = onRunning
        var logger = Logger(label: "wenhui.witness")
        logger.logLevel = logLevel
        self.logger = logger
    }

    /// Serves until it is stopped.
    ///
    /// - Throws: ``WitnessFileError`` when the state is missing or damaged, before anything is served; what the
    ///   operating system says when the address cannot be bound.
    package func run() async throws {
        _ = try file.read()
        try await application.run()
    }

    /// Serves as ``run()`` does, until the process is told to stop by SIGTERM or SIGINT.
    package func runUntilSignal() async throws {
        _ = try file.read()
        try await application.runService()
    }

    private var application: some ApplicationProtocol {
        Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { [port, onRunning] channel in
                await onRunning(channel.localAddress?.port ?? port)
            },
            logger: logger)
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("/") { _, _ in
            WitnessServer.plain(.ok, witness.verifierKey.text)
        }
        router.post("\(prefix.path)/add-checkpoint") { request, context in
            await respond(to: request, context.logger)
        }
        return router
    }

    private func respond(to request: Request, _ logger: Logger) async -> Response {
        let body: [UInt8]
        do {
            guard let collected = try await collect(request.body) else {
                return WitnessServer.plain(.contentTooLarge, "the request is too large")
            }
            body = collected
        } catch {
            return WitnessServer.plain(.badRequest, "the request broke off")
        }
        switch await decided(body) {
        case .success(let reply):
            logger.info("add-checkpoint", metadata: ["status": "\(reply.status.rawValue)"])
            return Response(
                status: HTTPResponse.Status(code: reply.status.rawValue),
                headers: [.contentType: reply.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        case .failure(let error):
            logger.error("\(error.sentence)")
            return WitnessServer.plain(.internalServerError, "the witness cannot keep its state")
        }
    }

    /// The body; `nil` when it is longer than requests may be, of which no more is kept.
    private func collect(_ body: RequestBody) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        for try await part in body {
            guard bytes.count + part.readableBytes <= AddCheckpointRequest.maximumLength else { return nil }
            bytes += part.readableBytesView
        }
        return bytes
    }

    private func decided(_ body: [UInt8]) async -> Result<WitnessReply, WitnessFileError> {
        await withCheckedContinuation { continuation in
            queue.async {
                do throws(WitnessFileError) {
                    continuation.resume(returning: .success(try file.answer(body, by: witness, at: now())))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
    }

    private static func plain(_ status: HTTPResponse.Status, _ line: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: line + "\n")))
    }
}

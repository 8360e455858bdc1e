import Hummingbird
package import LedgerService
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves ledgers over HTTP: the interface, their logs for auditors, and whether they are well.
///
/// ``run()`` stops when its service group shuts down, after it answered what it had accepted. Transport encryption is left
/// to a proxy in front of it.
package struct LedgerServer: Service {
    private let directory: any LedgerDirectory
    private let host: String
    private let port: Int
    private let perSecond: Double
    private let strangers: Double
    private let gateway: (any MessageGateway)?
    private let logger: Logger
    private let onRunning: @Sendable (_ port: Int) async -> Void

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - perSecond: how many requests a second each key may send, twice as many at once after a pause.
    ///   - strangers: how many requests without a good key an address may send at once, and then in a minute.
    ///   - gateway: where short messages to residents go.
    ///   - onRunning: is told the port, once connections are accepted.
    package init(
        _ directory: any LedgerDirectory, host: String, port: Int, perSecond: Double = 1_000,
        strangers: Double = 60, gateway: (any MessageGateway)? = nil,
        logLevel: Logger.Level = .notice,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.directory = directory
        self.host = host
        self.port = port
        self.perSecond = perSecond
        self.strangers = strangers
        self.gateway = gateway
        self.onRunning = onRunning
        var logger = Logger(label: "wenhui.server")
        logger.logLevel = logLevel
        self.logger = logger
    }

    /// Serves until it is stopped.
    package func run() async throws { try await application.run() }

    /// Serves as ``run()`` does, until the process is told to stop by SIGTERM or SIGINT.
    package func runUntilSignal() async throws { try await application.runService() }

    private var application: some ApplicationProtocol {
        Application(
            router: router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(30),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8192, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "wenhui"),
            onServerRunning: { [port, onRunning] channel in
                await onRunning(channel.localAddress?.port ?? port)
            },
            logger: logger)
    }

    private var router: Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: ProblemMiddleware())
        HealthEndpoint(directory: directory).add(to: router)
        let reception = Reception(directory.office)
        LogEndpoint(directory, reception).add(to: router)
        APIRoutes(directory, reception, gateway: gateway, perSecond: perSecond, strangers: strangers)
            .add(to: router)
        return router
    }
}

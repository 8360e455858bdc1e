package import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import LedgerAPI
package import LedgerService
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves ledgers over HTTP: the interface, their logs for auditors, and whether they are well.
///
/// ``run()`` stops when its service group shuts down, after it answered what it had accepted. With a certificate it
/// speaks TLS; without, that is left to a proxy in front of it.
package struct LedgerServer: Service {
    private let directory: any LedgerDirectory
    private let host: String
    private let port: Int
    private let perSecond: Double
    private let strangers: Double
    private let gateway: (any MessageGateway)?
    private let reminderDays: Int
    private let realName: (any RealNameCheck)?
    private let certificate: ServerCertificate?
    private let metrics: PrometheusRegistry?
    private let reception: Reception
    private let logger: Logger
    private let onRunning: @Sendable (_ port: Int) async -> Void

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - perSecond: how many requests a second each key may send, twice as many at once after a pause.
    ///   - strangers: how many requests without a good key an address may send at once, and then in a minute.
    ///   - gateway: where short messages to residents go.
    ///   - reminderDays: how many days before vouchers expire their holders are told; 0 for not at all.
    ///   - realName: who is asked whether a name, a number and a phone go together.
    ///   - certificate: for TLS, HTTP/1.1 and HTTP/2; plain HTTP/1.1 without.
    ///   - metrics: what swift-metrics was told to count in, for `/metrics`; not counted without.
    ///   - logLevel: from `info` on every request is a line.
    ///   - onRunning: is told the port, once connections are accepted.
    package init(
        _ directory: any LedgerDirectory, host: String, port: Int, perSecond: Double = 1_000,
        strangers: Double = 60, gateway: (any MessageGateway)? = nil, reminderDays: Int = 0,
        realName: (any RealNameCheck)? = nil,
        certificate: ServerCertificate? = nil, metrics: PrometheusRegistry? = nil,
        logLevel: Logger.Level = .notice,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.directory = directory
        self.host = host
        self.port = port
        self.perSecond = perSecond
        self.strangers = strangers
        self.gateway = gateway
        self.reminderDays = reminderDays
        self.realName = realName
        self.certificate = certificate
        self.metrics = metrics
        reception = Reception(directory.office)
        self.onRunning = onRunning
        var logger = Logger(label: "wenhui.server")
        logger.logLevel = logLevel
        self.logger = logger
    }

    /// Serves until it is stopped.
    package func run() async throws { try await application().run() }

    /// Serves as ``run()`` does, until the process is told to stop by SIGTERM or SIGINT.
    package func runUntilSignal() async throws { try await application().runService() }

    /// What is run; for tests, which ask it in memory too.
    package func application() throws -> some ApplicationProtocol {
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [SlowClientHandler()],
            idleTimeout: .seconds(30),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 8192, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))
        let server: HTTPServerBuilder =
            if let certificate {
                HTTPServerBuilder { [configuration = certificate.configuration] responder in
                    GuardedChannel(
                        child: try HTTP2UpgradeChannel(
                            tlsConfiguration: configuration,
                            configuration: .init(idleTimeout: .seconds(30), streamConfiguration: channel),
                            responder: responder))
                }
            } else {
                .http1(configuration: channel)
            }
        return Application(
            router: router, server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "wenhui", backlog: 4_096,
                availableConnectionsDelegate: MaximumAvailableConnections(OpenFiles.connections)),
            services: services,
            onServerRunning: { [port, onRunning] channel in
                await onRunning(channel.localAddress?.port ?? port)
            },
            logger: logger)
    }

    /// What goes on beside requests.
    private var services: [any Service] {
        var services: [any Service] = [
            OfficeSweep(directory: directory, reception: reception, logger: logger),
            WebhookDelivery(directory: directory, reception: reception, logger: logger),
        ]
        if reminderDays > 0, let gateway {
            services.append(
                ReminderDelivery(directory: directory, gateway: gateway, days: reminderDays, logger: logger))
        }
        return services
    }

    private var router: Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: [.autoGenerateHeadEndpoints])
        let isEncrypted = certificate != nil
        if metrics != nil { router.add(middleware: MetricsMiddleware()) }
        if logger.logLevel <= .info { router.add(middleware: RequestLog()) }
        router.add(middleware: ProblemMiddleware(isEncrypted: isEncrypted))
        HealthEndpoint(directory: directory).add(to: router)
        if let metrics {
            MetricsEndpoint(directory: directory, reception: reception, registry: metrics).add(to: router)
        }
        let dispatch = gateway.map { gateway in
            MessageDispatch(gateway) { [logger] in
                logger.error("message not sent", metadata: ["error": "\(type(of: $0))"])
            }
        }
        LogEndpoint(directory, reception).add(to: router)
        APIRoutes(
            directory, reception, outside: Outside(messages: dispatch, realName: realName),
            perSecond: perSecond, strangers: strangers,
            isEncrypted: isEncrypted
        ).add(to: router)
        return router
    }
}

import ArgumentParser
import CoreMetrics
import Foundation
import LedgerBootstrap
import LedgerHTTP
import LedgerService
import Logging

/// `wenhui serve`: the ledgers of a data folder over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the data folder's ledgers over HTTP until it is told to stop.",
        discussion: """
            /v1 is the interface for tills, offices and integrators, who show a key from wenhui api-key create; \
            /v1/openapi.yaml describes it. /log/CODE/… is each ledger's log: checkpoint, keys and proofs for everybody, \
            tiles for who shows a key with the scope audit. /health/live and /health/ready say whether it is well. It \
            speaks plain HTTP unless it is given a certificate: give it one, or put a proxy in front of it, before it listens \
            beyond this machine.

            Every option but --demo may also stand in a file (port: 8080) that --config names, or in the environment \
            (WENHUI_PORT=8080); what a flag says goes before the environment, and that before the file.

            Example: wenhui serve --port 8080
            Example: wenhui serve --demo
            """)
    @Option(help: "The data folder; with --demo it is made where there is none.") var data: String?
    @Option(help: "The address to listen at; 127.0.0.1 unless told.") var host: String?
    @Option(help: "The port; 8080 unless told, 0 takes a free one.") var port: String?
    @Option(help: "How many requests a second each key may send; 1000 unless told.") var rate: String?
    @Option(
        help:
            "How many requests without a good key an address may send at once, and then in a minute; 60 unless told."
    )
    var strangers: String?
    @Option(
        help:
            "What is logged on standard error, as JSON lines: error, warning, notice (unless told), or info for every request."
    )
    var log: String?
    @Option(help: "The certificate chain for TLS, in PEM; read again when it changes.") var certificate:
        String?
    @Option(help: "The certificate's private key, in PEM.") var certificateKey: String?
    @Option(
        help: ArgumentHelp(
            "Where short messages to residents go: print, or an http(s) address with its secret in WENHUI_MESSAGES_SECRET (64 digits).",
            valueName: "print or address"))
    var messages: String?
    @Option(
        help:
            "How many days before vouchers expire their holders get a short message; 0 unless told, for none."
    )
    var reminderDays: String?
    @Option(
        help: ArgumentHelp(
            "Who says whether a resident's name, number and phone go together: accept (practice), or an http(s) address with its secret in WENHUI_REAL_NAME_SECRET. Without one nobody registers by themselves.",
            valueName: "accept or address"))
    var realName: String?
    @Option(help: "A file of settings; WENHUI_CONFIG unless told.") var config: String?
    @Flag(help: "Serve a practice county with a key and three requests to paste.") var demo = false

    private func settings() throws(CommandFailure) -> ServerSettings {
        let given: [(ServerSetting, String?)] = [
            (.data, data), (.host, host), (.port, port), (.rate, rate), (.strangers, strangers), (.log, log),
            (.certificate, certificate), (.certificateKey, certificateKey), (.messages, messages),
            (.reminderDays, reminderDays), (.realName, realName),
        ]
        let environment = ProcessInfo.processInfo.environment
        let flags = Dictionary(given.compactMap { name, text in text.map { (name, $0) } }) { $1 }
        return try ServerSettings(
            SettingSources(
                flags: flags, environment: environment,
                file: config ?? environment[SettingSources.fileVariable]))
    }

    func run() async throws {
        try await reporting(json: false) {
            var settings = try settings()
            guard demo else {
                return try await Session.with(settings.data ?? DataFolder.usual) { session in
                    try await serve(session, settings) { _ in }
                }
            }
            settings.printMessages()
            try await DemoCounty.open(settings.data ?? "./demo-county") { [settings] session, county in
                try await serve(session, settings) { port in
                    let scheme = settings.certificate == nil ? "http" : "https"
                    let invitation = try? await county.invitation("\(scheme)://\(settings.host):\(port)")
                    Console.print(invitation ?? "The county has no key: start again.")
                }
            }
        }
    }

    private func serve(
        _ session: Session, _ settings: ServerSettings,
        _ onRunning: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        LoggingSystem.bootstrap { JSONLogHandler(label: $0) }
        let metrics = PrometheusRegistry()
        MetricsSystem.bootstrap(metrics)
        let server = LedgerServer(
            session.system, host: settings.host, port: settings.port, perSecond: settings.rate,
            strangers: settings.strangers, gateway: try gateway(settings, session),
            reminderDays: settings.reminderDays,
            realName: try realName(settings, session),
            certificate: settings.certificate, metrics: metrics, logLevel: settings.log
        ) { port in
            Console.print("listening on port \(port) 监听端口")
            await onRunning(port)
        }
        try await server.runUntilSignal()
    }

    private func gateway(_ settings: ServerSettings, _ session: Session) throws -> (any MessageGateway)? {
        switch settings.messages {
        case nil: return nil
        case .webhook(let webhook): return webhook
        case .printed:
            try demandPractice(session, "messages: print")
            return PrintedMessages { Console.print($0) }
        }
    }

    private func realName(_ settings: ServerSettings, _ session: Session) throws -> (any RealNameCheck)? {
        switch settings.realName {
        case nil: return nil
        case .webhook(let webhook): return webhook
        case .accepted:
            try demandPractice(session, "real-name: accept")
            return CredulousCheck()
        }
    }

    /// - Throws: where a ledger is none for practice.
    private func demandPractice(_ session: Session, _ setting: String) throws {
        for ledger in try session.system.ledgers() {
            guard try session.isPractice(session.system.service(ledger)) else {
                throw ServiceError.practiceOnly(setting)
            }
        }
    }
}

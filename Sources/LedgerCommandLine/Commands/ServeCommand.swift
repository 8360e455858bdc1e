import ArgumentParser
import CoreMetrics
import Cryptography
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

            Example: wenhui serve --port 8080
            Example: wenhui serve --demo
            """)
    @Option(help: "The data folder; with --demo it is made where there is none.") var data: String?
    @Option(help: "The address to listen at.") var host = "127.0.0.1"
    @Option(help: "The port; 0 takes a free one.") var port = 8080
    @Option(help: "How many requests a second each key may send.") var rate = 1_000.0
    @Option(help: "How many requests without a good key an address may send at once, and then in a minute.")
    var strangers = 60.0
    @Option(
        help:
            "What is logged on standard error, as JSON lines: error, warning, notice, or info for every request."
    )
    var log = "notice"
    @Option(help: "The certificate chain for TLS, in PEM; read again when it changes.") var certificate:
        String?
    @Option(help: "The certificate's private key, in PEM.") var certificateKey: String?
    @Option(
        help: ArgumentHelp(
            "Where short messages to residents go: print, or an http(s) address with its secret in WENHUI_MESSAGES_SECRET (64 digits).",
            valueName: "print or address"))
    var messages: String?
    @Flag(help: "Serve a practice county with a key and three requests to paste.") var demo = false

    func validate() throws {
        guard (1...1_000_000).contains(rate) else { throw ValidationError("--rate is from 1 to 1000000.") }
        guard ["error", "warning", "notice", "info", "debug"].contains(log) else {
            throw ValidationError("--log is error, warning, notice or info.")
        }
        guard (certificate == nil) == (certificateKey == nil) else {
            throw ValidationError("--certificate and --certificate-key come together.")
        }
        guard (1...1_000_000).contains(strangers) else {
            throw ValidationError("--strangers is from 1 to 1000000.")
        }
    }

    func run() async throws {
        try await reporting(json: false) {
            guard demo else {
                return try await Session.with(data ?? "./wenhui-data") { try await serve($0) { _ in } }
            }
            try await DemoCounty.open(data ?? "./demo-county") { session, county in
                let host = host
                try await serve(session) { port in
                    let address = "\(certificate == nil ? "http" : "https")://\(host):\(port)"
                    let invitation = try? await county.invitation(address)
                    Console.print(invitation ?? "The county has no key: start again.")
                }
            }
        }
    }

    private func serve(
        _ session: Session, _ onRunning: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        LoggingSystem.bootstrap { JSONLogHandler(label: $0) }
        let metrics = PrometheusRegistry()
        MetricsSystem.bootstrap(metrics)
        let server = LedgerServer(
            session.system, host: host, port: port, perSecond: rate, strangers: strangers,
            gateway: try gateway(session), certificate: try tlsCertificate(),
            metrics: metrics, logLevel: Logger.Level(rawValue: log) ?? .notice
        ) { port in
            Console.print("listening on port \(port) 监听端口")
            await onRunning(port)
        }
        try await server.runUntilSignal()
    }

    private func tlsCertificate() throws -> ServerCertificate? {
        guard let certificate, let certificateKey else { return nil }
        do throws(ServerCertificate.Unusable) {
            return try ServerCertificate(chain: certificate, key: certificateKey)
        } catch {
            throw CommandFailure.usage("The certificate cannot be used: \(error).")
        }
    }

    private func gateway(_ session: Session) throws -> (any MessageGateway)? {
        switch messages ?? (demo ? "print" : nil) {
        case nil: return nil
        case "print":
            for ledger in try session.system.ledgers() {
                guard try session.isPractice(session.system.service(ledger)) else {
                    throw ServiceError.practiceOnly("--messages print")
                }
            }
            return PrintedMessages { Console.print($0) }
        case let address?:
            let digits = ProcessInfo.processInfo.environment["WENHUI_MESSAGES_SECRET"] ?? ""
            guard let secret = [UInt8](hexadecimal: digits).flatMap(SecretKey.init(bytes:)) else {
                throw CommandFailure.usage("WENHUI_MESSAGES_SECRET must be 64 hexadecimal digits.")
            }
            guard let gateway = MessageWebhook(address, secret: secret) else {
                throw CommandFailure.usage(
                    "--messages takes print or an address such as http://127.0.0.1:9000/sms.")
            }
            return gateway
        }
    }
}

import Foundation
package import Logging
import NIOCore
import NIOSSL
import Synchronization

/// A server's certificate chain and key in two PEM files, read again when they change: a renewal needs no restart.
///
/// What cannot be read leaves the one before in use, and the log says so.
package final class ServerCertificate: Sendable {
    /// Why a certificate cannot be used.
    package struct Unusable: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    private struct State {
        var chain: [NIOSSLCertificate]
        var key: NIOSSLPrivateKey
        var changes: [Date]
        var lookedAt: ContinuousClock.Instant
    }

    private let chainPath: String
    private let keyPath: String
    private let logger: Logger
    private let state: Mutex<State>

    /// - Throws: ``Unusable`` for files that are no chain and its key, saying which and why.
    package init(chain: String, key: String, logger: Logger = Logger(label: "wenhui.tls")) throws(Unusable) {
        (chainPath, keyPath, self.logger) = (chain, key, logger)
        let (certificates, privateKey) = try ServerCertificate.read(chain, key)
        state = Mutex(
            State(
                chain: certificates, key: privateKey, changes: ServerCertificate.changes(of: [chain, key]),
                lookedAt: .now))
    }

    /// TLS 1.2 and 1.3 with what the files hold at each handshake.
    var configuration: TLSConfiguration {
        let (chain, key) = current()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.sslContextCallback = { [self] _, promise in
            let (chain, key) = current()
            var override = NIOSSLContextConfigurationOverride()
            override.certificateChain = chain.map { .certificate($0) }
            override.privateKey = .privateKey(key)
            promise.succeed(override)
        }
        return configuration
    }

    /// What the files hold; looked at once a second at most.
    private func current() -> ([NIOSSLCertificate], NIOSSLPrivateKey) {
        state.withLock { state in
            let now = ContinuousClock.now
            guard state.lookedAt.duration(to: now) > .seconds(1) else { return (state.chain, state.key) }
            state.lookedAt = now
            let changes = ServerCertificate.changes(of: [chainPath, keyPath])
            guard changes != state.changes else { return (state.chain, state.key) }
            state.changes = changes
            do throws(Unusable) {
                (state.chain, state.key) = try ServerCertificate.read(chainPath, keyPath)
                logger.notice("certificate read again")
            } catch {
                logger.error("certificate not read again", metadata: ["reason": "\(error)"])
            }
            return (state.chain, state.key)
        }
    }

    private static func read(
        _ chain: String, _ key: String
    ) throws(Unusable) -> ([NIOSSLCertificate], NIOSSLPrivateKey) {
        let (certificates, privateKey): ([NIOSSLCertificate], NIOSSLPrivateKey)
        do {
            certificates = try NIOSSLCertificate.fromPEMFile(chain)
        } catch {
            throw Unusable(description: "\(chain) holds no certificates in PEM")
        }
        guard !certificates.isEmpty else {
            throw Unusable(description: "\(chain) holds no certificates in PEM")
        }
        do {
            privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw Unusable(description: "\(key) holds no private key in PEM")
        }
        do {
            // A context is only made of a key that is the first certificate's.
            _ = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: certificates.map { .certificate($0) },
                    privateKey: .privateKey(privateKey)))
        } catch {
            throw Unusable(description: "the key in \(key) is not that of the first certificate in \(chain)")
        }
        return (certificates, privateKey)
    }

    private static func changes(of paths: [String]) -> [Date] {
        paths.map { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return attributes?[.modificationDate] as? Date ?? .distantPast
        }
    }
}

import Cryptography
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A request's context: what every server needs, and from where it was sent.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let peer: String

    init(source: Source) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// Whether it was sent from this machine, by a proxy perhaps.
    var isFromHere: Bool { peer == "127.0.0.1" || peer == "::1" }

    /// Whether what is asked and answered was encrypted on its way to a proxy on this machine.
    func isForwardedEncrypted(_ request: Request) -> Bool {
        isFromHere && request.headers[.forwardedProtocol] == "https"
    }

    /// The address that the client asked for, with its scheme and authority.
    func target(of request: Request, isEncrypted: Bool) -> String {
        let scheme = isEncrypted || isForwardedEncrypted(request) ? "https" : "http"
        return "\(scheme)://\(request.head.authority?.lowercased() ?? "")\(request.head.path ?? "/")"
    }

    /// The address of whoever asks. A proxy on this machine is believed when it says for whom it does (the last of
    /// `X-Forwarded-For`); nobody else is.
    func address(of request: Request) -> String {
        guard isFromHere, let forwarded = request.headers[.forwardedFor],
            let last = forwarded.split(separator: ",").last
        else { return ServerContext.network(peer) }
        return ServerContext.network(String(last.filter { !$0.isWhitespace }.prefix(64)))
    }

    /// An IPv4 address, or the first half of an IPv6 one: whoever has that has all of the other half.
    private static func network(_ address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        return withUnsafeBytes(of: bytes) { Array($0.prefix(8)).hexadecimal }
    }
}

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

    private var isFromHere: Bool { peer == "127.0.0.1" || peer == "::1" }

    /// Whether what is asked and answered was encrypted on its way, here or by a proxy on this machine.
    func isEncrypted(_ request: Request) -> Bool {
        request.head.scheme == "https" || (isFromHere && request.headers[.forwardedProtocol] == "https")
    }

    /// The address that the client asked for, with its scheme and authority.
    func target(of request: Request) -> String {
        let scheme = isEncrypted(request) ? "https" : "http"
        return "\(scheme)://\(request.head.authority?.lowercased() ?? "")\(request.head.path ?? "/")"
    }

    /// The address of whoever asks. A proxy on this machine is believed when it says for whom it does (the last of
    /// `X-Forwarded-For`); nobody else is.
    func address(of request: Request) -> String {
        guard isFromHere, let forwarded = request.headers[.forwardedFor],
            let last = forwarded.split(separator: ",").last
        else { return peer }
        return String(last.filter { !$0.isWhitespace }.prefix(64))
    }
}

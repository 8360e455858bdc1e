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

    /// The address of whoever asks. A proxy on this machine is believed when it says for whom it does (the last of
    /// `X-Forwarded-For`); nobody else is.
    func address(of request: Request) -> String {
        guard peer == "127.0.0.1" || peer == "::1", let forwarded = request.headers[.forwardedFor],
            let last = forwarded.split(separator: ",").last
        else { return peer }
        return String(last.filter { !$0.isWhitespace }.prefix(64))
    }
}

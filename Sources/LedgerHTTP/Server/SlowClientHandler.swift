import HTTPTypes
import LedgerAPI
import LedgerDomain
package import NIOCore
package import NIOHTTPTypes

/// Ends connections whose clients take forever to say what they want (slowloris), or to take what they asked for: half a
/// minute, and a second more for every 16 KB; whoever is slower with a request is answered 408 and cut off.
///
/// Idle connections are ended elsewhere, by silence; who sends a byte now and then is not silent. A request that has come
/// in whole may take as long as its answer does.
package final class SlowClientHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// What is coming in.
    private enum State {
        /// Nothing, since then.
        case waiting(NIODeadline)
        /// A request, since then, so many bytes of it.
        case receiving(NIODeadline, bytes: Int)
    }

    /// How far an answer is to what is still coming in.
    private enum EarlyAnswer {
        case none, begun, ended
    }

    private let patience: TimeAmount
    private var state = State.waiting(.uptimeNanoseconds(0))
    /// How many requests have come in whole and are not answered; more than one where a client does not wait.
    private var unanswered = 0
    private var early = EarlyAnswer.none
    /// Since when nothing more can be sent, and how much has been given to be sent since it last could.
    private var blocked: NIODeadline?
    private var unsent = 0
    private var check: RepeatedTask?

    /// How many bytes a second are fast enough.
    private static let pace = 16_384

    /// - Parameter patience: how long a client may take, but for the time that its bytes need.
    package init(patience: TimeAmount = .seconds(30)) { self.patience = patience }

    package func handlerAdded(context: ChannelHandlerContext) {
        state = .waiting(context.eventLoop.now)
        let interval = TimeAmount.nanoseconds(patience.nanoseconds / 6)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        check = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            let (handler, context) = bound.value
            handler.endIfSlow(context)
        }
    }

    package func handlerRemoved(context: ChannelHandlerContext) { check?.cancel() }

    package func channelInactive(context: ChannelHandlerContext) {
        check?.cancel()
        context.fireChannelInactive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            state = .receiving(context.eventLoop.now, bytes: 0)
            early = .none
        case .body(let buffer):
            if case .receiving(let since, let bytes) = state {
                state = .receiving(since, bytes: bytes + buffer.readableBytes)
            }
        case .end:
            state = .waiting(context.eventLoop.now)
            if early != .ended { unanswered += 1 }
            early = .none
        }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): if unanswered == 0, head.status.kind != .informational { early = .begun }
        case .body(let part): unsent = (context.channel.isWritable ? 0 : unsent) + part.readableBytes
        case .end:
            if unanswered > 0 { unanswered -= 1 } else { early = .ended }
            // What has begun to come in behind it was not read while it was answered.
            switch state {
            case .waiting: state = .waiting(context.eventLoop.now)
            case .receiving(_, let bytes): state = .receiving(context.eventLoop.now, bytes: bytes)
            }
        }
        context.write(data, promise: promise)
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        blocked = context.channel.isWritable ? nil : context.eventLoop.now
        context.fireChannelWritabilityChanged()
    }

    private func endIfSlow(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        if let blocked, now - blocked > allowance(unsent) { return end(context) }
        guard unanswered == 0 else { return }
        switch state {
        case .waiting(let since): if now - since > patience * 2 { end(context) }
        case .receiving(let since, let bytes):
            guard now - since > allowance(bytes) else { return }
            if early == .none { refuse(context) }
            end(context)
        }
    }

    /// How long so many bytes may take.
    private func allowance(_ bytes: Int) -> TimeAmount {
        patience + .seconds(Int64(bytes / SlowClientHandler.pace))
    }

    private func end(_ context: ChannelHandlerContext) {
        check?.cancel()
        context.close(mode: .all, promise: nil)
    }

    private func refuse(_ context: ChannelHandlerContext) {
        let document = ProblemDocument.late
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .contentLength: "\(document.count)",
        ]
        // A stream of HTTP/2, whose channel is a connection's and not a server's, must not say this (RFC 9113 §8.2.2).
        if context.channel.parent?.parent == nil { headers[.connection] = "close" }
        let head = HTTPResponse(status: .requestTimeout, headerFields: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(
            wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: document))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

extension ProblemDocument {
    /// What a client is told that took too long; before its header has come in nobody knows in which language.
    fileprivate static let late: [UInt8] = ProblemDocument(
        title: "Request Timeout", status: 408, code: "http.408",
        detail: "请求没有及时发完，请重发 The request did not come in in time. Send it again."
    ).bytes
}

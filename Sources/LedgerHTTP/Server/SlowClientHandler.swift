import HTTPTypes
import LedgerAPI
import LedgerDomain
package import NIOCore
package import NIOHTTPTypes

/// Ends connections whose clients take forever to say what they want (slowloris): half a minute for a request, and a second
/// more for every 16 KB of it; whoever is slower is answered 408 and cut off.
///
/// Idle connections are ended elsewhere, by silence; who sends a byte now and then is not silent. A request that has come
/// in whole may take as long as its answer does.
package final class SlowClientHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    private enum State {
        /// For a request, since then.
        case waiting(NIODeadline)
        /// A request, since then, so many bytes of it.
        case receiving(NIODeadline, bytes: Int)
        /// It has come in, and is answered.
        case answering
    }

    private let patience: TimeAmount
    private var state = State.answering
    private var hasAnswered = false
    private var check: RepeatedTask?

    /// How many bytes a second are fast enough.
    private static let pace = 16_384

    /// - Parameter patience: how long a request may take to come in, but for the time that its bytes need.
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
            hasAnswered = false
        case .body(let buffer):
            if case .receiving(let since, let bytes) = state {
                state = .receiving(since, bytes: bytes + buffer.readableBytes)
            }
        case .end: state = .answering
        }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: hasAnswered = true
        case .end: if case .answering = state { state = .waiting(context.eventLoop.now) }
        case .body: break
        }
        context.write(data, promise: promise)
    }

    private func endIfSlow(_ context: ChannelHandlerContext) {
        let allowed: TimeAmount
        let since: NIODeadline
        switch state {
        case .answering: return
        case .waiting(let began): (since, allowed) = (began, patience * 2)
        case .receiving(let began, let bytes):
            (since, allowed) = (began, patience + .seconds(Int64(bytes / SlowClientHandler.pace)))
        }
        guard context.eventLoop.now - since > allowed else { return }
        check?.cancel()
        if case .receiving = state, !hasAnswered {
            let document = ProblemDocument.late
            let headers: HTTPFields = [
                .contentType: "application/problem+json", .connection: "close",
                .contentLength: "\(document.count)",
            ]
            let head = HTTPResponse(status: .requestTimeout, headerFields: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(
                wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: document))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(mode: .all, promise: nil)
    }
}

extension ProblemDocument {
    /// What a client is told that took too long; before its header has come in nobody knows in which language.
    fileprivate static let late: [UInt8] = ProblemDocument(
        title: "Request Timeout", status: 408, code: "http.408",
        detail: "请求没有及时发完，请重发 The request did not come in in time. Send it again."
    ).bytes
}

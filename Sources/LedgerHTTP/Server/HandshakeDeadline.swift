package import NIOCore
import NIOTLS

/// Ends connections that do not come to speak TLS in time; until the handshake is over, nothing else looks at them.
package final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = NIOAny

    private let patience: TimeAmount
    private var end: Scheduled<Void>?

    package init(patience: TimeAmount = .seconds(10)) { self.patience = patience }

    package func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        end = context.eventLoop.scheduleTask(in: patience) { bound.value.close(mode: .all, promise: nil) }
    }

    package func handlerRemoved(context: ChannelHandlerContext) { end?.cancel() }

    package func channelInactive(context: ChannelHandlerContext) {
        end?.cancel()
        context.fireChannelInactive()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { end?.cancel() }
        context.fireUserInboundEventTriggered(event)
    }
}

import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A server's connections by TLS, with ``HandshakeDeadline`` and an end to silence.
struct GuardedChannel<Child: ServerChildChannel>: ServerChildChannel {
    let child: Child

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Child.Value> {
        channel.eventLoop.makeCompletedFuture {
            // Streams of events say something every ten seconds; nothing that is asked takes minutes.
            try channel.pipeline.syncOperations.addHandlers([
                IdleStateHandler(allTimeout: .minutes(5)), SilenceHandler(),
            ])
        }.flatMap { [child] in child.setup(channel: channel, logger: logger) }.flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let tls = try pipeline.handler(type: NIOSSLServerHandler.self)
            try pipeline.addHandler(HandshakeDeadline(), position: .after(tls))
            return value
        }
    }

    func handle(value: Child.Value, logger: Logger) async {
        await child.handle(value: value, logger: logger)
    }
}

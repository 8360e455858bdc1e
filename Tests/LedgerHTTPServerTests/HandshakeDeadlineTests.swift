import LedgerHTTP
import NIOCore
import NIOEmbedded
import NIOTLS
import Testing

@Suite("Connections that never come to speak TLS")
struct HandshakeDeadlineTests {
    @Test("They are ended in time, and others are not", arguments: [false, true])
    func deadline(isShaken: Bool) throws {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(HandshakeDeadline(patience: .seconds(10)))
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        if isShaken {
            channel.pipeline.fireUserInboundEventTriggered(
                TLSUserEvent.handshakeCompleted(negotiatedProtocol: "h2"))
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(3_600))
        #expect(channel.isActive == isShaken)
    }
}

import HTTPTypes
import LedgerHTTP
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@Suite("Clients that take forever")
struct SlowClientTests {
    private let channel = EmbeddedChannel()

    init() throws {
        try channel.pipeline.syncOperations.addHandler(SlowClientHandler(patience: .seconds(30)))
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    }

    private func pass(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    private func receive(_ part: HTTPRequestPart) throws { try channel.writeInbound(part) }

    private let head = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "x", path: "/"))

    private func bytes(_ count: Int) -> HTTPRequestPart {
        .body(ByteBuffer(repeating: 0, count: count))
    }

    /// The status of what was answered, if anything was.
    private func answered() throws -> Int? {
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
            if case .head(let head) = part { return head.status.code }
        }
        return nil
    }

    @Test("A request that drips in is answered 408, and its connection ended")
    func drip() throws {
        try receive(head)
        for _ in 0..<36 where channel.isActive {
            try receive(bytes(1))
            pass(1)
        }
        #expect(!channel.isActive)
        #expect(try answered() == 408)
    }

    @Test("Who never asks is cut off, later and without an answer")
    func silence() throws {
        pass(59)
        #expect(channel.isActive)
        pass(10)
        #expect(!channel.isActive)
        #expect(try answered() == nil)
    }

    @Test("A large file over a slow line may come in, and an answer may take its time")
    func large() throws {
        try receive(head)
        for _ in 0..<200 {
            try receive(bytes(32_768))
            pass(1)
        }
        #expect(channel.isActive)
        try receive(.end(nil))
        pass(3_600)
        #expect(channel.isActive)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        try receive(head)
        pass(29)
        #expect(channel.isActive)
        #expect(try answered() == 200)
    }

    @Test("Who was answered before the request had come in is cut off without a second answer")
    func early() throws {
        try receive(head)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .unauthorized)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        pass(40)
        #expect(!channel.isActive)
        #expect(try answered() == 401)
        #expect(try answered() == nil)
    }

    @Test("Who does not wait for answers is cut off for a request that drips, and not while one is answered")
    func pipelined() throws {
        for _ in 1...2 {
            try receive(head)
            try receive(.end(nil))
        }
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        pass(3_600)
        #expect(channel.isActive, "the second is being answered")
        try receive(head)
        pass(3_600)
        #expect(channel.isActive, "the third waits for the second's answer")
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .created)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        #expect(try answered() == 200)
        #expect(try answered() == 201)
        pass(25)
        #expect(channel.isActive)
        pass(10)
        #expect(!channel.isActive)
        #expect(try answered() == 408)
    }

    @Test("Who does not take what was asked for is cut off, later the more there is")
    func deaf() throws {
        for (bytes, seconds) in [(1, 30), (1_638_400, 130)] as [(Int, Int64)] {
            let deaf = try SlowClientTests()
            try deaf.receive(deaf.head)
            try deaf.receive(.end(nil))
            try deaf.channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
            try deaf.channel.writeOutbound(HTTPResponsePart.body(ByteBuffer(repeating: 0, count: bytes)))
            deaf.channel.isWritable = false
            deaf.channel.pipeline.fireChannelWritabilityChanged()
            deaf.pass(seconds - 5)
            #expect(deaf.channel.isActive)
            deaf.pass(10)
            #expect(!deaf.channel.isActive)
        }
    }

    @Test("Who takes a little now and then is not cut off")
    func slowReader() throws {
        try receive(head)
        try receive(.end(nil))
        for _ in 1...10 {
            try channel.writeOutbound(HTTPResponsePart.body(ByteBuffer(repeating: 0, count: 1)))
            for isWritable in [false, true] {
                channel.isWritable = isWritable
                channel.pipeline.fireChannelWritabilityChanged()
                pass(25)
            }
        }
        #expect(channel.isActive)
    }
}

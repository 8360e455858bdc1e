import Hummingbird
import LedgerAPI
import NIOCore
import ServiceLifecycle

extension EventStream {
    /// How long a stream lasts: whoever listens comes back with `Last-Event-ID`, and shows again that they may.
    private static let lifetime = Duration.seconds(600)
    /// How long a stream says nothing.
    private static let silence = Duration.seconds(10)
    /// How soon an event is told.
    private static let interval = Duration.milliseconds(200)

    /// The stream as the body of a response: it reads no further than the client does.
    ///
    /// - Parameter isWelcome: whether whoever listens may still; asked at each silence and once in that time otherwise.
    func body(
        on threads: BlockingThreads, _ place: StreamLimit.Place,
        while isWelcome: @escaping @Sendable () throws -> Bool
    ) -> ResponseBody {
        ResponseBody { [self] writer in
            defer { withExtendedLifetime(place) {} }
            var stream = self
            let clock = ContinuousClock()
            let end = clock.now + EventStream.lifetime
            var (said, asked) = (clock.now, clock.now)
            // How long a client waits before it comes back.
            try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
            while clock.now < end, !Task.isCancelled, !Task.isShuttingDownGracefully {
                let isDue = clock.now - asked > EventStream.silence
                if isDue { asked = clock.now }
                let part = try await threads.run { [stream] in
                    try isDue && !isWelcome() ? nil : try stream.part()
                }
                guard let (next, bytes, isEnd) = part else { break }
                stream = next
                if !bytes.isEmpty {
                    try await writer.write(ByteBuffer(bytes: bytes))
                    said = clock.now
                } else if clock.now - said > EventStream.silence {
                    try await writer.write(ByteBuffer(string: stream.heartbeat))
                    said = clock.now
                }
                if isEnd { try await Task.sleep(for: EventStream.interval) }
            }
            try await writer.finish(nil)
        }
    }
}

import HTTPTypes
import LedgerDomain
import Synchronization

/// How many streams of events are open; each holds a connection for as long as somebody listens.
final class StreamLimit: Sendable {
    private let open = Mutex(0)
    private let capacity: Int

    init(_ capacity: Int) { self.capacity = capacity }

    /// One of them, given back when nobody refers to it any more.
    final class Place: Sendable {
        private let limit: StreamLimit

        fileprivate init(_ limit: StreamLimit) { self.limit = limit }

        deinit { limit.open.withLock { $0 -= 1 } }
    }

    /// - Throws: a problem where there is no place left.
    func take() throws -> Place {
        let isTaken = open.withLock { count in
            guard count < capacity else { return false }
            count += 1
            return true
        }
        guard isTaken else {
            throw Problem(
                .serviceUnavailable, "busy",
                Sentence("同时打开的事件流太多，请稍后再试", "Too many streams are open. Try again in a moment."),
                retryAfter: 10)
        }
        return Place(self)
    }
}

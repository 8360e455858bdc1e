import HTTPTypes
import LedgerDomain
import Synchronization

/// How many streams of events are open; each holds a connection for as long as somebody listens.
final class StreamLimit: Sendable {
    private let open = Mutex<[String: Int]>([:])
    private let capacity: Int
    private let each: Int

    /// - Parameters:
    ///   - capacity: how many all callers have together.
    ///   - each: how many one of them has.
    init(_ capacity: Int, each: Int) { (self.capacity, self.each) = (capacity, each) }

    /// One of them, given back when nobody refers to it any more.
    final class Place: Sendable {
        private let limit: StreamLimit
        private let caller: String

        fileprivate init(_ limit: StreamLimit, _ caller: String) {
            (self.limit, self.caller) = (limit, caller)
        }

        deinit {
            limit.open.withLock { open in
                open[caller, default: 0] -= 1
                if open[caller] == 0 { open[caller] = nil }
            }
        }
    }

    /// - Throws: a problem where there is no place left.
    func take(_ caller: String) throws -> Place {
        let isTaken = open.withLock { open in
            guard open[caller, default: 0] < each, open.values.reduce(0, +) < capacity else { return false }
            open[caller, default: 0] += 1
            return true
        }
        guard isTaken else {
            throw Problem(
                .serviceUnavailable, "busy",
                Sentence("同时打开的事件流太多，请稍后再试", "Too many streams are open. Try again in a moment."),
                retryAfter: 10)
        }
        return Place(self, caller)
    }
}

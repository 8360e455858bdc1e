import LedgerDomain
import Synchronization

/// A clock that a test sets.
final class SetClock: Sendable {
    private let time = Mutex(Instant(microseconds: 1_900_000_000_000_000))
    var now: Instant { time.withLock { $0 } }
    func advance(_ microseconds: Int64) { time.withLock { $0 = $0.adding(microseconds) } }
}

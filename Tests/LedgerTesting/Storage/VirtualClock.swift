package import LedgerDomain
import Synchronization

/// A clock that stands still until a test moves it; threads may share it.
package final class VirtualClock: Sendable {
    private let instant: Mutex<Instant>

    package init(_ start: Instant) { instant = Mutex(start) }

    /// What the clock shows.
    package var now: Instant { instant.withLock { $0 } }

    /// Moves the clock by so many microseconds, backwards where negative.
    package func advance(by microseconds: Int64) {
        instant.withLock { $0 = $0.adding(microseconds) }
    }

    /// Sets the clock, as an administrator would.
    package func set(to new: Instant) { instant.withLock { $0 = new } }
}

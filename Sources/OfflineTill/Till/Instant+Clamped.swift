import LedgerDomain

extension Instant {
    /// The instant, or the nearest that a journal can hold: a clock may say anything.
    var clamped: Instant { min(max(self, Instant.readable.lowerBound), Instant.readable.upperBound) }
}

import Synchronization

/// How often somebody may ask: so many a second, and so many more at once after a pause (a token bucket for each name).
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    private let perSecond: Double
    private let burst: Double
    private let buckets = Mutex<[String: Bucket]>([:])
    /// More names than this are forgotten: whoever sends from many addresses costs no memory.
    private static let capacity = 50_000

    init(perSecond: Double, burst: Double) {
        self.perSecond = perSecond
        self.burst = burst
    }

    /// Takes one from the name's bucket; how long to wait where it is empty.
    func take(_ name: String, at now: ContinuousClock.Instant = .now) -> Duration? {
        buckets.withLock { buckets in
            if buckets.count >= RateLimiter.capacity, buckets[name] == nil { buckets.removeAll() }
            var bucket = buckets[name] ?? Bucket(tokens: burst, filledAt: now)
            let passed = bucket.filledAt.duration(to: now) / .seconds(1)
            bucket.tokens = min(burst, bucket.tokens + passed * perSecond)
            bucket.filledAt = now
            defer { buckets[name] = bucket }
            guard bucket.tokens >= 1 else { return .seconds((1 - bucket.tokens) / perSecond) }
            bucket.tokens -= 1
            return nil
        }
    }

    /// Takes one or tells the caller to come back.
    func demand(_ name: String) throws {
        guard let wait = take(name) else { return }
        throw Problem.tooMany(wait)
    }
}

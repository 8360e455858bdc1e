import LedgerDomain
import RedemptionTokens
import Synchronization

/// The tokens that this process signed in the last minute or two: one that comes back byte for byte needs no second look at
/// its signature, which is most of what a redemption costs.
final class MintedTokens: Sendable {
    /// The most tokens of one generation; more are verified as any others are.
    private static let capacity = 200_000

    private struct Generations {
        var current: [TokenID: [UInt8]] = [:]
        var previous: [TokenID: [UInt8]] = [:]
        var since: Instant?
    }

    private let generations = Mutex(Generations())

    /// Remembers a token until it has expired.
    func insert(_ token: SignedClaims<OnlineToken>, at instant: Instant) {
        generations.withLock { generations in
            let since = generations.since ?? instant
            if instant >= since.adding(Instant.minute) || instant < since {
                generations.previous = generations.current
                generations.current = [:]
                generations.since = instant
            } else {
                generations.since = since
            }
            guard generations.current.count < MintedTokens.capacity else { return }
            generations.current[token.claims.id] = token.bytes
        }
    }

    /// Whether this very token was signed here.
    func contains(_ token: SignedClaims<OnlineToken>) -> Bool {
        let id = token.claims.id
        let known = generations.withLock { $0.current[id] ?? $0.previous[id] }
        return known == token.bytes
    }
}

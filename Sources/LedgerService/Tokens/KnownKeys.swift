import LedgerDomain
import RedemptionTokens
import Synchronization

/// The issuer's public keys that this process has seen in the ledger's key list, so that tokens are verified without
/// waiting for the writer, who holds the ledger's state while it commits.
///
/// An ID stands for one key for ever, so what is here is never out of date. Whether a key is good now is not here: the
/// ledger decides that with the redemption.
final class KnownKeys: Sendable {
    private let keys = Mutex<[KeyID: TokenPublicKey]>([:])

    subscript(id: KeyID) -> TokenPublicKey? { keys.withLock { $0[id] } }

    func insert(_ key: TokenPublicKey, _ id: KeyID) { keys.withLock { $0[id] = key } }
}

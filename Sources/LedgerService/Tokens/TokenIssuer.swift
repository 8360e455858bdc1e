package import Cryptography
package import LedgerDomain
import RedemptionTokens

/// The secrets that one ledger's tokens are made with. All of them follow from the data folder's key, so that a backup
/// of it is a backup of them (DESIGN §7).
package struct TokenIssuer: Sendable {
    private let ledger: LedgerCode
    private let secret: SecretKey
    let codes: TypedCodeKey
    let papers: PaperKey
    /// The key that signs key lists; tills have it from their installation.
    let lists: TokenSigner

    /// - Parameter secret: the data folder's key for tokens; every ledger and every use gets keys of its own.
    package init(_ ledger: LedgerCode, secret: SecretKey) {
        self.ledger = ledger
        self.secret = secret.derived(for: "\(ledger)")
        codes = TypedCodeKey(self.secret)
        papers = PaperKey(self.secret)
        lists = .ed25519(TokenIssuer.key(self.secret.derived(for: "key list")))
    }

    /// The issuer's key of a place in the order in which keys were made, from 0.
    func key(_ place: Int) -> TokenSigner {
        .ed25519(TokenIssuer.key(secret.derived(for: "issuer \(place)")))
    }

    /// The issuer's key with this ID, among the first `count`.
    func key(_ id: KeyID, among count: Int) -> TokenSigner? {
        (0..<count).lazy.map(key).first { TokenKeyID(of: $0.publicKey).rawValue == id.rawValue }
    }

    private static func key(_ secret: SecretKey) -> Ed25519PrivateKey {
        guard let key = Ed25519PrivateKey(seed: secret.bytes) else {
            preconditionFailure("32 bytes are a key")
        }
        return key
    }
}

extension Instant {
    /// Whole seconds since 1970, as tokens count.
    package var seconds: Int64 { microseconds / Instant.second }

    package init(seconds: Int64) { self.init(microseconds: seconds * Instant.second) }
}

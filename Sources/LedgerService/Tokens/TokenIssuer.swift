package import Cryptography
package import LedgerDomain
import RedemptionTokens

/// The secrets that one ledger's tokens are made with. All of them follow from the data folder's key, so that a backup
/// of it is a backup of them (DESIGN §7).
package struct TokenIssuer: Sendable {
    private let ledger: LedgerCode
    private let secret: SecretKey
    private let algorithms: CryptographicProfile
    let codes: TypedCodeKey
    let papers: PaperKey
    /// The key that signs key lists; tills have it from their installation.
    let lists: TokenSigner

    /// - Parameters:
    ///   - secret: the data folder's key for tokens; every ledger and every use gets keys of its own.
    ///   - algorithms: the ledger's profile.
    package init(_ ledger: LedgerCode, secret: SecretKey, algorithms: CryptographicProfile) {
        self.ledger = ledger
        self.secret = secret.derived(for: "\(ledger)", profile: algorithms)
        self.algorithms = algorithms
        codes = TypedCodeKey(self.secret, profile: algorithms)
        papers = PaperKey(self.secret, profile: algorithms)
        lists = TokenIssuer.signer(self.secret, "key list", algorithms)
    }

    /// The issuer's key of a place in the order in which keys were made, from 0.
    func key(_ place: Int) -> TokenSigner {
        TokenIssuer.signer(secret, "issuer \(place)", algorithms)
    }

    /// The issuer's key with this ID, among the first `count`.
    func key(_ id: KeyID, among count: Int) -> TokenSigner? {
        (0..<count).lazy.map(key).first { TokenKeyID(of: $0.publicKey).rawValue == id.rawValue }
    }

    /// The key that follows from a secret for one use.
    private static func signer(
        _ secret: SecretKey, _ use: String, _ algorithms: CryptographicProfile
    ) -> TokenSigner {
        let derived = secret.derived(for: use, profile: algorithms)
        switch algorithms {
        case .international:
            guard let key = Ed25519PrivateKey(seed: derived.bytes) else {
                preconditionFailure("32 bytes are a key")
            }
            return .ed25519(key)
        case .guomi: return .sm2(SM2PrivateKey(derivedFrom: derived))
        }
    }
}

extension Instant {
    /// Whole seconds since 1970, as tokens count.
    package var seconds: Int64 { microseconds / Instant.second }

    package init(seconds: Int64) { self.init(microseconds: seconds * Instant.second) }
}

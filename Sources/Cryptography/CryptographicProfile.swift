/// The algorithms that a ledger signs, seals and authenticates with; chosen when it is opened and never mixed.
package enum CryptographicProfile: String, Sendable, CaseIterable, Codable {
    /// Ed25519, SHA-256, HMAC-SHA-256 and AES-256-GCM.
    case international
    /// 国密: SM2 with SM3, HMAC-SM3, and SM4-CTR with HMAC-SM3.
    case guomi
}

extension CryptographicProfile {
    /// The 32 bytes of the profile's digest of `bytes`, for commitments to what the vault holds.
    package func digest(of bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .international: SHA256Digest.of(bytes)
        case .guomi: SM3Digest.of(bytes)
        }
    }
}

extension SecretKey {
    /// A key for one use, derived by HKDF (RFC 5869) with the profile's hash; no two profiles share one.
    package func derived(for use: String, profile: CryptographicProfile) -> SecretKey {
        switch profile {
        case .international: derived(for: use)
        case .guomi: derivedWithSM3(for: use)
        }
    }
}

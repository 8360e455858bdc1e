/// The signature algorithms of tokens and lists, by their COSE numbers.
///
/// A further one, such as SM2 with SM3 under a private number, is a case here; the compiler then asks for a
/// case of ``TokenPublicKey`` and ``TokenSigner``.
package enum TokenAlgorithm: Int64, Hashable, CaseIterable, Sendable {
    /// Ed25519 (RFC 9864 §2.2): what the issuer signs with.
    case ed25519 = -19
    /// ECDSA on P-256 with SHA-256 (RFC 9053 §2.1): what phones can sign with.
    case es256 = -7

    /// How many bytes its signatures have.
    package var signatureLength: Int {
        switch self {
        case .ed25519, .es256: 64
        }
    }
}

/// The signature algorithms of tokens and lists, by their COSE numbers.
///
/// A further one is a case here; the compiler then asks for a case of ``TokenPublicKey`` and ``TokenSigner``.
package enum TokenAlgorithm: Int64, Hashable, CaseIterable, Sendable {
    /// Ed25519 (RFC 9864 §2.2): what the issuer signs with.
    case ed25519 = -19
    /// ECDSA on P-256 with SHA-256 (RFC 9053 §2.1): what phones can sign with.
    case es256 = -7
    /// SM2 with SM3 and the signer's id 1234567812345678 (GB/T 32918.2, GM/T 0009-2012 §10): what the issuer of a
    /// 国密 ledger signs with.
    ///
    /// No number is registered for it, and the only draft (draft-dang-webauthn-sm2) expired. So this one is from
    /// the range for private use, below −65536 (RFC 9053 §11.2), and ends in the number of the standard.
    case sm2 = -132_918

    /// How many bytes its signatures have.
    package var signatureLength: Int {
        switch self {
        case .ed25519, .es256, .sm2: 64
        }
    }
}

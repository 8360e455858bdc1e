/// Seals personal data at rest, as the ledger's profile says.
package struct Sealer: Sendable {
    private let cipher: Cipher

    package init(key: SecretKey, profile: CryptographicProfile = .international) {
        cipher =
            switch profile {
            case .international: .aes(AESSealer(key: key))
            case .guomi: .sm4(SM4Sealer(key: key))
            }
    }

    /// The sealed bytes; `context` is authenticated and must be given again to open them.
    package func seal(_ plain: [UInt8], context: [UInt8]) throws(SealError) -> [UInt8] {
        switch cipher {
        case .aes(let sealer): try sealer.seal(plain, context: context)
        case .sm4(let sealer): try sealer.seal(plain, context: context)
        }
    }

    /// What was sealed; fails when profile, key, context or a single bit differs.
    package func open(_ sealed: [UInt8], context: [UInt8]) throws(SealError) -> [UInt8] {
        switch cipher {
        case .aes(let sealer): try sealer.open(sealed, context: context)
        case .sm4(let sealer): try sealer.open(sealed, context: context)
        }
    }

    private enum Cipher: Sendable {
        case aes(AESSealer)
        case sm4(SM4Sealer)
    }
}

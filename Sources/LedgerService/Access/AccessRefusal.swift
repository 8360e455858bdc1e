package import LedgerDomain

/// Why somebody does not come in.
package enum AccessRefusal: Error, Equatable, Sendable, CaseIterable {
    /// Nothing was shown.
    case missing
    /// It is no key of ours, or not this ledger's. Which of the two is not told.
    case unknown
    case expired
    case revoked
    /// A good key that may not do this.
    case scope

    /// The code that machines go by.
    package var code: String {
        switch self {
        case .missing: "access.missing"
        case .unknown: "access.unknown"
        case .expired: "access.expired"
        case .revoked: "access.revoked"
        case .scope: "access.scope"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .missing:
            Sentence("请出示接口密钥：Authorization: Bearer …", "Show a key: Authorization: Bearer …")
        case .unknown: Sentence("接口密钥不对", "The key is not known here.")
        case .expired: Sentence("接口密钥已到期，请换新的", "The key has expired. Ask for a new one.")
        case .revoked: Sentence("接口密钥已停用", "The key was revoked.")
        case .scope: Sentence("接口密钥没有这项权限", "The key may not do this.")
        }
    }
}

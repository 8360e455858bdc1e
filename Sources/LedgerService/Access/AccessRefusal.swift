package import LedgerDomain

/// Why somebody does not come in.
package enum AccessRefusal: Error, Equatable, Sendable, CaseIterable {
    /// Nothing was shown.
    case missing
    /// It is no key of ours, or not this ledger's. Which of the two is not told.
    case unknown
    case expired
    case revoked
    /// Good, but it may not do this.
    case scope
    /// Name, password and code do not go together. Which of them is not told.
    case signIn
    /// The sign-in is over, by time or by somebody's decision.
    case signedOut
    /// A change without the token that the sign-in's page has.
    case forgery
    /// The signature is none of an enrolled terminal, or of another message.
    case signature
    /// The terminal or the cashier works elsewhere, or the account is another merchant's.
    case elsewhere
    /// The key does not speak for this platform.
    case platform

    /// The code that machines go by.
    package var code: String {
        switch self {
        case .missing: "access.missing"
        case .unknown: "access.unknown"
        case .expired: "access.expired"
        case .revoked: "access.revoked"
        case .scope: "access.scope"
        case .signIn: "access.sign-in"
        case .signedOut: "access.signed-out"
        case .forgery: "access.forgery"
        case .signature: "access.signature"
        case .elsewhere: "access.elsewhere"
        case .platform: "access.platform"
        }
    }

    /// Whether somebody was let in and may not do this, rather than not let in.
    package var isDenial: Bool { [.scope, .forgery, .elsewhere, .platform].contains(self) }

    package var sentence: Sentence {
        switch self {
        case .missing:
            Sentence("请出示接口密钥：Authorization: Bearer …", "Show a key: Authorization: Bearer …")
        case .unknown: Sentence("接口密钥不对", "The key is not known here.")
        case .expired: Sentence("接口密钥已到期，请换新的", "The key has expired. Ask for a new one.")
        case .revoked: Sentence("接口密钥已停用", "The key was revoked.")
        case .scope: Sentence("没有这项权限", "You may not do this.")
        case .signIn:
            Sentence(
                "账号、密码或动态码不对", "The account, the password or the code is not right.")
        case .signedOut: Sentence("登录已失效，请重新登录", "You are signed out. Sign in again.")
        case .forgery:
            Sentence("缺少或不符的 X-CSRF-Token", "X-CSRF-Token is missing or is not this sign-in's.")
        case .signature:
            Sentence("签名无效、过期或覆盖不全", "The signature is not good, too old, or does not cover what it must.")
        case .elsewhere:
            Sentence(
                "这个终端、收银员或账号不属于该网点或商户",
                "This terminal, cashier or account belongs to another outlet or merchant.")
        case .platform:
            Sentence(
                "接口密钥不是这个平台的，请用 --platform 为平台生成密钥",
                "The key does not speak for this platform. Make one with its name: wenhui api-key create --platform."
            )
        }
    }
}

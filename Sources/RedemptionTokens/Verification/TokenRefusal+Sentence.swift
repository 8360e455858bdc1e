extension TokenRefusal {
    /// The stable code that machines see, such as `token.expired`.
    package var code: String { entry.code }
    /// What a cashier reads, in Chinese.
    package var chinese: String { entry.chinese }
    /// What a cashier reads, in English.
    package var english: String { entry.english }

    private typealias Entry = (code: String, chinese: String, english: String)

    private var entry: Entry { listEntry ?? keyEntry ?? issuedEntry ?? presentationEntry }

    private var listEntry: Entry? {
        switch self {
        case .keyListTooOld:
            ("keys.too-old", "密钥清单已过时，请联网更新", "The key list is out of date. Go online to update it.")
        case .revocationListMissing:
            (
                "revocations.missing", "没有吊销清单，请先联网更新",
                "There is no revocation list. Go online to get it."
            )
        case .revocationListTooOld:
            (
                "revocations.too-old", "吊销清单已过时，请联网更新",
                "The revocation list is out of date. Go online to update it."
            )
        case .listTooEarly:
            (
                "list.too-early", "清单的时间晚于本机时钟，请校准时钟",
                "A list is from the future. Set this till's clock right."
            )
        default: nil
        }
    }

    private var keyEntry: Entry? {
        switch self {
        case .otherLedger:
            ("token.other-ledger", "这张券属于另一本账簿", "The voucher belongs to another ledger.")
        case .keyUnknown:
            (
                "token.key-unknown", "签名密钥不在清单中，请更新清单后再试",
                "The token's key is not in the key list. Update the list and try again."
            )
        case .algorithmMismatch:
            (
                "token.algorithm", "签名算法与清单不符，不可受理",
                "The token's algorithm is not the one that the list has for its key."
            )
        case .keyNotInUse:
            (
                "token.key-not-in-use", "签名密钥尚未启用，请更新清单后再试",
                "The token's key is not in use yet. Update the list and try again."
            )
        case .keyTooEarly:
            (
                "token.key-too-early", "签名密钥尚未生效，请校准时钟",
                "The token's key is not valid yet. Set the clocks right."
            )
        case .keyExpired:
            ("token.key-expired", "签名密钥已过有效期，请持券人刷新", "The token's key has expired. Ask for a fresh token.")
        case .keyRevoked:
            ("token.key-revoked", "签名密钥已被吊销，请持券人刷新", "The token's key was revoked. Ask for a fresh token.")
        default: nil
        }
    }

    private var issuedEntry: Entry? {
        switch self {
        case .signature:
            ("token.signature", "签名不符，券码可能损坏或系伪造", "The signature is wrong. The token is damaged or forged.")
        case .signatureForm:
            ("token.signature-form", "签名写法不规范，不可受理", "The signature is not in the form that is taken.")
        case .tokenExpired:
            ("token.expired", "核销码已过期，请持券人刷新", "The token has expired. Ask for a fresh one.")
        case .tokenTooEarly:
            (
                "token.too-early", "核销码的有效时间还没到，请校准时钟",
                "The token is from the future. Set the clocks right."
            )
        case .credentialExpired:
            (
                "credential.expired", "离线凭证已过期，请持券人联网更新",
                "The offline credential has expired. The resident must go online to renew it."
            )
        case .credentialTooEarly:
            (
                "credential.too-early", "离线凭证的签发时间还没到，请校准时钟",
                "The offline credential is from the future. Set the clocks right."
            )
        case .credentialRevoked:
            ("credential.revoked", "离线凭证已被吊销", "The offline credential was revoked.")
        case .voucherRevoked: ("voucher.revoked", "这张券已停用", "The voucher was withdrawn.")
        default: nil
        }
    }

    private var presentationEntry: Entry {
        switch self {
        case .otherCredential:
            (
                "presentation.other-credential", "出示码与离线凭证不是一对",
                "The presentation belongs to another credential."
            )
        case .presentationAlgorithm:
            (
                "presentation.algorithm", "出示码的签名算法不符，不可受理",
                "The presentation's algorithm is not the one that its device's key is for."
            )
        case .presentationSignature:
            (
                "presentation.signature", "手机签名不符，券码可能损坏或系伪造",
                "The phone's signature is wrong. The code is damaged or forged."
            )
        case .presentationForm:
            (
                "presentation.signature-form", "手机签名写法不规范，不可受理",
                "The phone's signature is not in the form that is taken."
            )
        case .presentationExpired:
            ("presentation.expired", "出示码已过期，请持券人刷新", "The code has expired. Ask for a fresh one.")
        case .presentationTooEarly:
            (
                "presentation.too-early", "出示码的时间还没到，请校准时钟",
                "The code is from the future. Set the clocks right."
            )
        case .otherOutlet:
            ("presentation.other-outlet", "出示码是给另一家门店的", "The code was made for another outlet.")
        case .noAmount: ("presentation.no-amount", "出示码没有金额", "The code is for no amount.")
        default:
            ("presentation.over-cap", "金额超过离线限额", "The amount is over the limit for offline sales.")
        }
    }
}

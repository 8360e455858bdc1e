/// A resident's account with a platform that serves residents: a mini programme, an app, a shop (openid).
package struct PlatformAccount: Hashable, Sendable {
    /// The platform's name, as its movements have it for their channel.
    package let platform: String
    /// What the platform calls the resident; it says nothing to anybody else.
    package let account: String

    /// `nil` where the platform is not 1 to 32 small letters, digits and hyphens, or the account not 1 to 64 letters, digits,
    /// hyphens and underscores.
    package init?(platform: String, account: String) {
        let isAccount = account.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard PlatformAccount.isPlatform(platform), isAccount, (1...64).contains(account.utf8.count)
        else { return nil }
        self.platform = platform
        self.account = account
    }

    /// Whether it can be a platform's name.
    package static func isPlatform(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isPlain && (1...32).contains(text.utf8.count)
    }

    /// Reads `platform:account`; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(platform: String(parts[0]), account: String(parts[1]))
    }
}

/// A resident's account with a platform that serves residents: a mini programme, an app, a shop (openid).
package struct PlatformAccount: Hashable, Sendable {
    /// The platform's name, as its movements have it for their channel.
    package let platform: String
    /// What the platform calls the resident; it says nothing to anybody else.
    package let account: String

    /// `nil` where the platform is not 1 to 32 small letters, digits and hyphens, or the account not 1 to 64 letters, digits,
    /// hyphens and underscores.
    package init?(platform: String, account: String) {
        let isPlatform = platform.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        let isAccount = account.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isPlatform, isAccount, (1...32).contains(platform.utf8.count),
            (1...64).contains(account.utf8.count)
        else { return nil }
        self.platform = platform
        self.account = account
    }

    /// Reads `platform:account`; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(platform: String(parts[0]), account: String(parts[1]))
    }
}

import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerDomain
import LedgerService

/// The cookie of a sign-in: no script reads it, no other site sends it, and over TLS no other host sets it (RFC 6265bis).
struct CookieName {
    let text: String

    init(_ ledger: LedgerCode, isEncrypted: Bool) {
        text = (isEncrypted ? "__Host-" : "") + "wenhui-\(ledger)"
    }

    /// What a request's cookies have under this name.
    func value(in request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard pair.hasPrefix(text), pair.dropFirst(text.count).first == "=" else { continue }
                return String(pair.dropFirst(text.count + 1))
            }
        }
        return nil
    }
}

extension SignInCookie {
    /// The header that sets or ends it.
    func header(_ name: CookieName, isEncrypted: Bool, at now: Instant) -> String {
        let (value, age): (String, Int64) =
            switch self {
            case .keep(let signIn):
                (signIn.text, max(0, (signIn.expiry.microseconds - now.microseconds) / Instant.second))
            case .forget: ("", 0)
            }
        return "\(name.text)=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict"
            + (isEncrypted ? "; Secure" : "")
    }
}

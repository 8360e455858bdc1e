import Crypto
import Foundation

/// Codes of six digits that an authenticator shows for half a minute each (TOTP, RFC 6238, HMAC-SHA-1).
package struct OneTimePassword: Sendable {
    /// Shared with the authenticator; 20 bytes as RFC 4226 §4 recommends.
    package let secret: [UInt8]

    package init(secret: [UInt8]) { self.secret = secret }

    package static func random() -> OneTimePassword { OneTimePassword(secret: SecureRandom.bytes(20)) }

    /// Seconds that a code is shown.
    package static let period: Int64 = 30

    /// The code of a time step, of six to eight digits.
    package func code(step: Int64, digits: Int = 6) -> String {
        let message = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 15)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number)
        return String((String(repeating: "0", count: digits) + text).suffix(digits))
    }

    /// The step whose code this is, at most one away from the moment's and later than the one that was used last; `nil`
    /// where it is none of them (RFC 6238 §5.2).
    package func step(of code: String, at seconds: Int64, after used: Int64) -> Int64? {
        let now = seconds / OneTimePassword.period
        return (now - 1...now + 1).first { step in
            step > used && OpenSSL.isEqual(Array(self.code(step: step).utf8), Array(code.utf8))
        }
    }

    /// What an authenticator reads, typed or scanned: `otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER`.
    package func address(issuer: String, account: String) -> String {
        func escaped(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return
            "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(text)&issuer=\(escaped(issuer))"
    }

    /// The secret in base 32 (RFC 4648 §6), without padding.
    package var text: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var text = ""
        var (bits, count) = (UInt32(0), 0)
        for byte in secret {
            (bits, count) = (bits << 8 | UInt32(byte), count + 8)
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> UInt32(count)) & 31])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(5 - count)) & 31]) }
        return text
    }
}

package import Cryptography
import Foundation
package import LedgerService

/// A message gateway that takes messages by a webhook: `POST` of a JSON object with `ledger`, `phone` and `text`.
///
/// `Wenhui-Signature: t=SECONDS,v1=HEX` is the HMAC-SHA-256 of the seconds, a full stop and the body, so that the gateway
/// knows who asks; 2xx means taken.
package struct MessageWebhook: MessageGateway {
    private let address: URL
    private let secret: SecretKey

    /// `nil` for what is no address by https, or by http on this machine: phone numbers and codes are in it.
    package init?(_ address: String, secret: SecretKey) {
        guard let url = URL(string: address), let host = url.host, !host.isEmpty else { return nil }
        let isHere = ["127.0.0.1", "::1", "localhost"].contains(host)
        guard url.scheme?.lowercased() == "https" || (url.scheme?.lowercased() == "http" && isHere) else {
            return nil
        }
        self.address = url
        self.secret = secret
    }

    package func send(_ message: ShortMessage) async throws {
        let body = try JSONEncoder().encode([
            "ledger": "\(message.ledger)", "phone": message.phone, "text": message.text,
        ])
        let seconds = Int(Date().timeIntervalSince1970)
        let code = HMACSHA256(key: secret).code(Array("\(seconds).".utf8) + body).hexadecimal
        let reply: HTTPReply
        do {
            reply = try await HTTPExchange.post(
                Array(body), to: address, timeout: .seconds(5), maximumLength: 65_536,
                headers: [
                    "Content-Type": "application/json", "Wenhui-Signature": "t=\(seconds),v1=\(code)",
                ])
        } catch {
            throw Problem.gateway
        }
        guard (200..<300).contains(reply.status) else { throw Problem.gateway }
    }
}

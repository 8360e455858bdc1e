package import Cryptography
import Foundation
package import LedgerService

/// A message gateway that takes messages as signed posts of a JSON object with `ledger`, `phone` and `text`.
package struct MessageWebhook: MessageGateway {
    private let post: SignedPost

    /// `nil` for what is no address by https, or by http on this machine: phone numbers and codes are in it.
    package init?(_ address: String, secret: SecretKey) {
        guard let post = SignedPost(address, secret: secret) else { return nil }
        self.post = post
    }

    package func send(_ message: ShortMessage) async throws {
        let body = try JSONEncoder().encode([
            "ledger": "\(message.ledger)", "phone": message.phone, "text": message.text,
        ])
        do {
            try await post.send(Array(body), timeout: .seconds(5))
        } catch {
            throw Problem.gateway
        }
    }
}

package import Cryptography
import Foundation
package import LedgerService

/// A real-name check by signed posts of a JSON object with `ledger`, `name`, `identityNumber` and `phone`, which are answered
/// `{"verified": true}` where they go together.
package struct RealNameWebhook: RealNameCheck {
    private let post: SignedPost

    private struct Reply: Decodable {
        var verified: Bool
    }

    /// `nil` for what is no address by https, or by http on this machine: who somebody is is in it.
    package init?(_ address: String, secret: SecretKey) {
        guard let post = SignedPost(address, secret: secret) else { return nil }
        self.post = post
    }

    package func confirms(_ person: ResidentDetails, of ledger: String) async throws -> Bool {
        do {
            let body = try JSONEncoder().encode([
                "ledger": ledger, "name": person.name, "identityNumber": person.identityNumber,
                "phone": person.phone,
            ])
            let reply = try await post.send(Array(body), timeout: .seconds(10))
            return try JSONDecoder().decode(Reply.self, from: Data(reply)).verified
        } catch {
            throw Problem.realName
        }
    }
}

import Cryptography
import Foundation
import LedgerService

/// Posts of a JSON document that whoever gets them knows to be ours.
///
/// `Wenhui-Signature: t=SECONDS,v1=HEX` is the HMAC-SHA-256 of the seconds, a full stop and the body; 2xx means taken.
/// Redirections are not followed.
struct SignedPost: Sendable {
    private let address: URL
    private let secret: SecretKey

    /// Why something was not taken.
    enum Failure: Error, CustomStringConvertible {
        case unanswered(HTTPFailure)
        case status(Int)

        var description: String {
            switch self {
            case .unanswered(let failure): "\(failure)"
            case .status(let status): "status \(status)"
            }
        }
    }

    /// `nil` for what is no address by https, or by http on this machine.
    init?(_ address: String, secret: SecretKey) {
        guard Webhooks.isAddress(address), let url = URL(string: address), let host = url.host, !host.isEmpty
        else { return nil }
        self.address = url
        self.secret = secret
    }

    /// - Returns: the body of the reply.
    @discardableResult
    func send(
        _ body: [UInt8], timeout: Duration, headers: [String: String] = [:]
    ) async throws(Failure) -> [UInt8] {
        let seconds = Int(Date().timeIntervalSince1970)
        let code = HMACSHA256(key: secret).code(Array("\(seconds).".utf8) + body).hexadecimal
        let own = ["Content-Type": "application/json", "Wenhui-Signature": "t=\(seconds),v1=\(code)"]
        let reply: HTTPReply
        do {
            reply = try await HTTPExchange.post(
                body, to: address, timeout: timeout, maximumLength: 65_536,
                headers: own.merging(headers) { $1 })
        } catch {
            throw .unanswered(error)
        }
        guard (200..<300).contains(reply.status) else { throw .status(reply.status) }
        return reply.body
    }
}

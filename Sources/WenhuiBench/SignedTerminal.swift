import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import LedgerStorage

/// A terminal that has opened its day, and signs what it sends (RFC 9421 with hmac-sha256).
struct SignedTerminal {
    private let keyID: String
    private let secret: HMACSHA256

    /// Enrols the terminal with a key of its own and opens its day.
    init(_ serial: String, at service: LedgerService, _ office: any Office, _ call: Call) async throws {
        let terminals = Terminals(service, office)
        let key = P256PrivateKey.random()
        let code = try await terminals.invite(serial, call).code
        let enrolment = Terminals.enrolmentMessage(service.ledger, serial, code: code)
        try await terminals.enrol(
            serial, code: code, key: key.publicKey.compressed, signature: key.signature(for: enrolment)
        ).get()
        let nonce = UUID().uuidString
        let now = service.now
        let opening = Terminals.openingMessage(service.ledger, serial, at: now, nonce: nonce, cashier: "")
        let (session, secret) = try await terminals.open(
            serial, at: now, nonce: nonce, cashier: nil, signature: key.signature(for: opening)
        ).get()
        keyID = session.name
        self.secret = HMACSHA256(key: secret)
    }

    /// What a request with a body carries.
    func headers(of body: String, to path: String, key: String) -> [(String, String)] {
        let digest = "sha-256=:\(SHA256Digest.of(Array(body.utf8)).base64):"
        let created = Int(Date().timeIntervalSince1970)
        let parameters =
            "(\"@method\" \"@target-uri\" \"content-digest\" \"idempotency-key\");created=\(created);keyid=\"\(keyID)\";alg=\"hmac-sha256\""
        let base = """
            "@method": POST
            "@target-uri": http://127.0.0.1\(path)
            "content-digest": \(digest)
            "idempotency-key": \(key)
            "@signature-params": \(parameters)
            """
        return [
            ("Content-Digest", digest), ("Idempotency-Key", key), ("Signature-Input", "till=\(parameters)"),
            ("Signature", "till=:\(secret.code(Array(base.utf8)).base64):"),
        ]
    }
}

import HTTPTypes

/// Headers that swift-http-types has no names for.
extension HTTPField.Name {
    /// Which request this is, for answering its retries.
    static let idempotencyKey = named("Idempotency-Key")
    /// That an answer is one given before.
    static let idempotencyReplayed = named("Idempotency-Replayed")
    /// What a page may tell others of where it was (W3C Referrer Policy).
    static let referrerPolicy = named("Referrer-Policy")

    /// For whom a proxy asks, the nearest last.
    static let forwardedFor = named("X-Forwarded-For")

    /// For a proxy: how the client reached it.
    static let forwardedProtocol = named("X-Forwarded-Proto")

    /// What a page knows that no other site's page does.
    static let forgeryToken = named("X-CSRF-Token")

    /// A message's signature and what it covers (RFC 9421).
    static let signature = named("Signature")
    static let signatureInput = named("Signature-Input")
    /// The digest of a body (RFC 9530).
    static let contentDigest = named("Content-Digest")

    /// The last event of a stream that a client has seen (HTML Living Standard, 9.2).
    static let lastEventID = named("Last-Event-ID")

    /// For a proxy: whether it holds an answer back until it has more of it (nginx).
    static let proxyBuffering = named("X-Accel-Buffering")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no token") }
        return name
    }
}

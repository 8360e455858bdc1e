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

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no token") }
        return name
    }
}

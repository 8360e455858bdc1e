import HTTPTypes

// swift-http-types has names for the headers of its own registry; these are not in it. The force-unwrapped constants are tokens (RFC 9110 §5.1).
extension HTTPField.Name {
    /// Which request this is, for answering its retries.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    /// That an answer is one given before.
    static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
    /// What a page may tell others of where it was (W3C Referrer Policy).
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}

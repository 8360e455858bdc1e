import COpenSSL

/// What this module takes from OpenSSL's providers, each fetched once: a fetch by name costs more than hashing a
/// kilobyte.
///
/// What is fetched is never changed or freed, so every thread may read it. Where OpenSSL was built without the
/// 国密 algorithms, as some distributions do, the first use stops the program.
package enum OpenSSL {
    nonisolated(unsafe) static let sm3 = present(EVP_MD_fetch(nil, "SM3", nil), "SM3")
    nonisolated(unsafe) static let sm4CTR = present(EVP_CIPHER_fetch(nil, "SM4-CTR", nil), "SM4-CTR")
    nonisolated(unsafe) static let hmac = present(EVP_MAC_fetch(nil, "HMAC", nil), "HMAC")
    nonisolated(unsafe) static let sm2Group = present(
        EC_GROUP_new_by_curve_name_ex(nil, nil, NID_sm2), "the curve of SM2")

    /// What OpenSSL made; it makes nothing only without memory, or without the algorithm.
    static func present<Value>(_ value: Value?, _ name: StaticString) -> Value {
        guard let value else { preconditionFailure("OpenSSL has no \(name)") }
        return value
    }

    /// Stops where OpenSSL could not do what cannot fail with the arguments it was given.
    static func require(_ isDone: Bool, _ name: StaticString) {
        precondition(isDone, "OpenSSL failed at \(name)")
    }

    /// Whether two byte strings are equal, in a time that depends on their lengths alone.
    package static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// Runs `body` and forgets the errors it left in the thread's queue, which another user of OpenSSL in this
    /// thread, such as a database's TLS, would take for its own.
    static func forgettingErrors<Value>(_ body: () -> Value) -> Value {
        ERR_set_mark()
        defer { ERR_pop_to_mark() }
        return body()
    }
}

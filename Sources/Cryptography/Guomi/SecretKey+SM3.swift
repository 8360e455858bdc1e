extension SecretKey {
    /// A key for one use, derived by HKDF (RFC 5869) with SM3, where ``derived(for:)`` takes SHA-256.
    package func derivedWithSM3(for use: String) -> SecretKey {
        let extracted = HMACSM3(key: [UInt8](repeating: 0, count: SM3Digest.byteCount)).code(bytes)
        // One block of the expansion is a key already (§2.3).
        guard let key = SecretKey(bytes: HMACSM3(key: extracted).code(Array(use.utf8) + [1])) else {
            preconditionFailure("a code of HMAC-SM3 is as long as a key")
        }
        return key
    }
}

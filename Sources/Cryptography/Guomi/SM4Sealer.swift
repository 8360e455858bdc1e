/// Seals personal data at rest in the 国密 profile: SM4 in counter mode, then HMAC-SM3 over what came out.
///
/// Debian's OpenSSL has no SM4-GCM, so the two are put together as RFC 7518 §5.2.2.1 does: the MAC covers the
/// context, the first counter, the ciphertext and the context's length, under a key of its own.
package struct SM4Sealer: Sendable {
    private let encryptionKey: SecretKey
    private let mac: HMACSM3

    package init(key: SecretKey) {
        encryptionKey = key.derivedWithSM3(for: "SM4-CTR")
        mac = HMACSM3(key: key.derivedWithSM3(for: "HMAC-SM3").bytes)
    }

    /// The random first counter (16 bytes), the ciphertext and the MAC (32); `context` is authenticated and must
    /// be given again to open it. Fails above 1 GiB.
    package func seal(_ plain: [UInt8], context: [UInt8]) throws(SealError) -> [UInt8] {
        guard plain.count <= SM4Sealer.limit else { throw .cannotSeal }
        let counter = SecureRandom.bytes(SM4CounterMode.blockByteCount)
        let body = counter + apply(plain, counter: counter)
        return body + mac.code(authenticated(body, context: context))
    }

    /// What was sealed; fails when key, context or a single bit differs, before anything is decrypted.
    package func open(_ sealed: [UInt8], context: [UInt8]) throws(SealError) -> [UInt8] {
        let start = SM4CounterMode.blockByteCount
        let end = sealed.count - SM3Digest.byteCount
        guard end >= start, end - start <= SM4Sealer.limit else { throw .cannotOpen }
        let body = Array(sealed[..<end])
        guard mac.isValid(Array(sealed[end...]), for: authenticated(body, context: context)) else {
            throw .cannotOpen
        }
        return apply(Array(body[start...]), counter: Array(body[..<start]))
    }

    private static let limit = 1 << 30

    private func apply(_ bytes: [UInt8], counter: [UInt8]) -> [UInt8] {
        let key = Array(encryptionKey.bytes.prefix(SM4CounterMode.blockByteCount))
        return SM4CounterMode.apply(bytes, key: key, counter: counter)
    }

    /// Says where the context ends, so that no byte can move between it and the rest.
    private func authenticated(_ body: [UInt8], context: [UInt8]) -> [UInt8] {
        let bits = UInt64(context.count) * 8
        return context + body
            + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
    }
}

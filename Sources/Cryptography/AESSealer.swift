import Crypto
import Foundation

/// Seals personal data at rest with AES-256-GCM (NIST SP 800-38D), a random nonce each time.
struct AESSealer: Sendable {
    private let key: SymmetricKey

    init(key: SecretKey) {
        self.key = SymmetricKey(data: key.bytes)
    }

    /// Nonce, ciphertext and tag; `context` is authenticated and must be given again to open it.
    func seal(_ plain: [UInt8], context: [UInt8]) throws(SealError) -> [UInt8] {
        guard let box = try? AES.GCM.seal(plain, using: key, authenticating: context),
            let combined = box.combined
        else { throw .cannotSeal }
        return Array(combined)
    }

    /// What was sealed; fails when key, context or a single bit differs.
    func open(_ sealed: [UInt8], context: [UInt8]) throws(SealError) -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let plain = try? AES.GCM.open(box, using: key, authenticating: context)
        else { throw .cannotOpen }
        return Array(plain)
    }
}

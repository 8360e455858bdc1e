import Crypto
import Foundation

/// 32 secret bytes; never printed, never logged.
package struct SecretKey: Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// `nil` unless there are exactly 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    private init(_ key: SymmetricKey) {
        bytes = key.withUnsafeBytes { Array($0) }
    }

    /// A new key from the system's random generator.
    package static func random() -> SecretKey { SecretKey(SymmetricKey(size: .bits256)) }

    /// A key for one use, derived by HKDF-SHA-256 (RFC 5869) so that uses do not share key material.
    package func derived(for use: String) -> SecretKey {
        SecretKey(
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: bytes), info: Data(use.utf8), outputByteCount: 32))
    }

    package var description: String { "(secret)" }
}

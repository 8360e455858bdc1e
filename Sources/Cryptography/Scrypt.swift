import COpenSSL

/// scrypt (RFC 7914): what a password is kept as, slow and large on purpose.
package struct Scrypt: Equatable, Sendable {
    /// The base-2 logarithm of the cost N; memory is 128 · r · N bytes.
    package var logCost: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(logCost: Int, blockSize: Int, parallelism: Int) {
        self.logCost = logCost
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// 64 MiB and twice over: one of the equally strong settings that OWASP names (Password Storage Cheat Sheet).
    package static let standard = Scrypt(logCost: 16, blockSize: 8, parallelism: 2)

    /// The derived bytes; `nil` for parameters that RFC 7914 does not allow or that need more than a gigabyte.
    package func key(_ password: [UInt8], salt: [UInt8], byteCount: Int) -> [UInt8]? {
        guard (1...20).contains(logCost), blockSize > 0, parallelism > 0, byteCount > 0 else { return nil }
        var key = [UInt8](repeating: 0, count: byteCount)
        let isDone = OpenSSL.forgettingErrors {
            // Without a pointer OpenSSL takes an empty password for none at all.
            (password.isEmpty ? [0] : password).withUnsafeBytes { bytes in
                EVP_PBE_scrypt(
                    bytes.bindMemory(to: CChar.self).baseAddress, password.count, salt, salt.count,
                    1 << UInt64(logCost), UInt64(blockSize), UInt64(parallelism), 1 << 30, &key, byteCount)
                    == 1
            }
        }
        return isDone ? key : nil
    }
}

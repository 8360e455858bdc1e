import COpenSSL

/// SM4 (GB/T 32907) in counter mode (GB/T 17964, NIST SP 800-38A §6.5): hides bytes and protects them from
/// nothing else, so ``SM4Sealer`` is what others use.
package enum SM4CounterMode {
    /// The number of bytes of a key, of a block and of the first counter.
    package static let blockByteCount = 16

    /// Encrypts `bytes`, or decrypts them: in this mode the two are the same.
    ///
    /// The key and the first counter, which counts on as one big-endian number, have 16 bytes; at most 2 GiB.
    package static func apply(_ bytes: [UInt8], key: [UInt8], counter: [UInt8]) -> [UInt8] {
        precondition(key.count == blockByteCount && counter.count == blockByteCount)
        guard let length = Int32(exactly: bytes.count) else { preconditionFailure("more than 2 GiB at once") }
        let context = OpenSSL.present(EVP_CIPHER_CTX_new(), "SM4-CTR")
        defer { EVP_CIPHER_CTX_free(context) }
        OpenSSL.require(EVP_EncryptInit_ex2(context, OpenSSL.sm4CTR, key, counter, nil) == 1, "SM4-CTR")
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
            var written: Int32 = 0
            if length > 0 {
                let status = EVP_EncryptUpdate(context, output.baseAddress, &written, bytes, length)
                OpenSSL.require(status == 1 && written == length, "SM4-CTR")
            }
            count = bytes.count
        }
    }
}

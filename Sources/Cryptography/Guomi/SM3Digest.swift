import COpenSSL

/// The SM3 digest (GB/T 32905), for whatever the 国密 profile hashes.
package enum SM3Digest {
    /// The number of bytes of a digest.
    package static let byteCount = 32

    /// The 32 bytes of the digest of `bytes`.
    package static func of(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            let status = EVP_Digest(bytes, bytes.count, digest.baseAddress, nil, OpenSSL.sm3, nil)
            OpenSSL.require(status == 1, "SM3")
            count = byteCount
        }
    }
}

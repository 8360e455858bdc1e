import COpenSSL

/// An SM2 key as OpenSSL holds it: freed with its last owner, and only read, so every thread may use it.
final class SM2KeyHandle: @unchecked Sendable {
    private let key: OpaquePointer

    /// Takes a point of the curve, uncompressed, and the private key that leads to it if there is one.
    init(point: [UInt8], scalar: [UInt8]?) {
        var point = point
        // OpenSSL reads a number in the machine's order of bytes.
        var number = scalar ?? []
        if Int(littleEndian: 1) == 1 { number.reverse() }
        key = point.withUnsafeMutableBytes { point in
            number.withUnsafeMutableBytes { number in
                var parameters: [OSSL_PARAM] = [.text("group", "SM2"), .bytes("pub", point)]
                if scalar != nil { parameters.append(.number("priv", number)) }
                parameters.append(OSSL_PARAM_construct_end())
                return SM2KeyHandle.key(&parameters, scalar == nil ? WENHUI_PUBLIC_KEY : WENHUI_KEY_PAIR)
            }
        }
    }

    private static func key(_ parameters: inout [OSSL_PARAM], _ parts: Int32) -> OpaquePointer {
        let context = OpenSSL.present(EVP_PKEY_CTX_new_from_name(nil, "SM2", nil), "SM2")
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        OpenSSL.require(EVP_PKEY_fromdata_init(context) == 1, "SM2")
        OpenSSL.require(EVP_PKEY_fromdata(context, &key, parts, &parameters) == 1, "reading a key")
        return OpenSSL.present(key, "a key")
    }

    deinit { EVP_PKEY_free(key) }

    /// A function that begins signing or verifying, such as `EVP_DigestSignInit`.
    typealias Beginning = (
        OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?, OpaquePointer?, OpaquePointer?, OpaquePointer?
    ) -> Int32

    /// Begins signing or verifying with SM3 and the signer's id of GM/T 0009-2012 §10, and goes on with `body`.
    ///
    /// OpenSSL 3.0 would otherwise take an empty id, and then no other implementation accepts the signature.
    func withContext<Value>(_ begin: Beginning, _ body: (OpaquePointer) -> Value) -> Value {
        let options = OpenSSL.present(EVP_PKEY_CTX_new_from_pkey(nil, key, nil), "SM2")
        defer { EVP_PKEY_CTX_free(options) }
        let context = OpenSSL.present(EVP_MD_CTX_new(), "SM2")
        defer { EVP_MD_CTX_free(context) }
        let id = SM2KeyHandle.identity
        OpenSSL.require(EVP_PKEY_CTX_set1_id(options, id, Int32(id.count)) == 1, "setting the signer's id")
        EVP_MD_CTX_set_pkey_ctx(context, options)
        OpenSSL.require(begin(context, nil, OpenSSL.sm3, nil, key) == 1, "beginning with SM2")
        return body(context)
    }

    /// The id that signers have who have no other (GM/T 0009-2012 §10).
    private static let identity = Array("1234567812345678".utf8)
}

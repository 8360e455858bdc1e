import COpenSSL

extension OSSL_PARAM {
    /// A parameter whose value is a name. OpenSSL keeps the two pointers, so both texts are the program's own.
    static func text(_ name: StaticString, _ value: StaticString) -> OSSL_PARAM {
        OSSL_PARAM_construct_utf8_string(cString(name), UnsafeMutablePointer(mutating: cString(value)), 0)
    }

    /// A parameter whose value is bytes that stay where they are for as long as it is used.
    static func bytes(_ name: StaticString, _ value: UnsafeMutableRawBufferPointer) -> OSSL_PARAM {
        OSSL_PARAM_construct_octet_string(cString(name), value.baseAddress, value.count)
    }

    /// A parameter whose value is a number in the machine's order of bytes, which stay where they are too.
    static func number(_ name: StaticString, _ value: UnsafeMutableRawBufferPointer) -> OSSL_PARAM {
        let digits = value.bindMemory(to: UInt8.self)
        return OSSL_PARAM_construct_BN(cString(name), digits.baseAddress, digits.count)
    }

    private static func cString(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

import COpenSSL

/// The curve of SM2 (GB/T 32918.5 §2): its order, and the encoding of its points.
enum SM2Curve {
    /// The order n of the base point, big-endian.
    static let order: [UInt8] = [
        0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x23,
    ]

    /// n − 1, with which a private key could not sign.
    private static let orderMinusOne: [UInt8] = order.dropLast() + [0x22]

    /// Whether 32 bytes are a number from 1 to n − 1, as r and s must be (GB/T 32918.2 §7.1).
    static func isBelowOrder(_ number: some Collection<UInt8>) -> Bool {
        number.count == 32 && number.contains { $0 != 0 } && number.lexicographicallyPrecedes(order)
    }

    /// Whether 32 bytes are a number from 1 to n − 2.
    static func isPrivateKey(_ scalar: [UInt8]) -> Bool {
        isBelowOrder(scalar) && scalar != orderMinusOne
    }

    /// The base point times a private key, uncompressed.
    static func publicPoint(of scalar: [UInt8]) -> [UInt8] {
        let group = OpenSSL.sm2Group
        let point = OpenSSL.present(EC_POINT_new(group), "a point")
        defer { EC_POINT_free(point) }
        let number = OpenSSL.present(BN_bin2bn(scalar, Int32(scalar.count), nil), "a number")
        defer { BN_clear_free(number) }
        OpenSSL.require(EC_POINT_mul(group, point, number, nil, nil, nil) == 1, "multiplying the base point")
        return uncompressed(point)
    }

    /// A point in its 65 bytes, read from them or from its 33; `nil` for anything that is no point of the curve.
    static func uncompressed(_ bytes: [UInt8]) -> [UInt8]? {
        // The standard's hybrid form and the point at infinity are no key's.
        switch (bytes.first, bytes.count) {
        case (4, 65), (2, 33), (3, 33): break
        default: return nil
        }
        let point = OpenSSL.present(EC_POINT_new(OpenSSL.sm2Group), "a point")
        defer { EC_POINT_free(point) }
        let isPoint = OpenSSL.forgettingErrors {
            EC_POINT_oct2point(OpenSSL.sm2Group, point, bytes, bytes.count, nil) == 1
        }
        return isPoint ? uncompressed(point) : nil
    }

    private static func uncompressed(_ point: OpaquePointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 65) { buffer, count in
            count = EC_POINT_point2oct(
                OpenSSL.sm2Group, point, POINT_CONVERSION_UNCOMPRESSED, buffer.baseAddress, buffer.count, nil)
            OpenSSL.require(count == 65, "encoding a point")
        }
    }
}

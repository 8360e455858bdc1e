/// An SM2 signature between its 64 bytes, which everything here reads and writes, and the DER (ITU-T X.690) that
/// OpenSSL wants.
struct SM2Signature {
    /// r ‖ s, 32 bytes each, big-endian.
    let bytes: [UInt8]

    /// The most bytes that the DER of a signature has.
    static let encodedLimit = 72

    /// Reads r ‖ s; `nil` unless both are from 1 to n − 1.
    init?(bytes: [UInt8]) {
        guard bytes.count == 64, SM2Curve.isBelowOrder(bytes[..<32]), SM2Curve.isBelowOrder(bytes[32...])
        else {
            return nil
        }
        self.bytes = bytes
    }

    /// Reads DER; `nil` for anything that ``encoded`` would not give.
    init?(encoded: [UInt8]) {
        var rest = encoded.dropFirst(2)
        guard let r = SM2Signature.takeNumber(&rest), let s = SM2Signature.takeNumber(&rest) else {
            return nil
        }
        self.init(bytes: r + s)
        guard self.encoded == encoded else { return nil }
    }

    /// The signature as a sequence of two integers in DER.
    var encoded: [UInt8] {
        let numbers = SM2Signature.integer(bytes[..<32]) + SM2Signature.integer(bytes[32...])
        return [0x30, UInt8(numbers.count)] + numbers
    }

    /// A number as an integer in DER: no needless zero before it, and one where it would look negative.
    private static func integer(_ number: ArraySlice<UInt8>) -> [UInt8] {
        let digits = number.drop { $0 == 0 }
        let sign: [UInt8] = (digits.first ?? 0x80) < 0x80 ? [] : [0]
        return [2, UInt8(sign.count + digits.count)] + sign + digits
    }

    /// Takes an integer's tag, length and digits off the front and gives the digits in 32 bytes.
    private static func takeNumber(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.popFirst() == 2, let length = rest.popFirst(), length <= rest.count else { return nil }
        let digits = rest.prefix(Int(length)).drop { $0 == 0 }
        rest = rest.dropFirst(Int(length))
        guard digits.count <= 32 else { return nil }
        return [UInt8](repeating: 0, count: 32 - digits.count) + digits
    }
}

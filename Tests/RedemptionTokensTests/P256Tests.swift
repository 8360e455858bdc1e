import Cryptography
import Testing

@Suite("P-256 keys and signatures")
struct P256Tests {
    private static let half = "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8"
    private static let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"

    @Test("what a key signs has the lower s and is valid; with the upper s it is valid too, and not low")
    func lowS() throws {
        for round in 0..<64 {
            let key = P256PrivateKey.random()
            let message = [UInt8(round)]
            let signature = key.signature(for: message)
            #expect(signature.count == 64)
            #expect(P256PublicKey.isLowS(signature))
            #expect(key.publicKey.isValid(signature, for: message))
            #expect(!key.publicKey.isValid(signature, for: message + [0]))
            let twin = upperTwin(of: signature)
            #expect(!P256PublicKey.isLowS(twin))
            #expect(key.publicKey.isValid(twin, for: message))
        }
    }

    @Test("half of the order is low, and one more is not")
    func boundary() {
        let r = [UInt8](repeating: 1, count: 32)
        var half = bytes(hexadecimal: P256Tests.half)
        #expect(P256PublicKey.isLowS(r + half))
        half[31] += 1
        #expect(!P256PublicKey.isLowS(r + half))
        #expect(!P256PublicKey.isLowS(r + half + [0]))
        #expect(!P256PublicKey.isLowS(r))
        #expect(!P256PublicKey.isLowS([]))
    }

    @Test("private keys come back from their scalars, and zero or the order is none")
    func scalars() throws {
        let key = P256PrivateKey.random()
        #expect(P256PrivateKey(scalar: key.scalar)?.publicKey == key.publicKey)
        #expect(P256PrivateKey(scalar: [UInt8](repeating: 0, count: 32)) == nil)
        #expect(P256PrivateKey(scalar: bytes(hexadecimal: P256Tests.order)) == nil)
        #expect(P256PrivateKey(scalar: key.scalar + [0]) == nil)
        #expect(P256PrivateKey(scalar: []) == nil)
    }

    @Test("public keys come back from each of their forms, and what is no point is no key")
    func points() throws {
        for _ in 0..<16 {
            let key = P256PrivateKey.random().publicKey
            #expect(P256PublicKey(x963: key.x963) == key)
            #expect(P256PublicKey(compressed: key.compressed) == key)
            let (x, isYOdd) = (Array(key.compressed.dropFirst()), key.compressed.first == 3)
            #expect(P256PublicKey(x: x, isYOdd: isYOdd) == key)
            #expect(P256PublicKey(x: x, isYOdd: !isYOdd) != key)
            #expect(P256PublicKey(x: Array(x.dropLast()), isYOdd: isYOdd) == nil)
            var moved = key.x963
            moved[64] ^= 1
            #expect(P256PublicKey(x963: moved) == nil)
            #expect(P256PublicKey(x963: [6 + (isYOdd ? 1 : 0)] + key.x963.dropFirst()) == nil)
        }
        #expect(P256PublicKey(compressed: [0]) == nil)
        #expect(P256PublicKey(compressed: []) == nil)
        #expect(P256PublicKey(compressed: [2] + [UInt8](repeating: 0xff, count: 32)) == nil)
        #expect(P256PublicKey(x963: [4] + [UInt8](repeating: 0, count: 64)) == nil)
    }

    @Test("zero in r or s is no signature, and neither is anything but 64 bytes (CVE-2022-21449)")
    func zero() {
        let key = P256PrivateKey.random().publicKey
        let (zero, one) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 31) + [1])
        for signature in [zero + zero, zero + one, one + zero, one + one, [], zero, zero + zero + zero] {
            #expect(!key.isValid(signature, for: [1]))
        }
    }
}

/// The other valid form of a signature, with n − s.
func upperTwin(of signature: [UInt8]) -> [UInt8] {
    let order = bytes(hexadecimal: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
    var borrow = 0
    var result: [UInt8] = []
    for index in (0..<32).reversed() {
        let difference = Int(order[index]) - Int(signature[32 + index]) - borrow
        borrow = difference < 0 ? 1 : 0
        result.insert(UInt8(truncatingIfNeeded: difference), at: 0)
    }
    return signature[..<32] + result
}

import Cryptography
import Testing

@Suite("SM2 with SM3 (GB/T 32918)")
struct SM2Tests {
    /// The example of GB/T 32918.5 appendix A.2, whose signer has the usual id.
    private enum Example {
        static let scalar = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
        static let point = """
            04 09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020
            ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13
            """
        static let message = Array("message digest".utf8)
        static let signature = """
            f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3
            b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa
            """
    }

    private static let order = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123"
    private static let zero = String(repeating: "0", count: 64)

    @Test("the standard's example key and signature are accepted")
    func example() throws {
        let key = try #require(SM2PrivateKey(scalar: try bytes(Example.scalar)))
        #expect(try key.publicKey.bytes == bytes(Example.point))
        #expect(key.scalar.hexadecimal == Example.scalar)
        #expect(key.publicKey.isValid(try bytes(Example.signature), for: Example.message))
    }

    @Test(
        "what a key signs its public key accepts, and each signature is another",
        arguments: [0, 1, 100, 100_000])
    func roundTrip(_ size: Int) throws {
        let key = SM2PrivateKey.random()
        let message = SecureRandom.bytes(size)
        let signatures = (0..<20).map { _ in key.signature(for: message) }
        for signature in signatures {
            #expect(signature.count == 64)
            #expect(key.publicKey.isValid(signature, for: message))
        }
        #expect(Set(signatures).count == signatures.count)
        let again = try #require(SM2PrivateKey(scalar: key.scalar))
        #expect(again.publicKey == key.publicKey)
        #expect(key.publicKey.isValid(again.signature(for: message), for: message))
    }

    @Test("a signature whose r or s begins with zeros keeps its 64 bytes")
    func leadingZeros() {
        let key = SM2PrivateKey.random()
        var seen = 0
        for count in 0..<2000 where seen < 5 {
            let message = [UInt8(truncatingIfNeeded: count)]
            let signature = key.signature(for: message)
            guard signature[0] == 0 || signature[32] == 0 else { continue }
            #expect(key.publicKey.isValid(signature, for: message))
            seen += 1
        }
        #expect(seen > 0)
    }

    @Test("a public key is read from 33 bytes as from 65")
    func compressed() throws {
        for _ in 0..<20 {
            let key = SM2PrivateKey.random().publicKey
            let short = key.compressed
            #expect(short.count == 33 && SM2PublicKey(bytes: short) == key)
            let mirrored = try #require(SM2PublicKey(bytes: [short[0] ^ 1] + short[1...]))
            #expect(mirrored != key)
            #expect(SM2PublicKey(bytes: key.bytes) == key)
        }
    }

    @Test("what is no point of the curve is no public key")
    func badPoints() throws {
        let point = try bytes(Example.point)
        var offCurve = point
        offCurve[64] ^= 1
        let hybrid = [6 + point[64] % 2] + point[1...]
        // The base point of P-256, which lies on another curve.
        let foreign = try bytes(
            """
            046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296
            4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5
            """)
        let tooLarge = [4] + [UInt8](repeating: 255, count: 64)
        let zeros = [4] + [UInt8](repeating: 0, count: 64)
        let bad: [[UInt8]] = [
            offCurve, hybrid, foreign, tooLarge, zeros, [], [0], [4], Array(point.dropLast()), point + [0],
            [2] + point[1...], Array(point[1...]), [5] + point[1...32], [0] + point[1...32],
        ]
        for bytes in bad { #expect(SM2PublicKey(bytes: bytes) == nil, "\(bytes.hexadecimal)") }
    }

    @Test("a private key is from 1 to n − 2")
    func scalars() throws {
        func isKey(_ scalar: String) throws -> Bool { try SM2PrivateKey(scalar: bytes(scalar)) != nil }
        #expect(try isKey(String(Self.zero.dropLast()) + "1"))
        #expect(try isKey(String(Self.order.dropLast()) + "1"))
        #expect(try !isKey(Self.zero))
        #expect(try !isKey(String(Self.order.dropLast()) + "2"))
        #expect(try !isKey(Self.order))
        #expect(try !isKey(String(repeating: "f", count: 64)))
        #expect(try !isKey(""))
        #expect(try !isKey(String(Example.scalar.dropLast(2))))
        #expect(try !isKey(Example.scalar + "00"))
    }

    @Test("r and s below 1 or above n − 1 are refused")
    func outOfRange() throws {
        let key = try #require(SM2PublicKey(bytes: bytes(Example.point)))
        let signature = Example.signature.filter { !$0.isWhitespace }
        let (r, s) = (String(signature.prefix(64)), String(signature.suffix(64)))
        let large = String(repeating: "f", count: 64)
        for bad in [Self.zero, Self.order, large] {
            #expect(!key.isValid(try bytes(bad + s), for: Example.message))
            #expect(!key.isValid(try bytes(r + bad), for: Example.message))
            #expect(!key.isValid(try bytes(bad + bad), for: Example.message))
        }
    }

    @Test("another message, another key, a flipped bit or another length is refused")
    func tampering() throws {
        let key = SM2PrivateKey.random()
        let message = Array("文惠券 370782 ¥50.00".utf8)
        let signature = key.signature(for: message)
        #expect(key.publicKey.isValid(signature, for: message))
        #expect(!key.publicKey.isValid(signature, for: message + [0]))
        #expect(!key.publicKey.isValid(signature, for: []))
        #expect(!SM2PrivateKey.random().publicKey.isValid(signature, for: message))
        for place in 0..<512 {
            var changed = signature
            changed[place / 8] ^= 1 << (place % 8)
            #expect(!key.publicKey.isValid(changed, for: message), "bit \(place)")
        }
        #expect(!key.publicKey.isValid(Array(signature[32...] + signature[..<32]), for: message))
        let others: [[UInt8]] = [[], signature.dropLast(), signature + [0], Array(signature[..<32])]
        for bad in others {
            #expect(!key.publicKey.isValid(bad, for: message))
        }
    }

    @Test("s and n − s are not both signatures, so that nobody makes a second one of a first")
    func malleability() throws {
        let key = SM2PrivateKey.random()
        let signature = key.signature(for: [1])
        var borrow = 0
        var negated = signature
        for (place, digit) in try bytes(Self.order).enumerated().reversed() {
            let difference = Int(digit) - Int(signature[32 + place]) - borrow
            borrow = difference < 0 ? 1 : 0
            negated[32 + place] = UInt8(truncatingIfNeeded: difference)
        }
        #expect(!key.publicKey.isValid(negated, for: [1]))
    }

    @Test("threads sign and verify with one key at once")
    func threads() async {
        let key = SM2PrivateKey.random()
        await withTaskGroup(of: Bool.self) { group in
            for number in UInt8(0)..<8 {
                group.addTask {
                    (0..<20).allSatisfy { _ in
                        key.publicKey.isValid(key.signature(for: [number]), for: [number])
                    }
                }
            }
            for await isValid in group { #expect(isValid) }
        }
    }
}

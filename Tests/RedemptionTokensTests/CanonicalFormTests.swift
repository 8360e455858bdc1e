import CBOR
import Cryptography
import RedemptionTokens
import Testing

@Suite("Tokens and lists in any form but their one")
struct CanonicalFormTests {
    enum Kind: CaseIterable {
        case online, credential, presentation, pair, keyList, revocationList, guomiOnline, guomiKeyList
    }

    @Test("whatever is written otherwise is refused, at every item of every kind", arguments: Kind.allCases)
    func everyPosition(_ kind: Kind) throws {
        let original = try CanonicalFormTests.bytes(of: kind)
        let tree = CBORTree(original)
        try #require(tree.bytes == original)
        try CanonicalFormTests.read(original, as: kind)
        var tried = 0
        for damage in CBORTree.Damage.allCases {
            var place = 0
            while true {
                let (damaged, itemsLeft) = tree.damaged(damage, at: place)
                guard itemsLeft < 0 else { break }
                if let damaged {
                    #expect(damaged != original)
                    #expect(throws: (any Error).self, "\(damage) at item \(place)") {
                        try CanonicalFormTests.read(damaged, as: kind)
                    }
                    tried += 1
                }
                place += 1
            }
        }
        #expect(tried > 100)
    }

    @Test("nothing may follow and nothing may be missing", arguments: Kind.allCases)
    func ends(_ kind: Kind) throws {
        let original = try CanonicalFormTests.bytes(of: kind)
        for byte: UInt8 in [0, 0xa0, 0xd2, 0xff] {
            #expect(throws: (any Error).self) { try CanonicalFormTests.read(original + [byte], as: kind) }
        }
        for length in original.indices {
            #expect(throws: (any Error).self) {
                try CanonicalFormTests.read(Array(original.prefix(length)), as: kind)
            }
        }
    }

    @Test("no kind is read as another", arguments: Kind.allCases)
    func kinds(_ kind: Kind) throws {
        let original = try CanonicalFormTests.bytes(of: kind)
        // A token and a list are what they are, whoever signed them.
        let same: [Kind: Kind] = [.guomiOnline: .online, .guomiKeyList: .keyList]
        for other in Kind.allCases where same[other] ?? other != same[kind] ?? kind {
            #expect(throws: (any Error).self) { try CanonicalFormTests.read(original, as: other) }
        }
    }

    @Test("without its tag, or with another, a message is refused")
    func tags() throws {
        let original = try CanonicalFormTests.bytes(of: .online)
        #expect(throws: COSESign1Error.untagged) { try COSESign1(Array(original.dropFirst())) }
        #expect(throws: COSESign1Error.untagged) { try COSESign1([0xd8, 0x12] + original.dropFirst()) }
        #expect(throws: COSESign1Error.untagged) { try COSESign1([0xd1] + original.dropFirst()) }
        #expect(throws: COSESign1Error.untagged) { try COSESign1([0xd8, 0x3d] + original) }
        #expect(throws: COSESign1Error.self) { try COSESign1([0xd2] + original) }
        #expect(throws: COSESign1Error.untagged) { try COSESign1([]) }
    }

    @Test("what is wrong is said, with the byte")
    func errors() throws {
        let original = try CanonicalFormTests.bytes(of: .online)
        #expect(throws: COSESign1Error.message(.trailingBytes(offset: 115))) {
            try COSESign1(original + [0])
        }
        #expect(throws: COSESign1Error.message(.truncated(offset: 51))) {
            try COSESign1(Array(original.dropLast()))
        }
        guard case .tag(let tag, .array(var parts)) = CBORTree(original) else { throw UnexpectedShape() }
        parts[1] = .map([(key: .number(major: 0, 4), value: .string(major: 2, [1]))])
        #expect(throws: COSESign1Error.message(.unexpectedKey(offset: 15))) {
            try COSESign1(CBORTree.tag(tag, .array(parts)).bytes)
        }
        parts[1] = .map([])
        parts[0] = .string(major: 2, [])
        #expect(throws: COSESign1Error.header(.truncated(offset: 0))) {
            try COSESign1(CBORTree.tag(tag, .array(parts)).bytes)
        }
        let signer = try SampleLedger().issuer
        let claims = COSESign1(signing: [0xa0], by: signer)
        #expect(throws: TokenFormatError.claims(.unexpectedKey(offset: 0))) {
            try SignedClaims<OnlineToken>(claims.bytes)
        }
        #expect(
            "\(TokenFormatError.message(.message(.trailingBytes(offset: 115))))"
                == "its parts: something follows the last item, at byte 115")
    }

    @Test(
        "algorithms that are not ours are named", arguments: [-8, -999, 5, -65_537, -132_917, 0] as [Int64])
    func algorithms(_ number: Int64) throws {
        guard case .tag(let tag, .array(var parts)) = CBORTree(try CanonicalFormTests.bytes(of: .online)),
            case .embedded(.map(var header)) = parts[0]
        else { throw UnexpectedShape() }
        header[0].value =
            number >= 0 ? .number(major: 0, UInt64(number)) : .number(major: 1, UInt64(-1 - number))
        parts[0] = .embedded(.map(header))
        #expect(throws: COSESign1Error.unknownAlgorithm(number)) {
            try COSESign1(CBORTree.tag(tag, .array(parts)).bytes)
        }
    }

    @Test("signatures of any other length are refused", arguments: [0, 1, 63, 65, 128])
    func signatureLengths(_ length: Int) throws {
        guard case .tag(let tag, .array(var parts)) = CBORTree(try CanonicalFormTests.bytes(of: .online))
        else { throw UnexpectedShape() }
        parts[3] = .string(major: 2, [UInt8](repeating: 0, count: length))
        #expect(throws: COSESign1Error.signatureLength(length)) {
            try COSESign1(CBORTree.tag(tag, .array(parts)).bytes)
        }
    }

    private static func bytes(of kind: Kind) throws -> [UInt8] {
        let ledger = try SampleLedger()
        switch kind {
        case .online: return SignedClaims(signing: ledger.online(), by: ledger.issuer).bytes
        case .credential: return try ledger.shown().credential.bytes
        case .presentation: return try ledger.shown().presentation.bytes
        case .pair: return try ledger.shown().bytes
        case .guomiOnline:
            let guomi = try SampleLedger(.guomi)
            return SignedClaims(signing: guomi.online(), by: guomi.issuer).bytes
        case .guomiKeyList:
            let guomi = try SampleLedger(.guomi)
            return try guomi.keys().signed(by: guomi.listKey)
        case .keyList:
            let revoked = try ledger.listed(try p256(8), status: .revoked(at: SampleLedger.now))
            return try ledger.keys([ledger.listed(), revoked]).signed(by: ledger.listKey)
        case .revocationList:
            return try ledger.revocations(credentials: [9, 7], vouchers: [4, 2]).signed(by: ledger.listKey)
        }
    }

    private static func read(_ bytes: [UInt8], as kind: Kind) throws {
        let ledger = try SampleLedger()
        switch kind {
        case .online, .guomiOnline: _ = try SignedClaims<OnlineToken>(bytes)
        case .credential: _ = try SignedClaims<VoucherCredential>(bytes)
        case .presentation: _ = try SignedClaims<Presentation>(bytes)
        case .pair: _ = try PresentedCredential(bytes)
        case .keyList: _ = try KeyList(opening: bytes, by: ledger.listKey.publicKey)
        case .guomiKeyList: _ = try KeyList(opening: bytes, by: SampleLedger(.guomi).listKey.publicKey)
        case .revocationList: _ = try RevocationList(opening: bytes, by: ledger.listKey.publicKey)
        }
    }
}

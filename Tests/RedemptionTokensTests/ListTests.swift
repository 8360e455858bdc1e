import CBOR
import Cryptography
import RedemptionTokens
import Testing

@Suite("Key lists and revocation lists")
struct ListTests {
    private let ledger: SampleLedger

    init() throws { ledger = try SampleLedger() }

    @Test("a key list comes back with every status and every algorithm, and finds exactly one key")
    func keyList() throws {
        let statuses: [ListedKey.Status] = [.published, .active, .retired, .revoked(at: SampleLedger.now)]
        let listed = try statuses.enumerated().map {
            let every = try signers(UInt8($0.offset + 10))
            return try ledger.listed(every[$0.offset % every.count], status: $0.element)
        }
        let list = try ledger.keys(listed)
        let opened = try KeyList(opening: list.signed(by: ledger.listKey), by: ledger.listKey.publicKey)
        #expect(opened == list)
        for key in listed {
            let found = try #require(opened.lookup(key.id))
            #expect(found == key)
            #expect(found.status == key.status)
        }
        #expect(opened.lookup(TokenKeyID(0)) == nil)
        #expect(zip(opened.keys, opened.keys.dropFirst()).allSatisfy { $0.id < $1.id })
    }

    @Test("two keys with one ID are refused, when a list is made and when it is read")
    func collision() throws {
        let (first, second) = (try ledger.listed(), try ledger.listed(try ed25519(20)))
        #expect(
            KeyList(
                ledger: SampleLedger.code, sequence: 1, issuedAt: SampleLedger.now, keys: [first, first])
                == nil)
        // One entry twice, and another key under the first one's ID.
        let list = try ledger.keys([first, second])
        guard case .map(var claims) = CBORTree(list.cborBytes), case .array(let entries) = claims[3].value,
            case .map(let firstEntry) = entries[0], case .map(var secondEntry) = entries[1]
        else { throw UnexpectedShape() }
        claims[3].value = .array([entries[0], entries[0]])
        #expect(throws: CBORError.self) { try KeyList(cborBytes: CBORTree.map(claims).bytes) }
        secondEntry[0].value = firstEntry[0].value
        claims[3].value = .array([entries[0], .map(secondEntry)])
        #expect(throws: CBORError.self) { try KeyList(cborBytes: CBORTree.map(claims).bytes) }
        // An ID that is not the key's, on its own; and the right entries in the wrong order.
        claims[3].value = .array([.map(secondEntry)])
        #expect(throws: CBORError.self) { try KeyList(cborBytes: CBORTree.map(claims).bytes) }
        claims[3].value = .array([entries[1], entries[0]])
        #expect(throws: CBORError.self) { try KeyList(cborBytes: CBORTree.map(claims).bytes) }
        claims[3].value = .array(entries)
        #expect(try KeyList(cborBytes: CBORTree.map(claims).bytes) == list)
    }

    @Test("a key's bytes under another algorithm are refused")
    func algorithm() throws {
        let list = try ledger.keys()
        guard case .map(var claims) = CBORTree(list.cborBytes), case .array(let entries) = claims[3].value,
            case .map(var entry) = entries[0]
        else { throw UnexpectedShape() }
        for number in [6, 7, 0, 1_000, 132_917] as [UInt64] {
            entry[1].value = .number(major: 1, number)
            claims[3].value = .array([.map(entry)])
            #expect(throws: CBORError.self) { try KeyList(cborBytes: CBORTree.map(claims).bytes) }
        }
    }

    @Test("windows begin before they end, and a list has at most 64 keys")
    func limits() throws {
        let key = ledger.issuer.publicKey
        #expect(ListedKey(key, notBefore: 5, notAfter: 5, status: .active) == nil)
        #expect(ListedKey(key, notBefore: -1, notAfter: 5, status: .active) == nil)
        #expect(ListedKey(key, notBefore: 0, notAfter: 1 << 40, status: .active) == nil)
        let many = try (1...65).map { try ledger.listed(try ed25519(UInt8($0 + 100))) }
        #expect(KeyList(ledger: SampleLedger.code, sequence: 1, issuedAt: 0, keys: many) == nil)
        #expect(
            KeyList(ledger: SampleLedger.code, sequence: 1, issuedAt: 0, keys: Array(many.dropLast())) != nil)
        #expect(KeyList(ledger: 12, sequence: 1, issuedAt: 0, keys: []) == nil)
    }

    @Test(
        "a list that another key signed, or that was changed, is refused",
        arguments: CryptographicProfile.allCases)
    func signatures(_ profile: CryptographicProfile) throws {
        let ledger = try SampleLedger(profile)
        let list = try ledger.keys()
        let listKey = ledger.listKey.publicKey
        #expect(throws: SignedListError.foreignKey(TokenKeyID(of: ledger.issuer.publicKey))) {
            try KeyList(opening: list.signed(by: ledger.issuer), by: listKey)
        }
        // The issuer's signature under the list key's ID.
        let forged = SignedClaims(signing: list, by: ledger.issuer, keyID: TokenKeyID(of: listKey))
        #expect(throws: SignedListError.signature) { try KeyList(opening: forged.bytes, by: listKey) }
        let bytes = try ledger.revocations(credentials: [1], vouchers: [2]).signed(by: ledger.listKey)
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: SignedListError.self) { try RevocationList(opening: damaged, by: listKey) }
            }
        }
    }

    @Test("only a later list of the same ledger replaces one")
    func replacement() throws {
        let list = try ledger.keys(sequence: 4, issuedAt: 1_000)
        #expect(try ledger.keys(sequence: 5, issuedAt: 1_000).canReplace(list))
        #expect(try !ledger.keys(sequence: 4, issuedAt: 2_000).canReplace(list))
        #expect(try !ledger.keys(sequence: 3, issuedAt: 2_000).canReplace(list))
        #expect(try !ledger.keys(sequence: 5, issuedAt: 999).canReplace(list))
        #expect(try !ledger.keys(ledger: 370_700, sequence: 5, issuedAt: 2_000).canReplace(list))
    }

    @Test("a revocation list covers what is on it and nothing else")
    func covers() throws {
        let list = try ledger.revocations(credentials: [5, 1, 9, 9, .max], vouchers: [8, 3, 3])
        #expect(list.credentials.map(\.rawValue) == [1, 5, 9, .max])
        #expect(list.vouchers == [3, 8])
        let opened = try RevocationList(
            opening: list.signed(by: ledger.listKey), by: ledger.listKey.publicKey)
        #expect(opened == list)
        for id in [1, 5, 9, .max] as [UInt64] { #expect(opened.covers(TokenID(id))) }
        for id in [0, 2, 4, 6, 10] as [UInt64] { #expect(!opened.covers(TokenID(id))) }
        for number in 1...10 as ClosedRange<UInt32> {
            let here = try #require(VoucherReference(ledger: SampleLedger.code, number: number))
            let elsewhere = try #require(VoucherReference(ledger: 370_700, number: number))
            #expect(opened.covers(here) == [3, 8].contains(number))
            #expect(!opened.covers(elsewhere))
        }
        #expect(try !ledger.revocations().covers(TokenID(0)))
    }

    @Test("revoked numbers that are out of order, repeated or cut are refused")
    func packing() throws {
        let list = try ledger.revocations(credentials: [1, 2], vouchers: [3, 4])
        guard case .map(let claims) = CBORTree(list.cborBytes) else { throw UnexpectedShape() }
        let bad: [(Int, [UInt8])] = [
            (3, [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1]),
            (3, [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2]), (3, [0, 0, 0, 0, 0, 0, 2]),
            (4, [0, 0, 0, 4, 0, 0, 0, 3]), (4, [0, 0, 0, 4, 0, 0, 0, 4]), (4, [0, 0, 0, 4, 0]),
        ]
        for (place, numbers) in bad {
            var damaged = claims
            damaged[place].value = .string(major: 2, numbers)
            #expect(throws: CBORError.self) { try RevocationList(cborBytes: CBORTree.map(damaged).bytes) }
        }
    }
}

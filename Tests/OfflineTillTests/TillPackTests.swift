import CBOR
import Cryptography
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("Packs that tills synchronise")
struct TillPackTests {
    private let sample: SampleTill

    init() throws { sample = try SampleTill() }

    private func open(_ bytes: [UInt8]) throws(TillPackError) -> OpenedTillPack {
        try OpenedTillPack(opening: bytes, by: sample.listKey.publicKey)
    }

    @Test("a pack comes back from its bytes, with both lists and every rule")
    func roundTrip() throws {
        let pack = try sample.pack()
        let bytes = pack.signed(by: sample.listKey)
        let opened = try open(bytes)
        #expect(opened.pack == pack)
        #expect(opened.keys == (try sample.keys()))
        #expect(opened.revocations == (try sample.revocations()))
        #expect(opened.rule(of: 1) == (try SampleTill.programmes()[0].rule))
        #expect(opened.rule(of: 3) == nil)
        #expect(opened.pack.signed(by: sample.listKey) == bytes)
    }

    @Test("a pack with a list that is another key's, another ledger's or damaged is refused")
    func innerLists() throws {
        let stranger = try SampleTill.ed25519(9)
        func pack(_ keys: [UInt8], _ revocations: [UInt8]) throws -> [UInt8] {
            try #require(
                TillPack(
                    ledger: SampleTill.ledger, sequence: 1, issuedAt: 0, keyList: keys,
                    revocationList: revocations, place: sample.place(), programmes: [])
            ).signed(by: sample.listKey)
        }
        let keys = try sample.keys().signed(by: sample.listKey)
        let revocations = try sample.revocations().signed(by: sample.listKey)
        #expect(try open(pack(keys, revocations)).pack.programmes.isEmpty)
        let foreign = SignedListError.foreignKey(TokenKeyID(of: stranger.publicKey))
        #expect(throws: TillPackError.keyList(foreign)) {
            try open(pack(sample.keys().signed(by: stranger), revocations))
        }
        #expect(throws: TillPackError.revocationList(foreign)) {
            try open(pack(keys, sample.revocations().signed(by: stranger)))
        }
        #expect(throws: TillPackError.self) { try open(pack(revocations, keys)) }
        #expect(throws: TillPackError.self) { try open(pack([], revocations)) }
        for other in [
            try pack(sample.keys(ledger: 370_783).signed(by: sample.listKey), revocations),
            try pack(keys, sample.revocations(ledger: 370_783).signed(by: sample.listKey)),
        ] {
            #expect(throws: TillPackError.mixedLedgers) { try open(other) }
        }
    }

    @Test("values that no pack has are refused when it is made and when it is read")
    func bounds() throws {
        let place = try sample.place()
        func pack(
            ledger: UInt32 = SampleTill.ledger, issuedAt: Int64 = 0, programmes: [TillProgramme] = [],
            policy: TokenPolicy = TokenPolicy()
        ) -> TillPack? {
            TillPack(
                ledger: ledger, sequence: 1, issuedAt: issuedAt, keyList: [], revocationList: [],
                place: place, programmes: programmes, policy: policy)
        }
        #expect(pack() != nil)
        #expect(pack(ledger: 99_999) == nil)
        #expect(pack(issuedAt: -1) == nil)
        #expect(pack(issuedAt: 1 << 40) == nil)
        #expect(pack(policy: TokenPolicy(keyListAge: -1)) == nil)
        #expect(pack(policy: TokenPolicy(revocationListAge: 1 << 40)) == nil)
        let rule = try SampleTill.programmes()[0].rule
        let numbered = (0...256).compactMap { TillProgramme(number: $0, rule: rule) }
        #expect(pack(programmes: numbered) == nil)
        #expect(pack(programmes: Array(numbered.dropLast())) != nil)
        #expect(pack(programmes: [numbered[1], numbered[0]])?.programmes == Array(numbered[0...1]))
        #expect(pack(programmes: [numbered[1], numbered[1]]) == nil)
        #expect(TillProgramme(number: 1, rule: ProgrammeRule()) == nil)
        for text in ["", "a\n", String(repeating: "x", count: 201)] {
            #expect(
                TillPlace(
                    outlet: 1, terminal: 0, platformID: text, category: "b", region: LedgerCode(370_000))
                    == nil)
            #expect(
                TillPlace(
                    outlet: 1, terminal: 0, platformID: "a", category: text, region: LedgerCode(370_000))
                    == nil)
        }
        #expect(
            TillPlace(outlet: 1, terminal: 0, platformID: "a", category: "b", region: LedgerCode(1)) == nil)
    }

    @Test("a rule for which no subsidy can be computed is refused when a pack is read")
    func badRule() throws {
        let good = try sample.pack()
        var rule = try SampleTill.programmes()[0].rule
        rule.step = .zero
        let (before, after) = (try SampleTill.programmes()[0].rule.cborBytes, rule.cborBytes)
        let payload = good.cborBytes
        let place = try #require(payload.indices.first { payload[$0...].starts(with: before) })
        let bad = payload[..<place] + after + payload[(place + before.count)...]
        let signed = COSESign1(signing: Array(bad), by: sample.listKey).bytes
        #expect(throws: TillPackError.self) { try open(signed) }
        #expect(try open(COSESign1(signing: payload, by: sample.listKey).bytes).pack == good)
    }

    @Test("a skew of a slot or more, which no verifier takes, is refused when a pack is read")
    func badSkew() throws {
        var payload = try sample.pack().cborBytes
        // The policy comes last: four numbers, of which the skew is the first.
        let policy: [UInt8] = [0x84, 0x05, 0x1a]
        let place = try #require(payload.indices.last { payload[$0...].starts(with: policy) })
        payload.replaceSubrange(place + 1..<place + 2, with: [0x17])
        #expect(try open(COSESign1(signing: payload, by: sample.listKey).bytes).pack.policy.skew == 23)
        payload.replaceSubrange(place + 1..<place + 2, with: [0x18, 0x1d])
        #expect(try open(COSESign1(signing: payload, by: sample.listKey).bytes).pack.policy.skew == 29)
        payload[place + 2] = 0x1e
        #expect(throws: TillPackError.self) {
            try open(COSESign1(signing: payload, by: sample.listKey).bytes)
        }
    }

    @Test("a pack that is cut off, longer or has any bit changed is refused")
    func damage() throws {
        let bytes = try sample.pack().signed(by: sample.listKey)
        for length in stride(from: 0, to: bytes.count, by: 3) {
            #expect(throws: TillPackError.self) { try open(Array(bytes.prefix(length))) }
        }
        #expect(throws: TillPackError.self) { try open(bytes + [0]) }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(throws: TillPackError.self) { try open(changed) }
        }
    }

    @Test("no other list passes for a pack, nor a pack for another list")
    func kinds() throws {
        #expect(throws: TillPackError.self) { try open(try sample.keys().signed(by: sample.listKey)) }
        #expect(throws: TillPackError.self) { try open(try sample.revocations().signed(by: sample.listKey)) }
        let pack = try sample.pack().signed(by: sample.listKey)
        #expect(throws: SignedListError.self) { try KeyList(opening: pack, by: sample.listKey.publicKey) }
        #expect(throws: SignedListError.self) {
            try RevocationList(opening: pack, by: sample.listKey.publicKey)
        }
    }
}

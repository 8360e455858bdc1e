import Cryptography
import Foundation
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("Enrolling and synchronising a till")
struct TillSyncTests {
    private let sample: SampleTill

    init() throws { sample = try SampleTill() }

    @Test("a till's folder and files are for its owner alone")
    func modes() throws {
        try FileManager.default.createDirectory(
            atPath: sample.path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        _ = try sample.enrol()
        func mode(_ name: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: sample.folder.path(name))
            return try #require(attributes[.posixPermissions] as? Int)
        }
        #expect(try mode("till") == 0o700)
        for name in ["key", "pack", "journal"] { #expect(try mode("till/\(name)") == 0o600) }
        #expect(try sample.folder.bytes("till/key").count == 32)
        #expect(try FileManager.default.contentsOfDirectory(atPath: sample.path).count == 3)
    }

    @Test("a newer pack is taken, and is still there after the till was opened again")
    func newer() throws {
        do {
            let till = try sample.enrol()
            let pack = try sample.pack(sequence: 7, place: sample.place(terminal: 4, category: "剧场"))
            try till.sync(pack.signed(by: sample.listKey), now: SampleTill.now)
            #expect(till.pack.pack == pack)
        }
        let till = try Till(opening: sample.path)
        #expect(till.pack.pack.sequence == 7)
        #expect(till.pack.pack.place.terminal == 4)
        #expect(till.status(now: SampleTill.now).packSequence == 7)
    }

    @Test("what is no newer pack of this outlet is refused with the reason, and changes nothing")
    func refused() throws {
        let till = try sample.enrol(try sample.pack(sequence: 5))
        let before = try sample.folder.bytes("till/pack")
        func expect(_ refusal: TillSyncRefusal, _ bytes: [UInt8]) throws {
            #expect(throws: refusal) { try till.sync(bytes, now: SampleTill.now) }
            #expect(try sample.folder.bytes("till/pack") == before)
            #expect(till.pack.pack.sequence == 5)
        }
        func signed(_ pack: TillPack) -> [UInt8] { pack.signed(by: sample.listKey) }
        try expect(.notNewer(has: 5), before)
        try expect(.notNewer(has: 5), signed(sample.pack(sequence: 5)))
        try expect(.notNewer(has: 5), signed(sample.pack(sequence: 4)))
        try expect(.notNewer(has: 5), signed(sample.pack(sequence: 6, issuedAt: SampleTill.seconds - 301)))
        try expect(.otherOutlet, signed(sample.pack(sequence: 6, place: sample.place(outlet: 1))))
        let other = try sample.pack(
            ledger: 370_783, sequence: 6, keys: sample.keys(ledger: 370_783),
            revocations: sample.revocations(ledger: 370_783))
        try expect(.otherLedger, signed(other))
        let (keys, revocations) = (try sample.keys(sequence: 3), try sample.revocations(sequence: 8))
        try expect(.listsOlder, signed(sample.pack(sequence: 6, keys: keys)))
        try expect(.listsOlder, signed(sample.pack(sequence: 6, revocations: revocations)))
        try expect(.tooEarly, signed(sample.pack(sequence: 6, issuedAt: SampleTill.seconds + 6)))
        let stranger = try SampleTill.ed25519(9)
        try expect(
            .unusable(.pack(.foreignKey(TokenKeyID(of: stranger.publicKey)))),
            try sample.pack(sequence: 6).signed(by: stranger))
        var forged = try signed(sample.pack(sequence: 6))
        forged[forged.count - 1] ^= 1
        try expect(.unusable(.pack(.signature)), forged)
        try expect(.unusable(.tooLong(8 << 20 + 1)), [UInt8](repeating: 0, count: 8 << 20 + 1))
        try till.sync(signed(sample.pack(sequence: 6, issuedAt: SampleTill.seconds + 5)), now: SampleTill.now)
    }

    @Test("a pack is enrolled with once, and an enrolment that did not end is begun anew")
    func enrolment() throws {
        let stranger = try SampleTill.ed25519(9).publicKey
        let pack = try sample.pack().signed(by: sample.listKey)
        #expect(throws: TillSyncRefusal.self) {
            try Till.enrol(in: sample.path, pack: pack, listKey: stranger, now: SampleTill.now)
        }
        #expect(throws: TillFault.missing(sample.path)) { try Till(opening: sample.path) }
        let early = SampleTill.now.adding(-306 * Instant.second)
        #expect(throws: TillSyncRefusal.tooEarly) {
            try Till.enrol(in: sample.path, pack: pack, listKey: sample.listKey.publicKey, now: early)
        }
        do {
            let till = try sample.enrol()
            try till.sell(try sample.shown())
        }
        #expect(throws: TillSyncRefusal.fault(.exists(sample.path))) { try sample.enrol() }
        #expect(try Till(opening: sample.path).pending.count == 1)
        try FileManager.default.removeItem(atPath: sample.folder.path("till/journal"))
        #expect(throws: TillFault.notEnrolled(sample.path)) { try Till(opening: sample.path) }
        #expect(try sample.enrol().pending.isEmpty)
    }

    @Test("a till is for one process at a time")
    func inUse() throws {
        let till = try sample.enrol()
        #expect(throws: TillFault.inUse(sample.folder.path("till/journal"))) {
            try Till(opening: sample.path)
        }
        #expect(till.pending.isEmpty)
    }

    @Test("a key or a pack that is missing, exposed, damaged or another's is said so")
    func files() throws {
        _ = try sample.enrol()
        let (key, pack) = (try sample.folder.bytes("till/key"), try sample.folder.bytes("till/pack"))
        let (keyPath, packPath) = (sample.folder.path("till/key"), sample.folder.path("till/pack"))
        func expect(_ fault: TillFault) {
            #expect(throws: fault) { try Till(opening: sample.path) }
        }
        try sample.folder.write(Array(key.dropLast()), to: "till/key")
        expect(.keyDamaged(keyPath))
        try sample.folder.write([UInt8](repeating: 7, count: 32), to: "till/key")
        expect(.journalDamaged(sample.folder.path("till/journal"), frame: 0))
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: keyPath)
        expect(.keyExposed(keyPath))
        try FileManager.default.removeItem(atPath: keyPath)
        expect(.keyMissing(keyPath))
        try sample.folder.write(key, to: "till/key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keyPath)
        try sample.folder.write(Array(pack.dropLast()), to: "till/pack")
        #expect(throws: TillFault.self) { try Till(opening: sample.path) }
        try sample.folder.write(
            try sample.pack(place: sample.place(outlet: 1)).signed(by: sample.listKey), to: "till/pack")
        expect(.packForeign(packPath))
        try FileManager.default.removeItem(atPath: packPath)
        expect(.packMissing(packPath))
        try sample.folder.write(pack, to: "till/pack")
        #expect(try Till(opening: sample.path).pending.isEmpty)
    }
}

import Foundation
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("A till whose disk fails")
struct JournalFaultTests {
    private let sample: SampleTill
    private let now = SampleTill.now

    init() throws { sample = try SampleTill() }

    /// A till with one sale, on a disk that fails as the test then says.
    private func till() throws -> (till: Till, disk: FailingFile) {
        try sample.enrol().sell(try sample.shown(), order: "A-1")
        var disk: FailingFile?
        let till = try Till(opening: sample.path) { file in
            let failing = FailingFile(file)
            disk = failing
            return failing
        }
        return (till, try #require(disk))
    }

    private func length() throws -> Int { try sample.folder.bytes("till/journal").count }

    @Test("a disk that is full at any byte of a write acknowledges nothing, and the next sale is good")
    func full() throws {
        let before: Int
        let size: Int
        do {
            let (till, disk) = try till()
            before = try length()
            let shown = try sample.shown(counter: 2)
            for room in 0..<600 {
                disk.room = room
                do throws(TillRefusal) {
                    try till.sell(shown, order: "A-2")
                    break
                } catch {
                    #expect(error == .fault(.diskFull("journal")))
                }
                #expect(till.pending.count == 1)
                #expect(try length() == before)
            }
            #expect(till.pending.count == 2)
            size = try length() - before
            // It was tried at every byte of the frame, and succeeded when all of it had room.
            #expect(disk.room == size)
            disk.room = 0
            #expect(throws: TillCancelRefusal.fault(.diskFull("journal"))) {
                try till.cancel(order: "A-2", now: now)
            }
            #expect(throws: TillFault.diskFull("journal")) { try till.batch(now: now) }
            disk.room = nil
            try till.cancel(order: "A-2", now: now)
        }
        #expect(try Till(opening: sample.path).pending.map(\.order) == ["A-1"])
    }

    @Test("what a failed write left is cut off before the next one where it could not be at once")
    func frayed() throws {
        do {
            let (till, disk) = try till()
            let before = try length()
            disk.room = 50
            disk.failingTruncations = 2
            let shown = try sample.shown(counter: 2)
            #expect(throws: TillRefusal.fault(.diskFull("journal"))) { try till.sell(shown, order: "A-2") }
            #expect(try length() == before + 50)
            disk.room = nil
            // Cutting off fails once more, and until it is done nothing is written.
            #expect(throws: TillRefusal.fault(FailingFile.fault)) { try till.sell(shown, order: "A-2") }
            #expect(try length() == before + 50)
            #expect(try till.sell(shown, order: "A-2").sequence == 2)
        }
        let till = try Till(opening: sample.path)
        #expect(till.pending.map(\.order) == ["A-1", "A-2"])
        #expect(till.status(now: now).tornBytes == 0)
    }

    @Test("where putting it on disk fails a sale is not acknowledged, and is not there later")
    func unsynchronised() throws {
        do {
            let (till, disk) = try till()
            let before = try length()
            let shown = try sample.shown(counter: 2)
            disk.failingSynchronisations = 1
            #expect(throws: TillRefusal.fault(FailingFile.fault)) { try till.sell(shown, order: "A-2") }
            #expect(try length() == before)
            // Both the write and what cuts it off fail to reach the disk.
            disk.failingSynchronisations = 2
            #expect(throws: TillRefusal.fault(FailingFile.fault)) { try till.sell(shown, order: "A-2") }
            #expect(till.pending.count == 1)
            #expect(try till.sell(shown, order: "A-3").sequence == 2)
        }
        #expect(try Till(opening: sample.path).pending.map(\.order) == ["A-1", "A-3"])
    }

    @Test("answers are recorded all or not at all")
    func answers() throws {
        let (till, disk) = try till()
        try till.sell(try sample.shown(counter: 2), order: "A-2")
        _ = try till.batch(now: now)
        let answers = [1, 2].map {
            TillAnswer(sequence: $0, attempt: 0, outcome: .paid(subsidy: Amount(fen: 1), event: 1))
        }
        // Room for the first answer, and a part of the second.
        disk.room = 60
        #expect(throws: TillRecordRefusal.fault(.diskFull("journal"))) { try till.record(answers) }
        #expect(till.pending.count == 2)
        disk.room = nil
        try till.record(answers)
        #expect(till.pending.isEmpty)
    }

    @Test(
        "what a disk says is called by its name, on a disk that is really full",
        .enabled(if: SmallDisk.isPossible, "mounting takes root"))
    func reallyFull() throws {
        let disk = try #require(SmallDisk(kilobytes: 64))
        let path = disk.path + "/till"
        let till = try Till.enrol(
            in: path, pack: sample.pack().signed(by: sample.listKey), listKey: sample.listKey.publicKey,
            now: now)
        var made = 0
        var refusal: TillRefusal?
        let details = SampleTill.details(items: 13)
        while refusal == nil, made < 200 {
            do throws(TillRefusal) {
                let shown: PresentedCredential
                do {
                    shown = try sample.shown(credential: UInt64(100 + made))
                } catch {
                    Issue.record(error)
                    return
                }
                try till.sell(shown, order: "A-\(made)", details: details)
                made += 1
            } catch {
                refusal = error
            }
        }
        #expect(refusal == .fault(.diskFull(path + "/journal")))
        #expect(made > 10)
        #expect(till.pending.count == made)
        #expect(throws: TillSyncRefusal.self) {
            let pack = try sample.pack(
                sequence: 2, revocations: sample.revocations(credentials: Array(1...4_000)))
            try till.sync(pack.signed(by: sample.listKey), now: now)
        }
        #expect(till.pack.pack.sequence == 1)
    }

    @Test(
        "a folder that cannot be written is said so", .enabled(if: geteuid() != 0, "root may write anywhere"))
    func readOnly() throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o500], ofItemAtPath: sample.folder.url.path)
        defer {
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o700], ofItemAtPath: sample.folder.url.path)
        }
        #expect(throws: TillSyncRefusal.fault(.cannotWrite(sample.path, reason: "Permission denied"))) {
            try sample.enrol()
        }
    }
}

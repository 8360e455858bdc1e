import Cryptography
import Foundation
import LedgerDomain
import LedgerEngine
import LedgerStorage
import Testing

@Suite("Snapshots")
struct SnapshotTests {
    private static let count = 1_000

    /// Books whose machine has run a season and has left a snapshot of all of it.
    private static func closedBooks(_ engine: Engine) async throws -> (books: Books, state: LedgerState) {
        let books = try Books(engine)
        let machine = try books.machine(keepingSnapshots: true)
        let requests = try Requests.season(seed: 4, count: count)
        #expect(await machine.submit(requests, to: zhucheng, lane: .office).allSatisfy { $0.number != nil })
        let state = try machine.read(zhucheng) { $0 }
        machine.stop()
        return (books, state)
    }

    /// The state that a machine begins with, and the first event that it read for it.
    private static func restart(_ books: Books) throws -> (state: LedgerState, firstRead: UInt64?) {
        let log = ObservedEventLog(try books.log())
        let files = books.files(keepingSnapshots: true)
        // Not started, so that nothing but the state is read.
        let machine = LedgerMachine(log: log, readModel: MemoryReadModel()) { _ in files }
        return (try machine.read(zhucheng) { $0 }, log.lowestEventRead)
    }

    @Test("A restart begins with the snapshot and reads only what came after it", arguments: Engine.allCases)
    func used(engine: Engine) async throws {
        let (books, state) = try await SnapshotTests.closedBooks(engine)
        try state.checkInvariants()
        #expect(state.size == UInt64(SnapshotTests.count))
        #expect(books.snapshot.load()?.state == state)
        var restarted = try SnapshotTests.restart(books)
        #expect(restarted.state == state)
        #expect(restarted.firstRead == nil)

        let other = try books.machine()
        let replies = await other.submit(
            [Requests.yuan(key: 77, after: 4_000 * Instant.day)], to: zhucheng, lane: .till)
        #expect(replies.first?.number == UInt64(SnapshotTests.count))
        let later = try other.read(zhucheng) { $0 }
        other.stop()
        restarted = try SnapshotTests.restart(books)
        #expect(restarted.state == later)
        #expect(restarted.firstRead == UInt64(SnapshotTests.count))
    }

    @Test("A snapshot is written behind a machine that goes on, of a moment between two commits")
    func behind() async throws {
        let books = try Books(.sqlite)
        let files = books.files(keepingSnapshots: true)
        let machine = LedgerMachine(
            log: try books.log(), readModel: MemoryReadModel(), snapshotEvery: 100
        ) { _ in files }
        machine.start()
        var written: [UInt64: Snapshot] = [:]
        let requests = try Requests.season(seed: 5, count: SnapshotTests.count)
        for start in stride(from: 0, to: requests.count, by: 10) {
            _ = await machine.submit(Array(requests[start..<start + 10]), to: zhucheng, lane: .office)
            if let loaded = books.snapshot.load() { written[loaded.state.size] = loaded }
        }
        // Before the machine stops: what it leaves then is written by whoever stops it.
        for _ in 0..<1_000 where written.isEmpty {
            try await Task.sleep(for: .milliseconds(10))
            if let loaded = books.snapshot.load() { written[loaded.state.size] = loaded }
        }
        machine.stop()
        #expect(!written.isEmpty)
        let log = try books.log()
        for (size, snapshot) in written {
            var state = LedgerState()
            for (number, bytes) in try log.events(of: zhucheng, from: 0, limit: Int(size)).enumerated() {
                try apply(try Event.decoded(bytes, number: UInt64(number)), to: &state)
            }
            #expect(snapshot.state == state, "after \(size) events")
        }
        #expect(books.snapshot.load()?.state.size == UInt64(SnapshotTests.count))
    }

    @Test("A snapshot cut off anywhere is ignored", arguments: Engine.allCases)
    func cutOff(engine: Engine) async throws {
        let (books, state) = try await SnapshotTests.closedBooks(engine)
        let whole = try Data(contentsOf: books.snapshotURL)
        for length in [0, 1, 16, 17, 24, 100, whole.count / 2, whole.count - 33, whole.count - 1] {
            try whole.prefix(length).write(to: books.snapshotURL)
            #expect(books.snapshot.load() == nil, "cut off at \(length)")
        }
        let restarted = try SnapshotTests.restart(books)
        #expect(restarted.state == state)
        #expect(restarted.firstRead == 0)
    }

    @Test("A snapshot with one bit turned is ignored")
    func turnedBit() async throws {
        let (books, state) = try await SnapshotTests.closedBooks(.memory)
        let whole = [UInt8](try Data(contentsOf: books.snapshotURL))
        for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 97)) {
            var bytes = whole
            bytes[place] ^= UInt8(1 << (place % 8))
            try Data(bytes).write(to: books.snapshotURL)
            #expect(books.snapshot.load() == nil, "bit \(place % 8) of byte \(place)")
        }
        #expect(try SnapshotTests.restart(books).state == state)
    }

    @Test(
        "A snapshot that another build has laid out is ignored, though its MAC is right",
        arguments: Engine.allCases)
    func anotherBuild(engine: Engine) async throws {
        let (books, state) = try await SnapshotTests.closedBooks(engine)
        let whole = [UInt8](try Data(contentsOf: books.snapshotURL))
        // After the magic line and the lengths of tree and records: stride and length of each table, 8 bytes each.
        let magic = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
        for table in LedgerState.Table.allCases {
            var body = Array(whole.dropLast(32))
            body[magic + 16 + table.rawValue * 16 + 7] ^= 1
            let bytes = body + books.authenticator.code(SHA256Digest.of(body), domain: .snapshot)
            try Data(bytes).write(to: books.snapshotURL)
            #expect(books.snapshot.load() == nil, "\(table) with another stride")
        }
        var body = Array(whole.dropLast(32))
        try Data(body + books.authenticator.code(SHA256Digest.of(body), domain: .snapshot)).write(
            to: books.snapshotURL)
        #expect(books.snapshot.load()?.state == state, "the way this test makes a MAC is the right one")
        body[magic - 2] = UInt8(ascii: "1")
        try Data(body + books.authenticator.code(SHA256Digest.of(body), domain: .snapshot)).write(
            to: books.snapshotURL)
        let restarted = try SnapshotTests.restart(books)
        #expect(restarted.state == state)
        #expect(restarted.firstRead == 0)
    }

    @Test("A snapshot under another key is ignored")
    func anotherKey() async throws {
        let (books, _) = try await SnapshotTests.closedBooks(.memory)
        let stranger = SnapshotFile(books.snapshotURL, MessageAuthenticator(key: .random()))
        #expect(stranger.load() == nil)
    }

    @Test("A snapshot newer than the log says that an older log was put back", arguments: Engine.allCases)
    func newerThanTheLog(engine: Engine) async throws {
        let (books, _) = try await SnapshotTests.closedBooks(engine)
        // The log comes back from a backup that is older than the snapshot.
        let older = try Books(engine)
        let events = try books.log().events(of: zhucheng, from: 0, limit: 500)
        try older.log().append(to: zhucheng) { _, _ in LogAddition(events: events) }
        let files = books.snapshotOnly()
        let machine = LedgerMachine(log: try older.log(), readModel: MemoryReadModel()) { _ in files }
        machine.start()
        let behind = EngineFault.logBehind(size: 500, seen: 1_000)
        #expect(throws: behind) { try machine.read(zhucheng) { $0.size } }
        let late = Requests.yuan(key: 77, after: 4_000 * Instant.day)
        let replies = await machine.submit([late], to: zhucheng, lane: .till)
        guard case .failure(behind) = replies.first else {
            Issue.record("\(replies)")
            return
        }
        machine.stop()
        #expect(try older.log().head(of: zhucheng).size == 500)
    }

    @Test("A snapshot of another ledger is ignored")
    func anotherLedger() async throws {
        let (books, _) = try await SnapshotTests.closedBooks(.memory)
        let neighbour = LedgerCode(370_784)
        let files = books.snapshotOnly(neighbour)
        let machine = LedgerMachine(log: try books.log(), readModel: MemoryReadModel()) { _ in files }
        machine.start()
        var open = Requests.opening()[0]
        open.command = OpenLedger.with { ($0.code, $0.name, $0.practice) = (neighbour, "安丘市", true) }
        let replies = await machine.submit([open], to: neighbour, lane: .office)
        #expect(replies.first?.isNewlyAccepted == true, "\(replies)")
        machine.stop()
    }
}

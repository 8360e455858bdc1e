import AuditLog
import CBOR
import Cryptography
import Foundation
import LedgerDomain
import LedgerEngine
import LedgerStorage
import LedgerTesting
import Testing

@Suite("The published log, and the head kept outside the database")
struct PublisherTests {
    /// Books with a season in them, published and closed.
    private static func published(_ engine: Engine, events: Int = 600) async throws -> Books {
        let books = try Books(engine)
        let machine = try books.machine()
        let replies = await machine.submit(
            try Requests.season(seed: 9, count: events), to: zhucheng, lane: .office)
        #expect(replies.allSatisfy { $0.number != nil })
        machine.stop()
        return books
    }

    private static func files(of books: Books) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: books.tiles.path) {
            files[name] = FileManager.default.contents(atPath: "\(books.tiles.path)/\(name)")
        }
        return files
    }

    @Test("What is published is the log, entry by entry, under its signed head", arguments: Engine.allCases)
    func published(engine: Engine) async throws {
        let books = try await PublisherTests.published(engine)
        let checkpoint = try books.files().publishedCheckpoint()
        #expect(checkpoint.bytes == (try books.log().head(of: zhucheng).checkpoint))
        #expect(try books.files().keptNotes().last?.head == checkpoint.checkpoint.head)
        let head = checkpoint.checkpoint.head
        var verifier = try LogVerifier(source: books.tiles, size: head.size, root: head.root)
        var entries: [[UInt8]] = []
        while let bundle = try verifier.next() { entries += bundle }
        #expect(entries == (try books.log().events(of: zhucheng, from: 0, limit: .max)))
    }

    @Test("Tiles that are missing or damaged are made again, byte for byte", arguments: Engine.allCases)
    func madeAgain(engine: Engine) async throws {
        let books = try await PublisherTests.published(engine)
        let before = try PublisherTests.files(of: books)
        for damage in ["tile/0/000", "tile/entries/001", "tile/1/000.p", "tile", "checkpoint"] {
            try FileManager.default.removeItem(atPath: "\(books.tiles.path)/\(damage)")
            let machine = try books.machine()
            _ = try machine.publish(zhucheng)
            if try PublisherTests.files(of: books) != before { try machine.republish(zhucheng) }
            machine.stop()
            #expect(try PublisherTests.files(of: books) == before, "\(damage)")
        }
        let url = URL(filePath: "\(books.tiles.path)/tile/0/001")
        try Data(repeating: 1, count: 8192).write(to: url)
        let machine = try books.machine()
        try machine.republish(zhucheng)
        machine.stop()
        #expect(try PublisherTests.files(of: books) == before)
    }

    @Test("Two processes on one log publish one log", arguments: Engine.allCases)
    func twoProcesses(engine: Engine) async throws {
        let books = try Books(engine)
        let machines = [try books.machine(), try books.machine()]
        _ = await machines[0].submit(Requests.opening(), to: zhucheng, lane: .office)
        for round in 0..<40 as Range<UInt64> {
            let machine = machines[Int(round % 2)]
            let replies = await machine.submit([Requests.yuan(key: round)], to: zhucheng, lane: .till)
            #expect(replies.areNewlyAccepted)
            if round.isMultiple(of: 3) { _ = try machine.publish(zhucheng) }
        }
        for machine in machines { machine.stop() }
        let checkpoint = try books.files().publishedCheckpoint()
        #expect(checkpoint.checkpoint.head.size == 42)
        #expect(try books.files().keptNotes().last?.head == checkpoint.checkpoint.head)
        _ = try TileReader(source: books.tiles, size: 42, root: checkpoint.checkpoint.head.root)
    }

    @Test(
        "A log that was put back, or is another one, is refused by the kept head", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        let books = try await PublisherTests.published(engine)
        let files = books.files()
        // The same key, but another history: shorter, and of the same length.
        for count in [300, 600] {
            let other = try Books(engine)
            let requests = try Requests.season(seed: 10, count: count)
            let maker = LedgerMachine(log: try other.log(), readModel: MemoryReadModel()) { _ in
                LedgerFiles(zhucheng, signer: files.signer)
            }
            maker.start()
            _ = await maker.submit(requests, to: zhucheng, lane: .office)
            maker.stop()
            let machine = LedgerMachine(log: try other.log(), readModel: MemoryReadModel()) { _ in files }
            machine.start()
            let expected: EngineFault =
                count < 600 ? .logBehind(size: UInt64(count), seen: 600) : .forked(size: 600)
            #expect(throws: expected) { try machine.read(zhucheng) { $0.size } }
            let replies = await machine.submit(
                [Requests.yuan(key: 1, after: 4_000 * Instant.day)], to: zhucheng, lane: .till)
            #expect(replies.first?.fault == expected)
            machine.stop()
            #expect(try other.log().head(of: zhucheng).size == UInt64(count), "nothing was appended")
        }
    }

    @Test("A log without its kept head still has the published checkpoint to answer to")
    func headDeleted() async throws {
        let books = try await PublisherTests.published(.sqlite)
        try FileManager.default.removeItem(at: books.folder.appendingPathComponent("head"))
        #expect(try books.files().keptNotes().last?.head.size == 600)
    }

    @Test("A head that its log did not sign is refused", arguments: ["", "wenhui/370782\n600\n\n", "\u{0}"])
    func foreignHead(text: String) async throws {
        let books = try await PublisherTests.published(.memory)
        try Data(text.utf8).write(to: books.folder.appendingPathComponent("head"))
        let machine = try books.machine()
        #expect(throws: EngineFault.self) { try machine.read(zhucheng) { $0.size } }
        machine.stop()
    }

    @Test("A head row whose tree is not that of the events stops the ledger", arguments: Engine.allCases)
    func headRowAltered(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        _ = await machine.submit(Requests.opening(), to: zhucheng, lane: .office)
        machine.stop()
        let event = try books.log().events(of: zhucheng, from: 1, limit: 1)
        try books.log().append(to: zhucheng) { head, _ in
            LogAddition(events: event, compactRange: head.compactRange, checkpoint: head.checkpoint)
        }
        let again = try books.machine()
        #expect(throws: EngineFault.self) { try again.read(zhucheng) { $0.size } }
        again.stop()
    }

    @Test(
        "A 国密 ledger's commits are signed by Ed25519 alone, and what is published has a line by SM2 besides",
        arguments: Engine.allCases)
    func guomi(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine(keepingSnapshots: true)
        let refused = Requests.request(OpenLedger(), key: 5)
        let replies = await machine.submit(
            [refused] + Requests.opening(practice: true, .guomi), to: zhucheng, lane: .office)
        #expect(replies.map { $0.number } == [0, 1, 2])
        _ = try machine.publish(zhucheng)
        machine.stop()
        #expect(try books.log().algorithms(of: zhucheng) == .guomi)
        #expect(books.snapshot.load()?.state.profile?.algorithms == .guomi)

        let keys = books.files().signer.verifierKeys(.guomi)
        #expect(keys.map(\.type) == [.ed25519, .sm2])
        #expect(books.files().signer.verifierKeys(.international) == [keys[0]])
        let stored = try SignedNote(try books.log().head(of: zhucheng).checkpoint)
        #expect(stored.signatures.count == 1)
        #expect(try books.files().keptNotes().last?.checkpoint == stored.bytes)
        let shown = try SignedNote(try #require(books.tiles.checkpoint()))
        #expect(shown.text == stored.text)
        #expect(shown.signatures.first == stored.signatures.first)
        #expect(try shown.verified(by: keys).signers == keys)
        #expect(try books.files().publishedCheckpoint(.guomi).signers == keys)
        #expect(try books.files().publishedCheckpoint().signers == [keys[0]])

        // A line that was damaged or is missing is made again.
        var bytes = shown.signatures[1].bytes
        bytes[9] ^= 1
        let line = NoteSignature(name: keys[1].name, keyID: keys[1].id, bytes: bytes)
        for damaged in [try shown.adding([line]), stored] {
            try books.tiles.write(damaged.bytes, to: LogFileName.checkpoint)
            let machine = try books.machine()
            _ = try machine.publish(zhucheng)
            machine.stop()
            #expect(try books.files().publishedCheckpoint(.guomi).signers == keys)
        }
    }

    @Test("A log that nobody has opened has no algorithms")
    func unopened() throws {
        #expect(try MemoryEventLog().algorithms(of: zhucheng) == nil)
    }

    @Test("After a loss the log goes on under a name that states it")
    func successor() async throws {
        let books = try await PublisherTests.published(.memory)
        let head = try #require(try books.files().keptNotes().last?.head)
        let first = books.files().signer
        let second = first.successor(after: head)
        #expect(second.origin.description.hasPrefix("wenhui/370782/after-600-"))
        #expect(second.verifierKey != first.verifierKey)
        let note = second.checkpoint(head)
        #expect(first.signer(of: note)?.verifierKey == second.verifierKey)
        #expect(second.signer(of: first.checkpoint(head))?.verifierKey == first.verifierKey)
        #expect(first.signer(of: Array("wenhui/370783\n1\n".utf8)) == nil)
        #expect(second.verifierKeys(.guomi).allSatisfy { !first.verifierKeys(.guomi).contains($0) })
    }
}

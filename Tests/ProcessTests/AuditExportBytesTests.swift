import Foundation
import Testing

@Suite("One byte of an exported log")
struct AuditExportBytesTests {
    @Test(
        "A flipped byte of a hash tile is found, and the tile is named")
    func hashTiles() throws {
        let desk = try AuditDesk()
        let names = try files(in: desk.season.export).filter {
            $0.hasPrefix("tile/") && !$0.hasPrefix("tile/entries/")
        }
        #expect(names.count >= 3, "tiles of two levels")
        for name in names {
            try flips(of: name, by: 0x80, on: desk) { _, done in expectUnverified(done, saying: [name + ":"])
            }
        }
    }

    @Test("A flipped byte of an entry is found, and the event is named")
    func entries() throws {
        let desk = try AuditDesk()
        let names = try files(in: desk.season.export).filter { $0.hasPrefix("tile/entries/") }
        #expect(names.count >= 3, "full bundles and a partial one")
        for name in names {
            let bundle = try AuditBundle(Data(contentsOf: desk.season.export.appendingPathComponent(name)))
            try flips(of: name, by: 0x20, on: desk) { offset, done in
                guard let entry = bundle.entry(at: offset) else {
                    // A length is no event's byte: the bundle cannot be divided into events any more.
                    expectUnverified(done, saying: [name])
                    return
                }
                expectUnverified(done, saying: ["Event \(tileNumber(name) * 256 + entry) was altered"])
            }
        }
    }

    @Test("A flipped byte of the checkpoint is found, and the checkpoint is named")
    func checkpoint() throws {
        let desk = try AuditDesk()
        let file = desk.season.export.appendingPathComponent("checkpoint")
        let offsets = Array(stride(from: 0, to: try Data(contentsOf: file).count, by: 11))
        try flips(of: "checkpoint", by: 0x01, at: offsets, on: desk) { _, done in
            expectUnverified(done, saying: ["checkpoint"])
        }
    }

    @Test("A flipped byte of a cosignature that is demanded is found, and so is one that is missing")
    func cosignature() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.witnessed)
        let whole = try desk.verify(log)
        #expect(whole.status == 0, "\(whole)")
        let file = log.appendingPathComponent("checkpoint")
        let note = try Data(contentsOf: file)
        let alone = try Data(contentsOf: desk.season.export.appendingPathComponent("checkpoint"))
        #expect(note.starts(with: alone), "the log's own signature comes first")
        for offset in Array(stride(from: alone.count, to: note.count, by: 13)) + [note.count - 1] {
            var bytes = note
            bytes[offset] ^= 1
            try bytes.write(to: file)
            expectUnverified(try desk.verify(log), saying: ["checkpoint"])
        }
        try alone.write(to: file)
        expectUnverified(try desk.verify(log), saying: ["checkpoint", "witnesses"])
    }

    @Test("What is wrong with a checkpoint is told in words")
    func checkpointInWords() throws {
        let desk = try AuditDesk()
        // A letter of the origin, a digit of the size, one of the signature, the last newline.
        try flips(of: "checkpoint", by: 0x01, at: [0, 14, 120, -1], on: desk) { _, done in
            expectUnverified(done, saying: ["checkpoint"])
            expectSentence(done)
        }
    }

    @Test(
        "A flipped byte of the keys or the policy that came with the log is found, and the file is named",
        arguments: ["keys", "policy"], [true, false])
    func trust(name: String, hasOwnKey: Bool) throws {
        let desk = try AuditDesk()
        try flips(of: name, by: 0x01, on: desk, key: hasOwnKey ? desk.season.key : nil) { offset, done in
            expectUnverified(done, saying: [name])
        }
    }

    @Test("A key with another word in the file that came with the log is never taken for the log's")
    func foreignKeys() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        try Data((desk.season.provinceKey + "\n").utf8).write(to: log.appendingPathComponent("keys"))
        expectUnverified(
            try Program.wenhui.run(["audit", "verify", log.path]), saying: ["checkpoint", "wenhui/370782"])
    }

    /// Verifies the log once for each position of a file, with that byte changed.
    ///
    /// - Parameter offsets: where; negative from the end. Without it at the ends, a third and the middle.
    private func flips(
        of name: String, by bit: UInt8, at offsets: [Int]? = nil, on desk: AuditDesk, key: String? = nil,
        _ check: (Int, Finished) throws -> Void
    ) throws {
        let log = try desk.copy(desk.season.export)
        let file = log.appendingPathComponent(name)
        let original = try Data(contentsOf: file)
        let places = offsets ?? [0, original.count / 3, original.count / 2, -1]
        let trust = key ?? (["keys", "policy"].contains(name) ? nil : desk.season.key)
        for place in places {
            let offset = place < 0 ? original.count + place : place
            var bytes = original
            bytes[offset] ^= bit
            try bytes.write(to: file)
            let arguments = ["audit", "verify", log.path] + (trust.map { ["--key", $0] } ?? [])
            try check(offset, try Program.wenhui.run(arguments))
        }
    }
}

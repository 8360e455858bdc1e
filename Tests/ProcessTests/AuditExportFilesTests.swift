import Foundation
import Testing

@Suite("The files of an exported log")
struct AuditExportFilesTests {
    /// What may be wrong with a file as a whole.
    enum Damage: String, CaseIterable {
        case missing, emptied, shorter, longer, folder

        func apply(to file: URL) throws {
            switch self {
            case .missing: try FileManager.default.removeItem(at: file)
            case .emptied: try Data().write(to: file)
            case .shorter: try alter(file) { $0.removeLast() }
            case .longer: try alter(file) { $0.append(0x0a) }
            case .folder:
                try FileManager.default.removeItem(at: file)
                try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
            }
        }
    }

    @Test("A file that is gone, cut off or longer than it should be is named", arguments: Damage.allCases)
    func damagedTile(damage: Damage) throws {
        let desk = try AuditDesk()
        for name in try files(in: desk.season.export) where name.hasPrefix("tile/") {
            let log = try desk.copy(desk.season.export)
            try damage.apply(to: log.appendingPathComponent(name))
            expectUnverified(try desk.verify(log), saying: [name + ":"])
        }
    }

    @Test("A checkpoint that is cut off or longer than it should be is named", arguments: Damage.allCases)
    func damagedCheckpoint(damage: Damage) throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        try damage.apply(to: log.appendingPathComponent("checkpoint"))
        let done = try desk.verify(log)
        // A folder without a checkpoint may as well be one that was not meant.
        #expect(done.status == (damage == .missing ? 64 : 5), "\(done)")
        #expect(done.output.isEmpty)
        #expect(done.errors.contains("checkpoint"), "\(done)")
    }

    @Test(
        "A file among the tiles that is none of the log's is named",
        arguments: [
            "tile/0/003", "tile/0/002", "tile/0/000.p/5", "tile/0/000.p/256", "tile/1/001", "tile/2/000",
            "tile/entries/000.p/7", "tile/entries/003", "tile/entries/x001/000", "tile/entries/0",
            "tile/notes",
            "tile/0/.hidden", "tile/0/000~", "tile/63/000",
        ])
    func strayFile(name: String) throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        let file = log.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("what we would rather not show".utf8).write(to: file)
        expectUnverified(try desk.verify(log), saying: [name + ":"])
    }

    @Test("An earlier, shorter form of a tile may stay, as it does while a log grows")
    func earlierForm() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        let whole = try Data(contentsOf: log.appendingPathComponent("tile/0/000"))
        let part = log.appendingPathComponent("tile/0/000.p")
        try FileManager.default.createDirectory(at: part, withIntermediateDirectories: false)
        try whole.prefix(5 * 32).write(to: part.appendingPathComponent("5"))
        let done = try desk.verify(log)
        #expect(done.status == 0, "\(done)")
    }

    @Test(
        "An entry and its hash forged alike are found, in a full tile and in the last one", arguments: [0, 2])
    func forgedTile(number: Int) throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        let names = try files(in: log).filter { tileNumber($0) == number }
        let bundleName = try #require(names.first { $0.hasPrefix("tile/entries/") })
        let tileName = try #require(names.first { $0.hasPrefix("tile/0/") })
        // Entry 41 stands where 40 was, and so does its hash: the two files agree with one another.
        try alter(log.appendingPathComponent(bundleName)) {
            var bundle = try AuditBundle($0)
            bundle.entries[40] = bundle.entries[41]
            $0 = bundle.bytes
        }
        try alter(log.appendingPathComponent(tileName)) {
            $0.replaceSubrange(40 * 32..<41 * 32, with: Data($0[41 * 32..<42 * 32]))
        }
        let done = try desk.verify(log)
        expectUnverified(done, saying: [])
        #expect(
            [bundleName, tileName, "Event \(number * 256 + 40)"].contains { done.errors.contains($0) },
            "it names a file or the event: \(done)")
    }

    @Test("Two entries that changed places are found, and the first is named")
    func swappedEntries() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        try alter(log.appendingPathComponent("tile/entries/001")) {
            var bundle = try AuditBundle($0)
            bundle.entries.swapAt(7, 8)
            $0 = bundle.bytes
        }
        expectUnverified(try desk.verify(log), saying: ["Event 263 was altered"])
    }

    @Test("Whole tiles with their bundles that changed places are found, and a file or an event is named")
    func swappedTiles() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export)
        for folder in ["tile/0", "tile/entries"] {
            for (from, to) in [("000", "aside"), ("001", "000"), ("aside", "001")] {
                try FileManager.default.moveItem(
                    at: log.appendingPathComponent("\(folder)/\(from)"),
                    to: log.appendingPathComponent("\(folder)/\(to)"))
            }
        }
        let done = try desk.verify(log)
        expectUnverified(done, saying: ["000"])
    }

    @Test("A copy on another path is verified without data folder, home or working files")
    func copyElsewhere() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.export, as: "somewhere else 别处")
        let empty = desk.folder.appendingPathComponent("empty")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: false)
        let before = try contents(of: log)
        for key in [["--key", desk.season.key], ["--key-file", log.path + "/keys"], []] {
            let done = try Program(at: URL(fileURLWithPath: "/usr/bin/env")).run(
                ["-i", try Program.wenhui.url.path, "audit", "verify", log.path] + key, in: empty)
            #expect(done.status == 0, "\(done)")
            #expect(done.output.contains("\(desk.season.events)"))
            #expect(done.output.contains(desk.season.key) == key.isEmpty, "keys nobody vouched for are shown")
        }
        #expect(try contents(of: log) == before)
        #expect(try contents(of: empty).isEmpty)
    }
}

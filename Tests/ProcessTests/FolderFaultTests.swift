import CBOR
import Foundation
import LedgerDomain
import LedgerEngine
import LedgerStorage
import SQLiteStorage
import Testing

@Suite("A data folder that cannot be used")
struct FolderFaultTests {
    /// What may be wrong with a folder.
    enum Damage: String, CaseIterable, CustomStringConvertible {
        case keyMissing, keyExposed, keyGarbage, keyOfAnotherFolder
        case formatNewer, formatGarbage, logGarbage, logPageGarbage, vaultGarbage

        var description: String { rawValue }

        /// Does the damage.
        func apply(to folder: PracticeFolder) throws {
            let key = folder.file("key")
            switch self {
            case .keyMissing: try FileManager.default.removeItem(at: key)
            case .keyExposed:
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
            case .keyGarbage: try overwrite(key, with: Data("not a key\n".utf8))
            case .keyOfAnotherFolder:
                try overwrite(key, with: Data((String(repeating: "5a", count: 32) + "\n").utf8))
            case .formatNewer:
                let format = try String(contentsOf: folder.file("format"), encoding: .utf8)
                try Data(format.replacing("wenhui-data 1", with: "wenhui-data 2").utf8).write(
                    to: folder.file("format"))
            case .formatGarbage: try Data("?".utf8).write(to: folder.file("format"))
            case .logGarbage: try Data(repeating: 0xa5, count: 40_000).write(to: folder.file("log.db"))
            case .logPageGarbage:
                let file = try FileHandle(forUpdating: folder.file("log.db"))
                // Every page but the first, which says what kind of file it is.
                let size = Int(try file.seekToEnd())
                try file.seek(toOffset: 4_096)
                try file.write(contentsOf: Data(repeating: 0xff, count: max(0, size - 4_096)))
                try file.close()
            case .vaultGarbage: try Data(repeating: 0xa5, count: 40_000).write(to: folder.file("vault.db"))
            }
        }

        /// Where the damage is.
        var file: String {
            switch self {
            case .keyMissing, .keyExposed, .keyGarbage, .keyOfAnotherFolder: "key"
            case .formatNewer, .formatGarbage: "format"
            case .logGarbage, .logPageGarbage: "log.db"
            case .vaultGarbage: "vault.db"
            }
        }

        /// What the sentence must speak of: the trouble, and what to do.
        var words: [String] {
            switch self {
            case .keyMissing: ["key", "missing", "Restore"]
            case .keyExposed: ["key", "chmod 600"]
            case .keyGarbage, .keyOfAnotherFolder: ["key", "Restore"]
            case .formatNewer: ["newer version"]
            case .formatGarbage: ["format", "Restore"]
            case .logGarbage, .logPageGarbage, .vaultGarbage: ["damaged", "backup"]
            }
        }

        private func overwrite(_ file: URL, with data: Data) throws {
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: data)
            try handle.close()
        }
    }

    @Test(
        "Each damage has its sentence and exit code 4, in words and as JSON, and nothing is changed",
        arguments: Damage.allCases)
    func damaged(damage: Damage) throws {
        let folder = try PracticeFolder()
        try damage.apply(to: folder)
        let kept = ["key", "format", damage.file]
        let before = try folder.contents().filter { kept.contains($0.key) }
        for command in [["book", "check"], ["fund", "appropriate", "1", "5.00", "--reference", "拨款单 2"]] {
            expectFault(try folder.run(command), saying: damage.words)
            let document = try ErrorDocument(try folder.runJSON(command))
            for word in damage.words { #expect(document.message.contains(word)) }
        }
        #expect(try folder.contents().filter { kept.contains($0.key) } == before)
        if damage.file != "log.db" { #expect(try folder.eventCount() == PracticeFolder.events) }
    }

    @Test("Where there is no folder, the sentence says how to make one")
    func noFolder() throws {
        let parent = try temporaryFolder("none")
        defer { try? FileManager.default.removeItem(at: parent) }
        let path = parent.appendingPathComponent("data").path
        expectFault(
            try Program.wenhui.run(["book", "check", "--data", path]), saying: [path, "wenhui init"])
        let document = try ErrorDocument(try Program.wenhui.run(["book", "check", "--data", path, "--json"]))
        #expect(document.message.contains("wenhui init"))
        #expect(!FileManager.default.fileExists(atPath: path), "asking makes nothing")
    }

    @Test(
        "A file of the book that is gone or empty is a fault, and is not begun anew",
        arguments: ["log.db", "vault.db"], [true, false])
    func fileGone(name: String, isEmpty: Bool) throws {
        let folder = try PracticeFolder()
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.file(name + suffix))
        }
        if isEmpty { try Data().write(to: folder.file(name)) }
        expectFault(try folder.run(["book", "check"]), saying: [name])
        expectFault(
            try folder.run(["ledger", "open", "370782", "--name", "潍坊市诸城市", "--practice"]), saying: [name])
        let size = FileManager.default.contents(atPath: folder.file(name).path)?.count
        #expect(size == (isEmpty ? 0 : nil))
    }

    @Test("An event of a later format stops every command with its number and what to do")
    func newerEvent() throws {
        let folder = try PracticeFolder()
        do {
            let log = try folder.log()
            var bytes = try #require(try log.events(of: LoadedBooks.ledger, from: 2, limit: 1).first)
            // A map's first pair is key 0 and the version.
            #expect(Array(bytes[1...2]) == [0, 1])
            bytes[2] = 2
            let future = bytes
            try log.append(to: LoadedBooks.ledger) { _, _ in LogAddition(events: [future]) }
        }
        for command in [["book", "replay"], ["fund", "appropriate", "1", "5.00", "--reference", "拨款单 2"]] {
            expectFault(try folder.run(command), saying: ["3", "version 2", "newer version of wenhui"])
        }
        #expect(try folder.eventCount() == 4, "nothing was appended behind it")
    }

    @Test(
        "A damaged read model or snapshot is made anew without a word",
        arguments: ["read.db", "snapshots/370782.snapshot"])
    func derivedDamaged(name: String) throws {
        let folder = try PracticeFolder()
        #expect(FileManager.default.fileExists(atPath: folder.file(name).path))
        for damage in [Data(repeating: 0xa5, count: 40_000), Data()] {
            try damage.write(to: folder.file(name))
            let check = try folder.run(["book", "replay"])
            #expect(check.status == 0, "\(check)")
        }
    }

    @Test("A message that cannot be written changes no exit code")
    func noStandardError() throws {
        let wenhui = try Program.wenhui
        let shell = Program(at: URL(fileURLWithPath: "/bin/bash"))
        let done = try shell.run([
            "-c", "exec \"$0\" book check --data /nowhere/at/all 2> /dev/full", wenhui.url.path,
        ])
        #expect(done.status == 4, "\(done)")
    }
}

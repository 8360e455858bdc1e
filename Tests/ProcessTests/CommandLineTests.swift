import Foundation
import LedgerStorage
import Testing

@Suite("What the command line answers")
struct CommandLineTests {
    @Test(
        "What cannot be meant is a usage error: exit code 64, and nothing happens",
        arguments: [
            ["nonsense"], ["fund"] + ["nonsense"], ["fund", "appropriate"], ["fund", "appropriate", "1"],
            ["fund", "appropriate", "1", "5.00"],
            ["fund", "appropriate", "1", "5.00", "--reference", "r", "--nonsense"],
            ["fund", "appropriate", "1", "5.00", "--reference", "r", "--ledger", "37078"],
            ["fund", "appropriate", "1", "5.00", "--reference", "r", "--ledger", "370783"],
            ["fund", "appropriate", "1", "5.00", "--reference", "r", "--clock", "2018-06-01"],
            ["fund", "appropriate", "one", "5.00", "--reference", "r"],
            ["fund", "appropriate", "F370782-00000001-0", "5.00", "--reference", "r"],
            ["fund", "create", "--level", "village", "--year", "2018", "--treasury", "t", "--document", "d"],
            ["redeem", "1", "--outlet", "1", "--bill", "5.00"], ["ledger", "set", "nonsense", "1"],
            ["resident", "import", "/nowhere/at/all.csv"], ["voucher", "show", "F370782-00000001-5"],
        ])
    func usage(arguments: [String]) throws {
        let folder = try PracticeFolder()
        let done = try folder.run(arguments)
        #expect(done.status == 64, "\(done)")
        #expect(!done.errors.isEmpty)
        #expect(done.output.isEmpty)
        #expect(try folder.eventCount() == PracticeFolder.events)
    }

    @Test("Under --json every error is a JSON document, mistyped options too")
    func usageAsJSON() throws {
        let folder = try PracticeFolder()
        for arguments in [
            ["fund", "appropriate", "one", "5.00", "--reference", "r"],
            ["resident", "import", "/nowhere/at/all.csv"],
            ["fund", "appropriate", "1", "5.001", "--reference", "r"], ["fund", "appropriate", "1"],
        ] {
            let done = try folder.runJSON(arguments)
            #expect(done.status == 64, "\(done)")
            #expect(throws: Never.self, "\(done)") { try ErrorDocument(done) }
        }
    }

    @Test(
        "An amount that no till could mean is refused, with what an amount looks like",
        arguments: [
            "5.001", "0", "0.00", "-5.00", "-0.01", "1e3", "5,00", "五", "", "92233720368547758.08",
            "9223372036854775808", "1000000000000.01",
        ])
    func amounts(text: String) throws {
        let folder = try PracticeFolder()
        for arguments in [
            ["fund", "appropriate", "--reference", "r", "1", "--", text],
            ["redeem", "1", "--outlet", "1", "--order", "1", "--bill=\(text)"],
        ] {
            // What follows "--" is no option any more, so the folder goes before.
            let done = try Program.wenhui.run(
                Array(arguments.prefix(2)) + ["--data", folder.url.path] + arguments.dropFirst(2))
            #expect(done.status == 64, "\(done)")
            #expect(done.output.isEmpty)
            #expect(
                ["30.50", "decimals", "more than zero", "at most", "Missing value"].contains {
                    done.errors.contains($0)
                },
                "it says what an amount looks like: \(done)")
        }
        #expect(try folder.eventCount() == PracticeFolder.events)
    }

    @Test("What the ledger refuses has exit code 3, its code and both languages; the refusal is an event")
    func refusals() throws {
        let folder = try PracticeFolder()
        let cases: [([String], String)] = [
            (["fund", "appropriate", "7", "5.00", "--reference", "r"], "fund.unknown"),
            (["redeem", "1", "--outlet", "1", "--bill", "5.00", "--order", "1"], "voucher.unknown"),
            (["fund", "return", "1", "100000.01", "--document", "年终收回"], "fund.insufficient"),
            (["ledger", "open", "370782", "--name", "诸城", "--key", "other"], "ledger.already-open"),
        ]
        for (index, (arguments, code)) in cases.enumerated() {
            let key = arguments.contains("--key") ? [] : ["--key", "refused-\(index)"]
            let done = try folder.run(arguments + key)
            #expect(done.status == 3, "\(done)")
            #expect(done.output.isEmpty)
            #expect(done.errors.contains(code), "\(done)")
            #expect(done.errors.contains("。"), "a Chinese sentence: \(done)")
            #expect(try folder.eventCount() == PracticeFolder.events + UInt64(index) + 1)
            let again = try folder.runJSON(arguments + key)
            #expect(again.status == 3)
            #expect(try ErrorDocument(again).error == code)
            #expect(try folder.eventCount() == PracticeFolder.events + UInt64(index) + 1, "the key is bound")
        }
    }

    @Test("The same key and command print the same event and that it is a repetition")
    func repetition() throws {
        let folder = try PracticeFolder()
        let command = ["fund", "appropriate", "1", "5.00", "--reference", "拨款单 2", "--key", "once"]
        let first = try ReceiptDocument(try folder.runJSON(command))
        #expect(first.event == 3)
        #expect(first.key == "once")
        #expect(first.replayed == nil)
        let second = try ReceiptDocument(try folder.runJSON(command))
        #expect(second.event == 3)
        #expect(second.replayed == true)
        let words = try folder.run(command)
        #expect(words.status == 0)
        #expect(words.output.contains("repeated"), "\(words)")

        let other = try folder.run([
            "fund", "appropriate", "1", "6.00", "--reference", "拨款单 2", "--key", "once",
        ])
        #expect([3, 4].contains(other.status), "\(other)")
        #expect(other.errors.contains("event 3"), "it names the first answer: \(other)")
        let stranger = try ReceiptDocument(try folder.runJSON(command + ["--as", "somebody"]))
        #expect(stranger.event == 4, "a key belongs to its principal")
        #expect(try folder.eventCount() == 5)
    }

    @Test("A key that was not given is made and printed, and works for a repetition")
    func madeKey() throws {
        let folder = try PracticeFolder()
        let command = ["fund", "appropriate", "1", "5.00", "--reference", "拨款单 2"]
        let first = try ReceiptDocument(try folder.runJSON(command))
        let other = try ReceiptDocument(try folder.runJSON(command))
        #expect(other.event == first.event + 1)
        #expect(other.key != first.key)
        #expect(try ReceiptDocument(try folder.runJSON(command + ["--key", first.key])).event == first.event)
    }

    @Test("init leaves what is there as it is")
    func initOnExisting() throws {
        let folder = try PracticeFolder()
        let before = try folder.contents()
        let mode =
            try FileManager.default.attributesOfItem(atPath: folder.file("key").path)[.posixPermissions]
            as? Int
        #expect(mode == 0o600)
        expectFault(try folder.run(["init"]), saying: ["exists already"])
        #expect(try folder.contents() == before)

        let parent = try temporaryFolder("other")
        defer { try? FileManager.default.removeItem(at: parent) }
        let file = parent.appendingPathComponent("notes")
        try Data("mine".utf8).write(to: file)
        for path in [parent.path, file.path, parent.appendingPathComponent("notes/data").path] {
            let done = try Program.wenhui.run(["init", "--data", path])
            #expect(done.status == 4, "\(done)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["notes"])
        #expect(FileManager.default.contents(atPath: file.path) == Data("mine".utf8))
    }
}

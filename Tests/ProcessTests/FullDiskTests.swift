import Foundation
import Testing

@Suite("A full disk")
struct FullDiskTests {
    private static let command = [
        "fund", "appropriate", "1", "5.00", "--reference", "拨款单 2", "--key", "again",
    ]

    @Test("Where files cannot grow, nothing is lost and the same key works later", arguments: [4, 8, 16])
    func limitedFiles(kilobytes: Int) throws {
        let folder = try PracticeFolder()
        let full = try Program.wenhui.run(
            FullDiskTests.command + ["--data", folder.url.path], withFilesUpTo: kilobytes * 1024)
        expectFault(full, saying: ["disk"])
        try FullDiskTests.expectNothingLost(folder.url)
    }

    @Test(
        "A full disk is called so, with what to do", .enabled(if: TinyDisk.isPossible, "mounting takes root"))
    func fullDisk() throws {
        let folder = try PracticeFolder()
        let disk = try TinyDisk(kilobytes: 2_048)
        defer { disk.unmount() }
        let copy = disk.url.appendingPathComponent("data")
        try FileManager.default.copyItem(at: folder.url, to: copy)
        for free in [0, 16, 40] {
            try disk.fill(leaving: free)
            let full = try Program.wenhui.run(FullDiskTests.command + ["--data", copy.path])
            expectFault(full, saying: ["disk", "full"])
            let document = try ErrorDocument(
                try Program.wenhui.run(FullDiskTests.command + ["--data", copy.path, "--json"]))
            #expect(document.message.contains("full"))
        }
        try disk.empty()
        try FullDiskTests.expectNothingLost(copy)
    }

    @Test(
        "A disk that fills up under load keeps what was acknowledged",
        .enabled(if: TinyDisk.isPossible, "mounting takes root"), arguments: [3_000, 5_000])
    func filledUnderLoad(kilobytes: Int) throws {
        let disk = try TinyDisk(kilobytes: kilobytes + 3_000)
        defer { disk.unmount() }
        try disk.reserve(kilobytes: 3_000)
        let books = try LoadedBooks(vouchers: 200, on: disk.url)
        let driver = try books.drive(commands: 1_000_000, seed: 51, by: "till")
        let finished = try driver.wait()
        #expect(finished.status == 1, "it gives up: \(finished.errors)")
        #expect(try books.note(driver, by: "till").count > 100)
        try disk.empty()
        _ = try books.verify()
        let later = try books.drive(commands: 200, seed: 51, by: "till")
        #expect(try later.wait().status == 0)
        #expect(try books.note(later, by: "till").count == 200, "the same keys are answered the same")
        _ = try books.verify()
    }

    /// Expects the book as it was, and that the command with its key is then done once.
    private static func expectNothingLost(_ folder: URL) throws {
        let data = ["--data", folder.path]
        let replay = try Program.wenhui.run(["book", "replay"] + data)
        #expect(replay.status == 0, "\(replay)")
        let first = try ReceiptDocument(try Program.wenhui.run(command + data + ["--json"]))
        #expect(first.event == PracticeFolder.events)
        let second = try ReceiptDocument(try Program.wenhui.run(command + data + ["--json"]))
        #expect(second.event == PracticeFolder.events)
        #expect(second.replayed == true)
        let check = try Program.wenhui.run(["book", "replay"] + data)
        #expect(check.status == 0, "\(check)")
    }
}

/// A very small disk in memory, which only root can mount.
struct TinyDisk {
    let url: URL

    init(kilobytes: Int) throws {
        url = try temporaryFolder("disk")
        let mount = Program(at: URL(fileURLWithPath: "/bin/mount"))
        let done = try mount.run(["-t", "tmpfs", "-o", "size=\(kilobytes)k", "none", url.path])
        guard done.status == 0 else {
            try? FileManager.default.removeItem(at: url)
            throw ProgramFailure("mount: \(done)")
        }
    }

    /// Whether this process may mount one.
    static var isPossible: Bool {
        guard geteuid() == 0, let disk = try? TinyDisk(kilobytes: 16) else { return false }
        disk.unmount()
        return true
    }

    /// Leaves so many kilobytes.
    func fill(leaving kilobytes: Int) throws {
        try empty()
        let file = url.appendingPathComponent("filler")
        let shell = Program(at: URL(fileURLWithPath: "/bin/bash"))
        // Fills up what there is, which fails at the end, and then gives some of it back.
        let script = """
            dd if=/dev/zero of="$0" bs=1k status=none; size=$(stat -c %s "$0")
            truncate -s $((size - \(kilobytes) * 1024)) "$0"
            """
        _ = try shell.run(["-c", script, file.path])
    }

    /// Takes so many kilobytes, to be given back later.
    func reserve(kilobytes: Int) throws {
        try Data(count: kilobytes * 1_024).write(to: url.appendingPathComponent("filler"))
    }

    /// Gives everything back.
    func empty() throws { try Data().write(to: url.appendingPathComponent("filler")) }

    func unmount() {
        // Lazily, for a thread that has just ended may still close its files.
        _ = try? Program(at: URL(fileURLWithPath: "/bin/umount")).run(["-l", url.path])
        try? FileManager.default.removeItem(at: url)
    }
}

import Foundation
import Testing

@Suite("Backup and restore")
struct BackupTests {
    @Test("A backup is restored to a folder that says the same, and its log is verified under the same key")
    func restored() throws {
        let desk = try AuditDesk()
        let (data, backup) = try backedUp(desk)
        let new = desk.folder.appendingPathComponent("new")
        let done = try restore(backup, to: new)
        #expect(done.status == 0, "\(done)")
        for command in [
            ["book", "check"], ["book", "trial-balance"], ["audit", "checkpoint"], ["receipt", "show", "1"],
        ] {
            let (before, after) = (try desk.run(command, in: data), try desk.run(command, in: new))
            #expect(after.status == 0, "\(after)")
            #expect(after.output == before.output)
        }
        #expect(try desk.run(["book", "replay"], in: new).status == 0)
        #expect(try desk.exportAndVerify(new).status == 0)
        #expect(try desk.append(to: new).status == 0, "and work goes on")
    }

    @Test("A second run adds what is new, and a backup is never worked on")
    func incremental() throws {
        let desk = try AuditDesk()
        let (data, backup) = try backedUp(desk)
        #expect(try added(data, backup) == 0)
        #expect(try desk.append(to: data).status == 0)
        #expect(try added(data, backup) == 1)
        let worked = try desk.append(to: backup)
        expectFault(worked, saying: ["is a backup"])
        let other = desk.folder.appendingPathComponent("other")
        #expect(try Program.wenhui.run(["init", "--data", other.path]).status == 0)
        let before = try contents(of: backup)
        for (target, source, words) in [
            (backup, other, "another data folder"), (other, data, "is no backup"),
        ] {
            expectFault(
                try Program.wenhui.run(["backup", target.path, "--data", source.path]), saying: [words])
        }
        #expect(try contents(of: backup) == before)
    }

    @Test("What was acknowledged after the backup comes back from the tiles of the folder that is replaced")
    func tail() throws {
        let desk = try AuditDesk()
        let (data, backup) = try backedUp(desk)
        for _ in 0..<2 { #expect(try desk.append(to: data).status == 0) }
        let checkpoint = try desk.run(["audit", "checkpoint"], in: data).output
        // What the restore is for: the log is gone, and so is whatever was made from it.
        for name in ["log.db", "vault.db", "read.db", "snapshots", "key"] {
            try FileManager.default.removeItem(at: data.appendingPathComponent(name))
        }
        let done = try restore(backup, to: data)
        #expect(done.status == 0, "\(done)")
        #expect(try desk.run(["audit", "checkpoint"], in: data).output == checkpoint)
        #expect(try desk.run(["book", "replay"], in: data).status == 0)
        let aside = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
            .filter { $0.hasPrefix("copy.replaced-") }
        #expect(aside.count == 1, "the old folder is put aside, not deleted")
    }

    @Test("Acknowledged events that nothing holds any more are told; going on without them takes a new name")
    func loss() throws {
        let desk = try AuditDesk()
        let (data, backup) = try backedUp(desk)
        for _ in 0..<2 { #expect(try desk.append(to: data).status == 0) }
        try FileManager.default.removeItem(at: data.appendingPathComponent("log.db"))
        let bundles = data.appendingPathComponent("tiles/370782/tile/entries")
        try FileManager.default.removeItem(at: bundles)
        let before = try contents(of: data)
        let refused = try restore(backup, to: data)
        #expect(refused.status == 3, "\(refused)")
        for word in ["\(desk.season.events) events", "\(desk.season.events + 2)", "--accept-loss"] {
            #expect(refused.errors.contains(word), "\(refused)")
        }
        #expect(try contents(of: data) == before, "nothing was changed")

        let accepted = try restore(backup, to: data, "--accept-loss")
        #expect(accepted.status == 0, "\(accepted)")
        let name = "wenhui/370782/after-\(desk.season.events + 2)-"
        #expect(accepted.output.contains(name), "\(accepted)")
        #expect(try desk.append(to: data).status == 0)
        let export = desk.folder.appendingPathComponent("exported")
        #expect(try desk.run(["audit", "export", export.path], in: data).status == 0)
        expectUnverified(try desk.verify(export), saying: ["checkpoint", name])
        let own = try Program.wenhui.run(["audit", "verify", export.path])
        #expect(own.status == 0 && own.output.contains(name), "\(own)")
    }

    @Test(
        "A backup with an altered or missing event is refused, and nothing is restored",
        arguments: [
            "UPDATE events SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'5a' AS BLOB) "
                + "WHERE ledger_id = 370782 AND number = 300",
            "UPDATE events SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'5a' AS BLOB) "
                + "WHERE ledger_id = 370782 AND number = 5",
            "DELETE FROM events WHERE ledger_id = 370782 AND number = 738",
        ])
    func altered(statement: String) throws {
        let desk = try AuditDesk()
        let (data, backup) = try backedUp(desk)
        try edit(
            backup.appendingPathComponent("log.db"),
            ["DROP TRIGGER events_are_never_changed", "DROP TRIGGER events_are_never_deleted", statement])
        let new = desk.folder.appendingPathComponent("new")
        expectFault(try restore(backup, to: new), saying: ["backup at \(backup.path) is damaged"])
        #expect(!FileManager.default.fileExists(atPath: new.path))
        let again = try Program.wenhui.run(["backup", backup.path, "--data", data.path])
        expectFault(again, saying: ["backup at \(backup.path) is damaged"])
    }

    @Test("Whoever was erased after the backup is erased again where the log remembers it")
    func erased() throws {
        let desk = try AuditDesk()
        let (data, backup) = try backedUp(desk)
        let person = "999900197302220497"
        #expect(try desk.run(["resident", "show", person], in: data).status == 0)
        let done = try desk.run(
            ["resident", "erase", person, "--reason", "本人申请"] + AuditSeason.clock, in: data)
        #expect(done.status == 0, "\(done)")
        #expect(try desk.run(["resident", "show", person], in: data).status == 64)
        #expect(try desk.exportAndVerify(data).status == 0, "no proof and no balance rests on it")
        #expect(try desk.run(["book", "replay"], in: data).status == 0)
        #expect(try restore(backup, to: data).status == 0)
        #expect(try desk.run(["resident", "show", person], in: data).status == 64)
        // Without the tail of the log nothing says that they were erased.
        let older = desk.folder.appendingPathComponent("older")
        #expect(try restore(backup, to: older).status == 0)
        #expect(try desk.run(["resident", "show", person], in: older).status == 0)
    }

    @Test("A folder that a process works on is not replaced, and can be backed up")
    func inUse() throws {
        let books = try LoadedBooks(vouchers: 3_000)
        let desk = try AuditDesk()
        let backup = desk.folder.appendingPathComponent("backup")
        let driver = try books.drive(commands: 1_000_000, seed: 5, by: "till")
        try driver.wait(forLines: 300)
        for _ in 0..<2 {
            let done = try Program.wenhui.run(["backup", backup.path, "--data", books.folder.path])
            #expect(done.status == 0, "\(done)")
        }
        expectFault(try restore(backup, to: books.folder), saying: ["in use"])
        try driver.kill()
        _ = try books.note(driver, by: "till")
        _ = try books.verify()
        let new = desk.folder.appendingPathComponent("new")
        #expect(try restore(backup, to: new).status == 0)
        #expect(try Program.wenhui.run(["book", "check", "--data", new.path]).status == 0)
    }

    /// A copy of the season and a backup of it.
    private func backedUp(_ desk: AuditDesk) throws -> (data: URL, backup: URL) {
        let data = try desk.copy(desk.season.data)
        let backup = desk.folder.appendingPathComponent("backup")
        let done = try Program.wenhui.run(["backup", backup.path, "--data", data.path])
        #expect(done.status == 0, "\(done)")
        return (data, backup)
    }

    private func restore(_ backup: URL, to data: URL, _ more: String...) throws -> Finished {
        try Program.wenhui.run(["restore", backup.path, "--data", data.path] + more)
    }

    /// Backs up and tells how many events of the ledger were added.
    private func added(_ data: URL, _ backup: URL) throws -> Int {
        let done = try Program.wenhui.run(["backup", backup.path, "--data", data.path, "--json"])
        let document = try JSONDecoder().decode(BackupDocument.self, from: Data(done.output.utf8))
        return document.ledgers.first { $0.ledger == AuditSeason.ledger }?.added ?? -1
    }

    private struct BackupDocument: Decodable {
        struct Part: Decodable {
            var ledger: String
            var added: Int
        }
        var ledgers: [Part]
    }
}

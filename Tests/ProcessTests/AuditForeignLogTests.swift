import Foundation
import Testing

@Suite("Another log, an older one, a forked one")
struct AuditForeignLogTests {
    @Test("Another ledger's log and another ledger's key are refused, and the log is named")
    func foreign() throws {
        let desk = try AuditDesk()
        let season = desk.season
        expectUnverified(try desk.verify(season.provinceExport), saying: ["checkpoint", "wenhui/370000"])
        expectUnverified(
            try Program.wenhui.run(["audit", "verify", season.export.path, "--key", season.provinceKey]),
            saying: ["checkpoint", "wenhui/370782"])
        let log = try desk.copy(season.export)
        try desk.put(
            season.provinceExport.appendingPathComponent("checkpoint"),
            at: log.appendingPathComponent("checkpoint"))
        expectUnverified(try desk.verify(log), saying: ["checkpoint", "wenhui/370000"])
    }

    @Test("A log of the same name that another key signed is refused")
    func otherKey() throws {
        let desk = try AuditDesk()
        let data = desk.folder.appendingPathComponent("data")
        for command in [["init"], ["ledger", "open", "370782", "--name", "潍坊市诸城市", "--practice"]] {
            #expect(try Program.wenhui.run(command + ["--data", data.path]).status == 0)
        }
        let export = desk.folder.appendingPathComponent("exported")
        #expect(try desk.run(["audit", "export", export.path], in: data).status == 0)
        expectUnverified(try desk.verify(export), saying: ["checkpoint"])
    }

    @Test("A checkpoint over the tiles of another size is refused, and the missing file is named")
    func otherSize() throws {
        let desk = try AuditDesk()
        let season = desk.season
        for (tiles, checkpoint) in [(season.export, season.laterExport), (season.laterExport, season.export)]
        {
            let log = try desk.copy(tiles)
            try desk.put(
                checkpoint.appendingPathComponent("checkpoint"), at: log.appendingPathComponent("checkpoint"))
            expectUnverified(try desk.verify(log), saying: [season.lastTile + ".p/", "missing"])
        }
    }

    @Test("A follower takes what continues, and nothing else: rollback, fork, another log")
    func follow() throws {
        let desk = try AuditDesk()
        let season = desk.season
        let state = desk.folder.appendingPathComponent("seen")
        for (log, word) in [
            (season.export, "first seen"), (season.export, "unchanged"), (season.laterExport, "grown"),
        ] {
            let done = try follow(log, desk)
            #expect(done.status == 0, "\(done)")
            #expect(done.output.contains(word), "\(done)")
        }
        let seen = try Data(contentsOf: state)
        #expect(seen == FileManager.default.contents(atPath: season.laterExport.path + "/checkpoint"))

        expectUnverified(
            try follow(season.export, desk), saying: ["back", "\(season.events + 2)", "\(season.events)"])
        expectUnverified(try follow(season.forkExport, desk), saying: ["\(season.events + 2)", state.path])
        expectUnverified(try follow(season.provinceExport, desk), saying: ["checkpoint", "wenhui/370000"])
        #expect(try Data(contentsOf: state) == seen, "what is refused changes nothing")
        #expect(try follow(season.laterExport, desk).status == 0, "and the right log goes on")
    }

    @Test("Two logs of the same size are told apart by a follower")
    func followSameSize() throws {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.later, as: "data")
        #expect(try desk.append(to: data).status == 0)
        let export = desk.folder.appendingPathComponent("exported")
        #expect(try desk.run(["audit", "export", export.path], in: data).status == 0)
        #expect(try follow(desk.season.forkExport, desk).status == 0)
        expectUnverified(try follow(export, desk), saying: ["\(desk.season.events + 3)"])
    }

    @Test("A follower names the tile that does not show that the log was continued")
    func followDamaged() throws {
        let desk = try AuditDesk()
        #expect(try follow(desk.season.export, desk).status == 0)
        let log = try desk.copy(desk.season.laterExport)
        let name = try #require(try files(in: log).first { $0.hasPrefix(desk.season.lastTile) })
        let tile = log.appendingPathComponent(name)
        try alter(tile) { $0[40] ^= 1 }
        expectUnverified(try follow(log, desk), saying: [name])
        try FileManager.default.removeItem(at: tile)
        expectUnverified(try follow(log, desk), saying: [name + ":", "missing"])
    }

    @Test(
        "A follower's own file that cannot be used is named", arguments: ["", "nonsense\n", "another log's"])
    func followState(state: String) throws {
        let desk = try AuditDesk()
        let province = desk.season.provinceExport.appendingPathComponent("checkpoint")
        let bytes = state == "another log's" ? try Data(contentsOf: province) : Data(state.utf8)
        let path = try desk.write(bytes, to: "seen")
        let done = try follow(desk.season.export, desk)
        #expect([4, 5, 64].contains(done.status), "\(done)")
        #expect(done.output.isEmpty)
        #expect(done.errors.contains(path), "the log's checkpoint is good; the file is not: \(done)")
        #expect(FileManager.default.contents(atPath: path) == bytes)
    }

    private func follow(_ log: URL, _ desk: AuditDesk) throws -> Finished {
        let state = desk.folder.appendingPathComponent("seen").path
        return try Program.wenhui.run(
            ["audit", "follow", log.path, "--state", state, "--key", desk.season.key])
    }
}

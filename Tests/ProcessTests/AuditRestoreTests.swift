import Foundation
import Testing

@Suite("An older or other log put back")
struct AuditRestoreTests {
    /// What of an older data folder is put back over a newer one.
    enum Restored: String, CaseIterable {
        case logAlone, allButTheHead, allButHeadAndTiles, allButTiles
    }

    @Test("An older log put back is refused by every command, with both sizes", arguments: Restored.allCases)
    func older(restored: Restored) throws {
        let desk = try AuditDesk()
        let season = desk.season
        let data = try desk.copy(restored == .logAlone ? season.later : season.data)
        let newer: [String]
        switch restored {
        case .logAlone:
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(at: data.appendingPathComponent("log.db" + suffix))
            }
            try desk.put(
                season.data.appendingPathComponent("log.db"), at: data.appendingPathComponent("log.db"))
            newer = []
        case .allButTheHead: newer = ["heads/370782"]
        case .allButHeadAndTiles: newer = ["heads/370782", "tiles/370782"]
        case .allButTiles: newer = ["tiles/370782"]
        }
        for name in newer {
            try desk.put(season.later.appendingPathComponent(name), at: data.appendingPathComponent(name))
        }
        try expectEveryCommandRefuses(
            desk, data, saying: ["\(season.events) events", "\(season.events + 2)"])
    }

    @Test("A forked log under the head that was kept is not published")
    func forkedNotPublished() throws {
        let (desk, data) = try forked()
        let before = try contents(of: data.appendingPathComponent("tiles"))
        for command in [
            ["audit", "checkpoint"], ["receipt", "show", "1"], ["audit", "prove", "3"],
            ["audit", "export", desk.folder.appendingPathComponent("out").path],
        ] {
            expectFault(
                try desk.run(command, in: data), saying: ["replaced", "\(desk.season.events + 2) events"])
        }
        #expect(try contents(of: data.appendingPathComponent("tiles")) == before)
    }

    @Test(
        "A forked log under the head that was kept is refused by every command, and nothing is appended to it"
    )
    func forkedRefused() throws {
        let (desk, data) = try forked()
        try expectEveryCommandRefuses(desk, data, saying: ["replaced", "\(desk.season.events + 2) events"])
    }

    @Test("A command that could not keep the head does not say that all is done")
    func headNotKept() throws {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.data)
        let lock = data.appendingPathComponent("heads/370782.lock")
        try? FileManager.default.removeItem(at: lock)
        try FileManager.default.createDirectory(at: lock, withIntermediateDirectories: false)
        let done = try desk.append(to: data)
        #expect(done.status == 4 || done.errors.contains("heads/370782"), "\(done)")
    }

    /// A fork of the log that has three events more, with its own tiles, under a head of two events more.
    private func forked() throws -> (AuditDesk, URL) {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.fork)
        try desk.put(
            desk.season.later.appendingPathComponent("heads/370782"),
            at: data.appendingPathComponent("heads/370782"))
        return (desk, data)
    }
}

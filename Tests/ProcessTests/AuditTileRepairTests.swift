import Foundation
import Testing

@Suite("Published tiles that are gone or damaged")
struct AuditTileRepairTests {
    @Test("Tiles that are all gone are made again, byte for byte")
    func allGone() throws {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.data)
        try FileManager.default.removeItem(at: data.appendingPathComponent("tiles/370782"))
        #expect(try desk.run(["book", "check"], in: data).status == 0)
        let done = try desk.run(["audit", "checkpoint"], in: data)
        #expect(done.status == 0, "\(done)")
        #expect(try currentTiles(of: data) == currentTiles(of: desk.season.data))
        #expect(try desk.exportAndVerify(data).status == 0)
    }

    @Test(
        "A tile that is gone or damaged is made again, byte for byte, before anything of the log is handed out",
        arguments: ["tile/0/000", "tile/1/000", "tile/entries/001", "tile/entries/002"],
        ["missing", "flipped"])
    func one(tile: String, damage: String) throws {
        let desk = try AuditDesk()
        let (data, _) = try damaged(tile, damage, on: desk)
        let done = try desk.run(["audit", "checkpoint"], in: data)
        #expect(done.status == 0, "\(done)")
        let verified = try desk.exportAndVerify(data)
        #expect(verified.status == 0, "an export that nobody can verify: \(verified)")
        #expect(try currentTiles(of: data) == currentTiles(of: desk.season.data))
    }

    @Test("Tiles made again from an altered log never take the place of good ones", arguments: ["2", "0"])
    func alteredLog(tile: String) throws {
        let desk = try AuditDesk()
        let (data, name) = try damaged("tile/0/00\(tile)", "missing", on: desk)
        try edit(
            data.appendingPathComponent("log.db"),
            [
                "DROP TRIGGER events_are_never_changed",
                "UPDATE events SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'5a' AS BLOB) "
                    + "WHERE ledger_id = 370782 AND number = 5",
            ])
        let out = desk.folder.appendingPathComponent("out").path
        for command in [["audit", "checkpoint"], ["audit", "prove", "3"], ["audit", "export", out]] {
            let done = try desk.run(command, in: data)
            #expect([0, 4].contains(done.status), "\(done)")
        }
        let good = try contents(of: desk.season.data.appendingPathComponent("tiles/370782"))
        let now = try contents(of: data.appendingPathComponent("tiles/370782"))
        let changed = good.keys.filter { $0 != name && good[$0] != now[$0] }
        #expect(changed.sorted() == [], "they are what the log can be restored from")
    }

    @Test("A receipt is never made from a forged tile: it is good, or there is none and the file is named")
    func receipt() throws {
        let desk = try AuditDesk()
        let (data, name) = try damaged("tile/0/000", "flipped", on: desk)
        let done = try desk.run(["audit", "prove", "3"], in: data)
        if done.status == 0 {
            let path = try desk.write(Data(done.output.utf8), to: "r.tlog-proof")
            let verified = try Program.wenhui.run(["receipt", "verify", path, "--key", desk.season.key])
            #expect(verified.status == 0, "\(verified)")
        } else {
            expectFault(done, saying: [name])
        }
    }

    /// What is published now; earlier, shorter forms of the last tiles stay or not, as the publishing happened to go.
    private func currentTiles(of data: URL) throws -> [String: Data] {
        let all = try contents(of: data.appendingPathComponent("tiles/370782"))
        var widest: [Substring: Int] = [:]
        for name in all.keys {
            if let (tile, width) = partial(name) { widest[tile] = max(width, widest[tile] ?? 0) }
        }
        return all.filter { name, _ in
            partial(name).map { all[String($0.tile)] == nil && widest[$0.tile] == $0.width } ?? true
        }
    }

    /// A tile that is not full, with how many entries this form of it has.
    private func partial(_ name: String) -> (tile: Substring, width: Int)? {
        guard let mark = name.range(of: ".p/"), let width = Int(name[mark.upperBound...]) else { return nil }
        return (name[..<mark.lowerBound], width)
    }

    /// A copy of the data folder with one published file damaged, and the file's name.
    private func damaged(_ tile: String, _ damage: String, on desk: AuditDesk) throws -> (URL, String) {
        let data = try desk.copy(desk.season.data)
        let folder = data.appendingPathComponent("tiles/370782")
        let name = try #require(try files(in: folder).first { $0.hasPrefix(tile) })
        let file = folder.appendingPathComponent(name)
        if damage == "missing" {
            try FileManager.default.removeItem(at: file)
        } else {
            try alter(file) { $0[$0.count / 2] ^= 1 }
        }
        return (data, name)
    }
}

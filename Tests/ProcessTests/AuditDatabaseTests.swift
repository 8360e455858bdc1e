import Foundation
import Testing

@Suite("A log that was edited in its database")
struct AuditDatabaseTests {
    @Test(
        "The database itself refuses to change, delete or replace an event, until somebody drops the triggers"
    )
    func triggers() throws {
        let desk = try AuditDesk()
        let log = try desk.copy(desk.season.data).appendingPathComponent("log.db")
        let before = try Data(contentsOf: log)
        for statement in [
            "UPDATE events SET bytes = x'00' WHERE ledger_id = 370782 AND number = 5",
            "DELETE FROM events WHERE ledger_id = 370782 AND number = 5",
            "REPLACE INTO events VALUES (370782, 5, x'00')", "DELETE FROM heads WHERE ledger_id = 370782",
            "UPDATE heads SET size = size - 1 WHERE ledger_id = 370782",
        ] {
            #expect(throws: (any Error).self, "\(statement)") { try edit(log, [statement]) }
        }
        #expect(try Data(contentsOf: log) == before)
    }

    @Test("An edited event is found by replaying, and named", arguments: [300, 747])
    func edited(number: Int) throws {
        let (desk, data) = try tampered([AuditDatabaseTests.lastByte(of: number)])
        try expectReplayFault(desk, data, saying: ["event \(number)"])
    }

    @Test("A deleted event is found by replaying, and named")
    func deleted() throws {
        let (desk, data) = try tampered(["DELETE FROM events WHERE ledger_id = 370782 AND number = 300"])
        try expectReplayFault(desk, data, saying: ["event 300", "missing"])
    }

    @Test("Two events that changed places are found by replaying, and the first is named")
    func swapped() throws {
        let (desk, data) = try tampered(
            [(300, 999_999), (301, 300), (999_999, 301)].map {
                "UPDATE events SET number = \($1) WHERE ledger_id = 370782 AND number = \($0)"
            })
        try expectReplayFault(desk, data, saying: ["event 300"])
    }

    @Test("An edited text that decides nothing is found by replaying")
    func editedText() throws {
        let (desk, data) = try tampered([AuditDatabaseTests.lastByte(of: 5)])
        try expectReplayFault(desk, data, saying: ["altered"])
        // Where no cache has seen the log before, every command finds it.
        try FileManager.default.removeItem(at: data.appendingPathComponent("snapshots"))
        for command in [["book", "check"], ["audit", "checkpoint"]] {
            expectFault(try desk.run(command, in: data), saying: ["event 5", "altered"])
        }
        try expectNothingAppended(desk, data)
    }

    @Test("An edited text that decides nothing is named too", arguments: [true, false])
    func editedTextNamed(hasSnapshot: Bool) throws {
        let (desk, data) = try tampered([AuditDatabaseTests.lastByte(of: 5)])
        if !hasSnapshot { try FileManager.default.removeItem(at: data.appendingPathComponent("snapshots")) }
        expectFault(try desk.run(["book", "replay"], in: data), saying: ["vent 5"])
    }

    @Test("What is wrong with an event is told in words", arguments: [300, 747])
    func inWords(number: Int) throws {
        let (desk, data) = try tampered([AuditDatabaseTests.lastByte(of: number)])
        expectSentence(try desk.run(["book", "replay"], in: data))
    }

    @Test("A truncated tail is refused by every command, with what is there and what was seen")
    func truncated() throws {
        let (desk, data) = try tampered(AuditDatabaseTests.truncation)
        try expectEveryCommandRefuses(desk, data, saying: ["738", "\(desk.season.events)"])
        // Nor does it help to take the kept head and the published checkpoint away.
        try FileManager.default.removeItem(at: data.appendingPathComponent("heads/370782"))
        try FileManager.default.removeItem(at: data.appendingPathComponent("tiles/370782/checkpoint"))
        try expectEveryCommandRefuses(desk, data, saying: ["738", "\(desk.season.events)"])
        // Nor everything else that was derived: the head row does not fit the events.
        for name in ["heads", "tiles", "snapshots", "read.db"] {
            try FileManager.default.removeItem(at: data.appendingPathComponent(name))
        }
        try expectEveryCommandRefuses(desk, data, saying: ["738"])
    }

    @Test(
        "A tail that is gone while the head still counts it is found by replaying, and its first event is named"
    )
    func tailGone() throws {
        let (desk, data) = try tampered(["DELETE FROM events WHERE ledger_id = 370782 AND number >= 738"])
        try expectReplayFault(desk, data, saying: ["event 738", "missing"])
    }

    @Test(
        "A head row whose tree is another one is refused by every command",
        arguments: [
            "x''", "CAST(x'00' || substr(compact_range, 2) AS BLOB)",
            "(SELECT compact_range FROM heads WHERE ledger_id = 370000)",
        ])
    func compactRange(value: String) throws {
        let (desk, data) = try tampered(["UPDATE heads SET compact_range = \(value) WHERE ledger_id = 370782"]
        )
        try expectEveryCommandRefuses(desk, data, saying: ["\(desk.season.events) events", "head"])
    }

    @Test(
        "A head row whose checkpoint is another one is never shown",
        arguments: [
            "x''", "CAST(x'5a' || substr(checkpoint, 2) AS BLOB)",
            "(SELECT checkpoint FROM heads WHERE ledger_id = 370000)",
        ])
    func checkpoint(value: String) throws {
        let (desk, data) = try tampered(["UPDATE heads SET checkpoint = \(value) WHERE ledger_id = 370782"])
        let before = try contents(of: data.appendingPathComponent("tiles/370782"))
        for command in [
            ["audit", "checkpoint"], ["audit", "prove", "3"], ["receipt", "show", "1"],
            ["audit", "export", desk.folder.appendingPathComponent("out").path],
        ] {
            expectFault(try desk.run(command, in: data), saying: ["370782", "not signed by its log"])
        }
        #expect(try contents(of: data.appendingPathComponent("tiles/370782")) == before)
    }

    private static let triggers = [
        "events_are_never_changed", "events_are_never_deleted", "events_are_only_appended",
        "heads_are_never_deleted", "heads_only_grow", "heads_are_never_replaced",
    ]
    private static let truncation = [
        "DELETE FROM events WHERE ledger_id = 370782 AND number >= 738",
        "UPDATE heads SET size = 738 WHERE ledger_id = 370782",
    ]

    private static func lastByte(of number: Int) -> String {
        "UPDATE events SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'5a' AS BLOB) "
            + "WHERE ledger_id = 370782 AND number = \(number)"
    }

    /// A copy of the data folder in whose log statements were executed, after the triggers were dropped.
    private func tampered(_ statements: [String]) throws -> (AuditDesk, URL) {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.data)
        try edit(
            data.appendingPathComponent("log.db"),
            AuditDatabaseTests.triggers.map { "DROP TRIGGER \($0)" } + statements)
        return (desk, data)
    }

    /// Expects that replaying finds a fault and changes nothing; what was published before stays good.
    private func expectReplayFault(
        _ desk: AuditDesk, _ data: URL, saying words: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let published = try contents(of: data.appendingPathComponent("tiles/370782"))
        let done = try desk.run(["book", "replay"], in: data)
        expectFault(done, saying: words + ["othing was changed"], sourceLocation: sourceLocation)
        #expect(
            try contents(of: data.appendingPathComponent("tiles/370782")) == published,
            sourceLocation: sourceLocation)
        let verified = try desk.exportAndVerify(data)
        #expect([0, 4].contains(verified.status), "\(verified)", sourceLocation: sourceLocation)
    }

    private func expectNothingAppended(_ desk: AuditDesk, _ data: URL) throws {
        let log = data.appendingPathComponent("log.db")
        let before = try Data(contentsOf: log)
        expectFault(try desk.append(to: data), saying: [])
        #expect(try Data(contentsOf: log) == before)
    }
}

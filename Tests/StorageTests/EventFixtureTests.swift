import CBOR
import Cryptography
import Foundation
import LedgerDomain
import LedgerTesting
import Testing

@Suite("Event bytes are pinned")
struct EventFixtureTests {
    private static let fixture = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/events/version-1.txt").standardizedFileURL

    /// One line an event: its operation and its bytes in hexadecimal.
    private static func lines() throws -> [String] {
        let season = try Season.scripted(LedgerCode(370_782))
        return zip(season.events, season.bytes).map { event, bytes in
            "\(event.record.type) " + bytes.hexadecimal
        }
    }

    /// A key that means something else, or bytes that come out differently, would break every log written so
    /// far. `WENHUI_RECORD=1 tools/test "Event bytes"` writes the file anew, for a new format version only.
    @Test("A season with every operation has the bytes it had when version 1 was fixed")
    func pinned() throws {
        let lines = try EventFixtureTests.lines()
        if ProcessInfo.processInfo.environment["WENHUI_RECORD"] == "1" {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: EventFixtureTests.fixture)
        }
        let stored = try String(contentsOf: EventFixtureTests.fixture, encoding: .utf8)
            .split(separator: "\n").map(String.init)
        #expect(stored.count == lines.count)
        for (index, (line, expected)) in zip(lines, stored).enumerated() {
            #expect(line == expected, "event \(index)")
        }
        let seen = Set(stored.compactMap { $0.split(separator: " ").first })
        for type in OperationType.allCases { #expect(seen.contains("\(type)"), "\(type)") }
    }
}

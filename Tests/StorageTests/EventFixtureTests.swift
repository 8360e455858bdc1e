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

    @Test("An opening says that a ledger is 国密 and says nothing of an international one, as it always did")
    func opening() throws {
        let command = OpenLedger.with { ($0.code, $0.name, $0.practice) = (LedgerCode(370_782), "诸城", true) }
        let guomi = OpenLedger.with {
            ($0.code, $0.name, $0.practice) = (LedgerCode(370_782), "诸城", true)
            $0.algorithms = .guomi
        }
        let fields = "101a0005a85e1166e8afb8e59f8e12f5"
        #expect(command.cborBytes.hexadecimal == "a3" + fields)
        #expect(guomi.cborBytes.hexadecimal == "a4" + fields + "1301")
        #expect(try OpenLedger(cborBytes: command.cborBytes).algorithms == .international)
        #expect(try OpenLedger(cborBytes: guomi.cborBytes).algorithms == .guomi)
        #expect(command.payloadBytes != guomi.payloadBytes)
        var changed = guomi
        changed.algorithms = .international
        #expect(changed.cborBytes == command.cborBytes)
        for other in ["1300", "1302", "13f6", "1305", "13187f"] {
            let bytes = try #require([UInt8](hexadecimal: "a4" + fields + other))
            #expect(throws: CBORError.self, "\(other)") { try OpenLedger(cborBytes: bytes) }
        }
    }
}

import CBOR
import LedgerDomain

/// Deciding again what a log of somebody else's says was decided, as auditors do.
///
/// An input is the number of events of the fixture's season that come first, and one event after them.
enum ReplayFuzzer: ParserFuzzer {
    /// The season's states, from the empty ledger to the last event.
    private static let states: [LedgerState] = {
        var states = [LedgerState()]
        for bytes in (try? Fixtures.events()) ?? [] {
            guard var state = states.last, let event = try? Event(cborBytes: bytes) else { break }
            guard (try? replay(event, on: &state)) != nil else { break }
            states.append(state)
        }
        return states
    }()

    static func seeds() throws -> [[UInt8]] {
        let events = try Fixtures.events()
        expect(states.count == events.count + 1, "the season's events are replayed")
        // Mutations seldom come near the end of time, where sums of times overflow.
        let late = try events.map { bytes in
            var event = try Event(cborBytes: bytes)
            event.instant = Instant.readable.upperBound
            return event.cborBytes
        }
        return [events, late].flatMap { $0.enumerated().map { [UInt8($0.offset)] + $0.element } }
    }

    static func check(_ input: [UInt8]) {
        guard let first = input.first, Int(first) < states.count,
            let event = try? Event(cborBytes: Array(input.dropFirst()))
        else { return }
        var state = states[Int(first)]
        guard (try? replay(event, on: &state)) != nil else { return }
        expect(state.size == UInt64(first) + 1, "an event that is taken counts")
        var rows: [ReadModelChange] = []
        event.project(number: UInt64(first), into: &rows)
    }
}

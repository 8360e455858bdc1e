import LedgerDomain
package import LedgerStorage

extension StorageConformance {
    /// Every promise of ``EventLog``.
    package static var eventLog: [ConformanceCheck<any EventLog>] {
        [
            ConformanceCheck("A new log is empty.", newLogIsEmpty),
            ConformanceCheck("Appended events are read back in order from any number.", readBack),
            ConformanceCheck("Whatever bytes an event has come back.", bytesComeBack),
            ConformanceCheck("Numbers run on without gap from group to group.", numbersRunOn),
            ConformanceCheck("When decide throws, nothing is written and its error comes out.", decideThrows),
            ConformanceCheck("When decide returns nothing, nothing is written.", decideReturnsNothing),
            ConformanceCheck("An event has 1 to 65,535 bytes, or its whole group is refused.", sizes),
            ConformanceCheck("Ledgers are listed ascending and know nothing of each other.", ledgersApart),
            ConformanceCheck("Reading inside decide sees what others have appended.", decideSeesOthers),
            ConformanceCheck("What is being decided is invisible until it is committed.", undecidedInvisible),
            ConformanceCheck("A log that is opened again goes on where it was.", reopening),
            ConformanceCheck("Several processes at once lose nothing.") { open in
                try writersLoseNothing((0..<4).map { _ in try open() })
            },
            ConformanceCheck("Several threads on one opening lose nothing.") { open in
                let log = try open()
                try writersLoseNothing([log, log, log, log])
            },
        ]
    }

    private static func newLogIsEmpty(_ open: Opening<any EventLog>) throws {
        let log = try open()
        try demand(log.ledgers(), is: [], "the ledgers of a new log")
        try demand(log.head(of: zhucheng), is: LogHead(), "the head of an unknown ledger")
        try demand(log.events(of: zhucheng, from: 0, limit: 10), is: [], "the events of an unknown ledger")
    }

    private static func readBack(_ open: Opening<any EventLog>) throws {
        let log = try open()
        let events = sampleEvents(10)
        try log.append(events, to: zhucheng)
        try demand(log.head(of: zhucheng), is: LogHead(size: 10), "the head after ten events")
        for from in 0...12 {
            for limit in [0, 1, 3, 100] {
                try demand(
                    log.events(of: zhucheng, from: UInt64(from), limit: limit),
                    is: Array(events.dropFirst(from).prefix(limit)), "\(limit) events from \(from) on")
            }
        }
    }

    private static func bytesComeBack(_ open: Opening<any EventLog>) throws {
        let log = try open()
        let events: [[UInt8]] = [
            [0], [0xff], Array("中文\0惠民".utf8), Array(0...255), Array(repeating: 0, count: 300),
        ]
        try log.append(events, to: zhucheng)
        try demand(log.all(of: zhucheng), is: events, "the events")
    }

    private static func numbersRunOn(_ open: Opening<any EventLog>) throws {
        let log = try open()
        var expected: [[UInt8]] = []
        var head = LogHead()
        for count in [1, 2, 500, 1, 40] {
            var shown: LogHead?
            let addition = LogAddition(
                events: sampleEvents(count, tag: UInt8(count & 0xff)),
                compactRange: Array(repeating: UInt8(count & 0xff), count: 32),
                checkpoint: Array("a checkpoint after \(count)\n".utf8))
            try log.append(to: zhucheng) { head, _ in
                shown = head
                return addition
            }
            try demand(shown, is: head, "the head that decide is shown")
            expected += addition.events
            head = LogHead(
                size: UInt64(expected.count), compactRange: addition.compactRange,
                checkpoint: addition.checkpoint)
            try demand(log.head(of: zhucheng), is: head, "the head after a group")
        }
        try demand(log.all(of: zhucheng), is: expected, "all events")
    }

    private static func decideThrows(_ open: Opening<any EventLog>) throws {
        let log = try open()
        try log.append(sampleEvents(2), to: zhucheng)
        for error in [StorageError.failed("no"), .corrupt("an event"), .outcomeUnknown] {
            try demand("append while decide throws", fails: { $0 == error }) { () throws(StorageError) in
                try log.append(to: zhucheng) { _, _ throws(StorageError) in throw error }
            }
        }
        try demand("append to a new ledger", fails: { $0 == .full }) { () throws(StorageError) in
            try log.append(to: gaomi) { _, _ throws(StorageError) in throw .full }
        }
        try demand(log.all(of: zhucheng), is: sampleEvents(2), "the events")
        try demand(log.ledgers(), is: [zhucheng], "the ledgers")
        try log.append(sampleEvents(1), to: zhucheng)
        try demand(log.head(of: zhucheng).size, is: 3, "the size after the next append")
    }

    private static func decideReturnsNothing(_ open: Opening<any EventLog>) throws {
        let log = try open()
        try log.append([], to: zhucheng)
        try demand(log.ledgers(), is: [], "the ledgers")
        try demand(log.head(of: zhucheng).size, is: 0, "the size")
        try log.append(sampleEvents(1), to: zhucheng)
        try log.append([], to: zhucheng)
        try demand(log.head(of: zhucheng).size, is: 1, "the size")
    }

    private static func sizes(_ open: Opening<any EventLog>) throws {
        let log = try open()
        let largest = [UInt8](repeating: 7, count: Event.maximumBytes)
        try log.append([[1], largest], to: zhucheng)
        for refused in [[], largest + [7]] {
            try demand("an event of \(refused.count) bytes", fails: \.isConstraint) {
                () throws(StorageError) in
                try log.append([[2], refused, [3]], to: zhucheng)
            }
        }
        try demand(log.head(of: zhucheng).size, is: 2, "the size")
        try demand(log.all(of: zhucheng), is: [[1], largest], "the events")
    }

    private static func ledgersApart(_ open: Opening<any EventLog>) throws {
        let log = try open()
        let codes = [370_786, 110_000, 370_782, 999_900].map { LedgerCode($0) }
        for (index, code) in codes.enumerated() {
            try log.append(sampleEvents(index + 1, tag: UInt8(index)), to: code)
        }
        try demand(log.ledgers(), is: codes.sorted(), "the ledgers")
        for (index, code) in codes.enumerated() {
            try demand(log.head(of: code).size, is: UInt64(index + 1), "the size of \(code)")
            try demand(log.all(of: code), is: sampleEvents(index + 1, tag: UInt8(index)), "events of \(code)")
        }
    }

    private static func decideSeesOthers(_ open: Opening<any EventLog>) throws {
        let (mine, other) = (try open(), try open())
        try mine.append([[1]], to: zhucheng)
        try other.append([[2], [3]], to: zhucheng)
        try other.append([[9]], to: gaomi)
        var seen: [[UInt8]] = []
        var neighbour: [[UInt8]] = []
        var size: UInt64 = 0
        try mine.append(to: zhucheng) { head, reader throws(StorageError) in
            size = head.size
            seen = try reader.events(of: zhucheng, from: 1, limit: 10)
            neighbour = try reader.events(of: gaomi, from: 0, limit: 10)
            return [[4]]
        }
        try demand(size, is: 3, "the head that decide is shown")
        try demand(seen, is: [[2], [3]], "what decide reads")
        try demand(neighbour, is: [[9]], "what decide reads of another ledger")
        try demand(other.all(of: zhucheng), is: [[1], [2], [3], [4]], "what the other process reads")
    }

    private static func undecidedInvisible(_ open: Opening<any EventLog>) throws {
        let (mine, other) = (try open(), try open())
        try mine.append([[1]], to: zhucheng)
        var sizes: [UInt64] = []
        try mine.append(to: zhucheng) { _, _ throws(StorageError) in
            sizes = [try mine.head(of: zhucheng).size, try other.head(of: zhucheng).size]
            return [[2], [3]]
        }
        try demand(sizes, is: [1, 1], "what readers see while decide runs")
        try demand(try other.head(of: zhucheng).size, is: 3, "what readers see after it")
    }

    private static func reopening(_ open: Opening<any EventLog>) throws {
        for round in 0..<5 {
            let log = try open()
            try demand(log.head(of: zhucheng).size, is: UInt64(round * 3), "the size after opening")
            try log.append(sampleEvents(3), to: zhucheng)
        }
        try demand(
            open().all(of: zhucheng), is: Array(repeating: sampleEvents(3), count: 5).flatMap { $0 }, "events"
        )
    }
}

extension EventLog {
    /// Appends what is decided beforehand.
    func append(_ events: [[UInt8]], to ledger: LedgerCode) throws(StorageError) {
        try append(to: ledger) { _, _ in LogAddition(events: events) }
    }

    /// Every event of one ledger.
    func all(of ledger: LedgerCode) throws(StorageError) -> [[UInt8]] {
        try events(of: ledger, from: 0, limit: .max)
    }
}

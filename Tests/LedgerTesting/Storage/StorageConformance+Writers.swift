import Dispatch
import Foundation
import LedgerDomain
import LedgerStorage
import Synchronization

extension StorageConformance {
    /// Lets one thread write through each of `logs`, all logs being openings of one store, while another
    /// reads; fails where an event is lost, doubled, out of order or decided without those before it.
    static func writersLoseNothing(_ logs: [any EventLog]) throws {
        let rounds = 30
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: logs.count + 1) { index in
            do {
                if index < logs.count {
                    var writer = RacingWriter(log: logs[index], number: UInt8(index))
                    for round in 0..<rounds { try writer.write(round: UInt8(round)) }
                } else {
                    try readWhileOthersWrite(logs[0])
                }
            } catch {
                failures.withLock { $0.append("thread \(index): \(error)") }
            }
        }
        try demand(failures.withLock { $0 }, is: [], "failures")

        let events = try logs[0].all(of: zhucheng)
        try demand(logs[0].head(of: zhucheng).size, is: UInt64(events.count), "the size")
        for (place, event) in events.enumerated() {
            try demand(
                RacingWriter.number(in: event), is: place, "the number that event \(place) was decided as")
        }
        for writer in 0..<logs.count {
            let own = events.filter { $0[0] == UInt8(writer) }.map { Array($0.prefix(3)) }
            let expected = (0..<rounds).flatMap { RacingWriter.group(UInt8(writer), UInt8($0)) }
            try demand(own, is: expected, "the events of writer \(writer)")
        }
    }

    private static func readWhileOthersWrite(_ log: any EventLog) throws {
        var last: UInt64 = 0
        for _ in 0..<100 {
            let size = try log.head(of: zhucheng).size
            let events = try log.all(of: zhucheng)
            try demand(size >= last, "the size went back from \(last) to \(size)")
            try demand(UInt64(events.count) >= size, "\(events.count) events where the head says \(size)")
            last = size
        }
    }
}

/// A process of its own as far as the log can tell: it decides only after reading what others appended.
private struct RacingWriter {
    let log: any EventLog
    let number: UInt8
    private var known: [[UInt8]] = []

    init(log: any EventLog, number: UInt8) {
        self.log = log
        self.number = number
    }

    mutating func write(round: UInt8) throws {
        var known = known
        var size: UInt64 = 0
        try log.append(to: StorageConformance.zhucheng) { head, reader throws(StorageError) in
            size = head.size
            known += try reader.events(
                of: StorageConformance.zhucheng, from: UInt64(known.count), limit: .max)
            // Time for another to come between, if the lock lets it.
            Thread.sleep(forTimeInterval: 0.0002)
            let events = RacingWriter.group(number, round).enumerated().map { index, event in
                let place = known.count + index
                return event + [UInt8(place >> 8), UInt8(place & 0xff)]
            }
            return LogAddition(events: events)
        }
        try demand(UInt64(known.count), is: size, "the events that decide could read")
        self.known = known
    }

    /// One to three events: writer, round, place in the group.
    static func group(_ writer: UInt8, _ round: UInt8) -> [[UInt8]] {
        (0...(round % 3)).map { [writer, round, $0] }
    }

    /// The number that an event was decided as.
    static func number(in event: [UInt8]) -> Int { Int(event[3]) << 8 | Int(event[4]) }
}

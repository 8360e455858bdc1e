import LedgerDomain
import LedgerStorage
import LedgerTesting
import Testing

@Suite("A faulty log fails as it is told")
struct FaultyEventLogTests {
    let ledger = LedgerCode(370_782)

    @Test(
        "A planned fault says what happened to the events",
        arguments: StorageEngine.all,
        [
            (LogFault.busy, StorageError.busy, false, false), (.full, .full, false, false),
            (.unknownButAppended, .outcomeUnknown, true, true),
            (.unknownAndLost, .outcomeUnknown, true, false),
        ])
    func plannedFault(
        _ engine: StorageEngine,
        _ expected: (fault: LogFault, error: StorageError, decides: Bool, appends: Bool)
    ) throws {
        let log = try engine.makeLog()()
        let faulty = FaultyEventLog(log, seed: 1)
        faulty.plan(appends: [nil, expected.fault])
        try faulty.append(to: ledger) { _, _ in [[1]] }
        var decided = false
        #expect(throws: expected.error) {
            try faulty.append(to: ledger) { _, _ in
                decided = true
                return [[2]]
            }
        }
        #expect(decided == expected.decides)
        #expect(try log.head(of: ledger).size == (expected.appends ? 2 : 1))
        #expect(faulty.injected == [expected.fault: 1])
        try faulty.append(to: ledger) { _, _ in [[3]] }
        #expect(try log.events(of: ledger, from: 0, limit: 9).last == [3])
    }

    @Test("A failure in the middle decides and appends nothing", arguments: StorageEngine.all)
    func failureInTheMiddle(_ engine: StorageEngine) throws {
        let log = try engine.makeLog()()
        let faulty = FaultyEventLog(log, seed: 1)
        faulty.plan(appends: [.failedAfterDeciding])
        var size: UInt64?
        #expect(throws: StorageError.self) {
            try faulty.append(to: ledger) { head, _ in
                size = head.size
                return [[1]]
            }
        }
        #expect(size == 0)
        #expect(try log.ledgers() == [])
    }

    @Test("Reads fail outside and inside decide, where nothing is written then", arguments: StorageEngine.all)
    func reads(_ engine: StorageEngine) throws {
        let log = try engine.makeLog()()
        let faulty = FaultyEventLog(log, seed: 1)
        try faulty.append(to: ledger) { _, _ in [[1]] }
        faulty.plan(readsFail: [true, true, true, false, true])
        #expect(throws: StorageError.self) { try faulty.ledgers() }
        #expect(throws: StorageError.self) { try faulty.head(of: ledger) }
        #expect(throws: StorageError.self) { try faulty.events(of: ledger, from: 0, limit: 1) }
        #expect(try faulty.head(of: ledger).size == 1)
        #expect(throws: StorageError.self) {
            try faulty.append(to: ledger) { _, reader throws(StorageError) in
                let known = try reader.events(of: ledger, from: 0, limit: 1)
                return LogAddition(events: known + [[2]])
            }
        }
        #expect(try log.head(of: ledger).size == 1)
        #expect(faulty.injected == [.unreadable: 4])
    }

    @Test("The same seed gives the same faults, another seed others, and none come in a calm")
    func seeds() throws {
        func faults(seed: UInt64, calm: Bool = false) throws -> [String] {
            let faulty = FaultyEventLog(MemoryEventLog(), seed: seed, rates: .all(100))
            faulty.isCalm = calm
            return (0..<200).map { number in
                do throws(StorageError) {
                    try faulty.append(to: ledger) { _, _ in [[UInt8(number)]] }
                    return "\(try faulty.head(of: ledger).size)"
                } catch {
                    return "\(error)"
                }
            }
        }
        #expect(try faults(seed: 7) == faults(seed: 7))
        #expect(try faults(seed: 7) != faults(seed: 8))
        #expect(try faults(seed: 7, calm: true) == (1...200).map { "\($0)" })
    }

    @Test(
        "Writers who read after a fault lose nothing and double nothing",
        arguments: [1, 2, 3, 4, 5] as [UInt64])
    func resolvingByReading(seed: UInt64) throws {
        let log = MemoryEventLog()
        let writers = (0..<3).map { FaultyEventLog(log, seed: seed &* 10 + UInt64($0), rates: .all(80)) }
        var expected = 0
        for round in 0..<300 {
            let writer = writers[round % 3]
            let event: [UInt8] = [UInt8(round >> 8), UInt8(round & 0xff)]
            while true {
                do throws(StorageError) {
                    try writer.append(to: ledger) { head, reader throws(StorageError) in
                        // Whether an earlier attempt got through, the log alone tells.
                        let last = try reader.events(
                            of: ledger, from: head.size - min(head.size, 1), limit: 1)
                        return last.last == event ? [] : [event]
                    }
                    break
                } catch {
                    continue
                }
            }
            expected += 1
            #expect(try log.head(of: ledger).size == UInt64(expected), "seed \(seed), round \(round)")
        }
        let injected = writers.reduce(into: Set<LogFault>()) { $0.formUnion($1.injected.keys) }
        #expect(injected == Set(LogFault.allCases), "seed \(seed)")
    }

    @Test("A virtual clock stands still until it is moved")
    func clock() {
        let clock = VirtualClock(Instant(microseconds: 5))
        #expect(clock.now == Instant(microseconds: 5))
        clock.advance(by: Instant.minute)
        clock.advance(by: -5)
        #expect(clock.now == Instant(microseconds: Instant.minute))
        clock.set(to: Instant(microseconds: 1))
        #expect(clock.now == Instant(microseconds: 1))
    }
}

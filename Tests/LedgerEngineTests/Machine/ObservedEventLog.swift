import Foundation
import LedgerDomain
import LedgerStorage

/// A log that a test can hold up, and that remembers what was asked of it.
final class ObservedEventLog: EventLog, @unchecked Sendable {
    private let log: any EventLog
    private let condition = NSCondition()

    // Guarded by `condition`.
    private var isClosed = false
    private var held = 0
    private var appended: [Int] = []
    private var lowestRead: UInt64?

    init(_ log: any EventLog) { self.log = log }

    /// Lets no append begin until ``open()``.
    func close() { change { isClosed = true } }

    /// Lets appends go on.
    func open() { change { isClosed = false } }

    /// Waits until an append is held up; `false` when none came in a minute.
    func waitUntilHeld() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        let deadline = Date().addingTimeInterval(60)
        while held == 0 {
            if !condition.wait(until: deadline) { return false }
        }
        return true
    }

    /// How many events each commit appended, in order.
    var commits: [Int] {
        condition.lock()
        defer { condition.unlock() }
        return appended
    }

    /// The lowest number that events were read from; `nil` when none was read.
    var lowestEventRead: UInt64? {
        condition.lock()
        defer { condition.unlock() }
        return lowestRead
    }

    func ledgers() throws(StorageError) -> [LedgerCode] { try log.ledgers() }

    func head(of ledger: LedgerCode) throws(StorageError) -> LogHead { try log.head(of: ledger) }

    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]] {
        noteRead(from)
        return try log.events(of: ledger, from: from, limit: limit)
    }

    func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> LogAddition
    ) throws(StorageError) {
        condition.lock()
        held += 1
        condition.broadcast()
        while isClosed { condition.wait() }
        held -= 1
        condition.unlock()
        try log.append(to: ledger) { head, reader throws(StorageError) in
            let addition = try decide(head, ObservedReader(reader: reader, log: self))
            change { appended.append(addition.events.count) }
            return addition
        }
    }

    fileprivate func noteRead(_ from: UInt64) {
        change { lowestRead = min(lowestRead ?? from, from) }
    }

    private func change(_ body: () -> Void) {
        condition.lock()
        body()
        condition.broadcast()
        condition.unlock()
    }
}

/// Reads inside an append, noted like those outside.
private struct ObservedReader: EventReader {
    let reader: any EventReader
    let log: ObservedEventLog

    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]] {
        log.noteRead(from)
        return try reader.events(of: ledger, from: from, limit: limit)
    }
}

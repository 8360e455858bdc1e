package import LedgerDomain
package import LedgerStorage
import Synchronization

/// An event log in front of another that fails as disks, locks and power supplies do: from a seed, at any
/// call, and where a test plans it.
///
/// One stands for one process; several in front of one log are several processes, each with its own faults.
/// The same seed and the same calls give the same faults.
package final class FaultyEventLog: EventLog {
    private let log: any EventLog
    private let weather: Mutex<LogWeather>

    package init(_ log: any EventLog, seed: UInt64, rates: LogFaultRates = .none) {
        self.log = log
        weather = Mutex(LogWeather(random: SeededGenerator(seed: seed), rates: rates))
    }

    /// Plans what the next calls of `append` do, one after the other; `nil` lets a call pass.
    package func plan(appends faults: [LogFault?]) {
        weather.withLock { $0.plannedAppends += faults }
    }

    /// Plans that the next reads fail or, for `false`, pass.
    package func plan(readsFail: [Bool]) {
        weather.withLock { $0.plannedReads += readsFail.map { $0 ? .unreadable : nil } }
    }

    /// Whether no fault comes any more, planned or not, so that a test can look at what is left.
    package var isCalm: Bool {
        get { weather.withLock { $0.isCalm } }
        set { weather.withLock { $0.isCalm = newValue } }
    }

    /// How often each fault has come, so that a test can say that it saw them.
    package var injected: [LogFault: Int] { weather.withLock { $0.injected } }

    package func ledgers() throws(StorageError) -> [LedgerCode] {
        try failRead()
        return try log.ledgers()
    }

    package func head(of ledger: LedgerCode) throws(StorageError) -> LogHead {
        try failRead()
        return try log.head(of: ledger)
    }

    package func events(
        of ledger: LedgerCode, from: UInt64, limit: Int
    ) throws(StorageError) -> [[UInt8]] {
        try failRead()
        return try log.events(of: ledger, from: from, limit: limit)
    }

    package func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> LogAddition
    ) throws(StorageError) {
        let fault = weather.withLock { $0.nextAppendFault() }
        switch fault {
        case .busy: throw .busy
        case .full: throw .full
        default: break
        }
        try log.append(to: ledger) { head, reader throws(StorageError) in
            let addition = try decide(head, FaultyReader(reader: reader, log: self))
            switch fault {
            case .failedAfterDeciding: throw .failed("a planned failure in the middle of an append")
            case .unknownAndLost: throw .outcomeUnknown
            default: return addition
            }
        }
        if fault == .unknownButAppended { throw .outcomeUnknown }
    }

    fileprivate func failRead() throws(StorageError) {
        if weather.withLock({ $0.nextReadFails() }) { throw .failed("a planned failure of a read") }
    }
}

/// Reads inside `decide`, failing as reads outside do.
private struct FaultyReader: EventReader {
    let reader: any EventReader
    let log: FaultyEventLog

    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]] {
        try log.failRead()
        return try reader.events(of: ledger, from: from, limit: limit)
    }
}

/// What decides about the next fault.
private struct LogWeather: Sendable {
    var random: SeededGenerator
    var rates: LogFaultRates
    var isCalm = false
    /// Faults that come before any by chance: for the next calls of `append`, and for the next reads.
    var plannedAppends: [LogFault?] = []
    var plannedReads: [LogFault?] = []
    var injected: [LogFault: Int] = [:]

    mutating func nextAppendFault() -> LogFault? {
        guard !isCalm else { return nil }
        let fault: LogFault?
        if plannedAppends.isEmpty {
            fault = byChance(LogFault.allCases.filter { $0 != .unreadable })
        } else {
            fault = plannedAppends.removeFirst()
        }
        if let fault { injected[fault, default: 0] += 1 }
        return fault
    }

    mutating func nextReadFails() -> Bool {
        guard !isCalm else { return false }
        let fault = plannedReads.isEmpty ? byChance([.unreadable]) : plannedReads.removeFirst()
        if let fault { injected[fault, default: 0] += 1 }
        return fault != nil
    }

    /// At most one of `faults`, by their rates.
    private mutating func byChance(_ faults: [LogFault]) -> LogFault? {
        var roll = Int.random(in: 0..<1000, using: &random)
        for fault in faults {
            roll -= rates.perMille[fault, default: 0]
            if roll < 0 { return fault }
        }
        return nil
    }
}

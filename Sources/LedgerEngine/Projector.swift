import Foundation
package import LedgerDomain
package import LedgerStorage

/// Fills the read model behind the log, in order, in large transactions (DESIGN §5).
package final class Projector: @unchecked Sendable {
    private let log: any EventLog
    private let readModel: any ReadModel
    private let condition = NSCondition()

    // All below is guarded by `condition`.
    private var offered: [LedgerCode: [Chunk]] = [:]
    private var positions: [LedgerCode: UInt64] = [:]
    private var targets: [LedgerCode: UInt64] = [:]
    /// The sizes somebody waits for; what nobody waits for may gather a moment.
    private var wanted: [LedgerCode: UInt64] = [:]
    private var fault: EngineFault?
    private var rebuilds = 0
    private var stopping = false
    private var finished = false

    /// Events that the writer hands over, so that they need not be read and decoded again.
    private struct Chunk {
        var from: UInt64
        var events: [Event]
    }

    /// The most events of one transaction.
    private static let batch = 4096
    /// How long events that nobody waits for gather, in seconds: a transaction costs by the pages it touches,
    /// and the events of a moment touch the same ones.
    private static let gathering = 0.02
    /// How far the projection may stay behind before the writer waits for it.
    private static let lag: UInt64 = 200_000

    package init(log: any EventLog, readModel: any ReadModel) {
        self.log = log
        self.readModel = readModel
    }

    /// Starts the projector's thread.
    package func start() {
        let thread = Thread { [self] in run() }
        thread.name = "projector"
        thread.start()
    }

    /// Takes over committed events of `ledger`, numbered from `from`; waits while the projection is far behind.
    package func offer(_ ledger: LedgerCode, from: UInt64, _ events: [Event]) {
        guard !events.isEmpty else { return }
        condition.lock()
        defer { condition.unlock() }
        let end = from + UInt64(events.count)
        offered[ledger, default: []].append(Chunk(from: from, events: events))
        targets[ledger] = max(targets[ledger] ?? 0, end)
        condition.broadcast()
        while end > (positions[ledger] ?? end) + Projector.lag, fault == nil, !stopping { condition.wait() }
    }

    /// Waits until `ledger`'s read model is true at `size` events.
    package func wait(_ ledger: LedgerCode, until size: UInt64) throws(EngineFault) {
        condition.lock()
        defer { condition.unlock() }
        targets[ledger] = max(targets[ledger] ?? 0, size)
        wanted[ledger] = max(wanted[ledger] ?? 0, size)
        condition.broadcast()
        while fault == nil, !finished, (positions[ledger] ?? 0) < size { condition.wait() }
        if let fault { throw fault }
    }

    /// Forgets a damaged read model, which is filled again from the log; at most three times.
    package func rebuild() throws(EngineFault) {
        condition.lock()
        defer { condition.unlock() }
        guard rebuilds < 3 else {
            throw .readModelStopped("it was damaged again after it had been filled anew")
        }
        rebuilds += 1
        do {
            try readModel.reset()
        } catch {
            throw .storage(error)
        }
        positions = [:]
        condition.broadcast()
    }

    /// What stopped the projection, if anything did; intake stops with it.
    package var stoppedBy: EngineFault? {
        condition.lock()
        defer { condition.unlock() }
        return fault
    }

    /// Finishes what is due and ends the thread.
    package func stop() {
        condition.lock()
        stopping = true
        condition.broadcast()
        while !finished { condition.wait() }
        condition.unlock()
    }

    private func run() {
        while let ledger = next() {
            gather(ledger)
            do throws(EngineFault) {
                try step(ledger)
            } catch {
                condition.lock()
                fault = error
                condition.unlock()
            }
        }
        condition.lock()
        finished = true
        condition.broadcast()
        condition.unlock()
    }

    /// The next ledger with something due; `nil` when it is time to end.
    private func next() -> LedgerCode? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let due = targets.filter { $0.value > (positions[$0.key] ?? 0) }.keys.min()
            if fault == nil, let due { return due }
            if stopping { return nil }
            condition.broadcast()
            condition.wait()
        }
    }

    /// Lets events gather for a moment, unless somebody waits or there are enough for a transaction.
    private func gather(_ ledger: LedgerCode) {
        condition.lock()
        defer { condition.unlock() }
        let until = Date(timeIntervalSinceNow: Projector.gathering)
        while let position = positions[ledger], !stopping, (wanted[ledger] ?? 0) <= position,
            (targets[ledger] ?? 0) < position + UInt64(Projector.batch), condition.wait(until: until)
        {}
    }

    /// Projects one transaction's worth of a ledger's events.
    private func step(_ ledger: LedgerCode) throws(EngineFault) {
        do {
            let position = try readModel.position(of: ledger)
            let events = try events(of: ledger, from: position)
            guard !events.isEmpty else {
                set(position, for: ledger, dropTarget: true)
                return
            }
            let next = position + UInt64(events.count)
            let moved = try readModel.apply(
                events.changes(from: position), to: ledger, from: position, upTo: next)
            set(moved ? next : try readModel.position(of: ledger), for: ledger, dropTarget: false)
        } catch let error as EngineFault {
            throw error
        } catch StorageError.corrupt {
            try rebuild()
        } catch StorageError.constraint(let reason) {
            throw .readModelStopped(reason)
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .readModelStopped("\(error)")
        }
    }

    private func set(_ position: UInt64, for ledger: LedgerCode, dropTarget: Bool) {
        condition.lock()
        positions[ledger] = position
        if dropTarget { targets[ledger] = min(targets[ledger] ?? 0, position) }
        offered[ledger]?.removeAll { $0.from + UInt64($0.events.count) <= position }
        condition.broadcast()
        condition.unlock()
    }

    /// Events from `position` on: those that were handed over where they fit, else from the log.
    private func events(of ledger: LedgerCode, from position: UInt64) throws -> [Event] {
        condition.lock()
        var events: [Event] = []
        for chunk in offered[ledger] ?? [] {
            let next = position + UInt64(events.count)
            guard chunk.from <= next, events.count < Projector.batch else { break }
            events.append(contentsOf: chunk.events.dropFirst(Int(next - chunk.from)))
        }
        condition.unlock()
        guard events.isEmpty else { return events }
        let stored: [[UInt8]]
        do {
            let size = try log.head(of: ledger).size
            guard position <= size else { throw EngineFault.logBehind(size: size, seen: position) }
            stored = try log.events(of: ledger, from: position, limit: Projector.batch)
        } catch let error as StorageError {
            // The log's own trouble, which must not cost the read model what it has.
            throw EngineFault.storage(error)
        }
        return try stored.enumerated().map { try Event.decoded($1, number: position + UInt64($0)) }
    }
}

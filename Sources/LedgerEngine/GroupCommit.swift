import CBOR
package import LedgerDomain
package import LedgerStorage

/// Decides a group of commands of one ledger under the head lock and commits their events at once.
///
/// Synchronous and without a thread of its own, so that the server's writer and the simulation run the same.
/// Not safe for concurrent use: its owner serialises calls.
package struct GroupCommit: Sendable {
    package let ledger: LedgerCode
    private let log: any EventLog
    /// Gives the state to begin from, when there is none in memory or it cannot be trusted any more.
    private let restore: @Sendable () -> LedgerState
    private var replica: Replica?

    package init(
        _ ledger: LedgerCode, log: any EventLog,
        restore: @escaping @Sendable () -> LedgerState = { LedgerState() }
    ) {
        self.ledger = ledger
        self.log = log
        self.restore = restore
    }

    /// What a group came to.
    package struct Outcome: Sendable {
        /// One reply for each request, in order.
        package var replies: [Reply]
        /// The number of the first event appended.
        package var from: UInt64
        /// The events appended and committed.
        package var events: [Event]
    }

    /// The state as committed last by any process.
    package mutating func current() throws(EngineFault) -> LedgerState {
        let size: UInt64
        do {
            size = try log.head(of: ledger).size
        } catch {
            throw .storage(error)
        }
        var replica = take()
        try replica.catchUp(to: size, from: log)
        let state = replica.state
        self.replica = replica
        return state
    }

    /// Decides and commits.
    package mutating func run(_ requests: [CommandRequest]) -> Outcome {
        var group = UndecidedGroup(replica: take(), requests: requests)
        var fault: EngineFault?
        do {
            try log.append(to: ledger) { head, reader throws(StorageError) in
                do throws(EngineFault) {
                    try group.decide(head, reader)
                } catch {
                    fault = error
                    return []
                }
                return group.bytes
            }
        } catch {
            // What was applied in memory is not known to be in the log: it is forgotten, and read again.
            return resolve(group, error)
        }
        if let fault {
            return Outcome(replies: requests.map { _ in .failure(fault) }, from: 0, events: [])
        }
        replica = group.replica
        return Outcome(replies: group.replies, from: group.from, events: group.events)
    }

    private mutating func take() -> Replica {
        defer { replica = nil }
        return replica ?? Replica(ledger, state: restore())
    }

    /// After a commit that failed or whose outcome is unknown: the log says which events are there.
    private mutating func resolve(_ group: UndecidedGroup, _ error: StorageError) -> Outcome {
        let failed = Outcome(
            replies: group.requests.map { _ in .failure(.storage(error)) }, from: 0, events: [])
        guard error == .outcomeUnknown, !group.events.isEmpty else { return failed }
        var committed = false
        var fresh = Replica(ledger, state: restore())
        do {
            // The head lock is taken again, so that no commit can still be under way.
            try log.append(to: ledger) { head, reader throws(StorageError) in
                let stored = try reader.events(of: ledger, from: group.from, limit: group.events.count)
                committed = head.size >= group.from + UInt64(group.events.count) && stored == group.bytes
                do throws(EngineFault) {
                    try fresh.catchUp(to: head.size, from: reader)
                } catch {
                    throw .corrupt("\(error)")
                }
                return []
            }
        } catch {
            return failed
        }
        replica = fresh
        guard committed else { return failed }
        return Outcome(replies: group.replies, from: group.from, events: group.events)
    }
}

/// A group while it is decided.
private struct UndecidedGroup {
    var replica: Replica
    let requests: [CommandRequest]
    var replies: [Reply] = []
    var from: UInt64 = 0
    var events: [Event] = []
    var bytes: [[UInt8]] = []

    init(replica: consuming Replica, requests: [CommandRequest]) {
        self.replica = replica
        self.requests = requests
    }

    mutating func decide(_ head: LogHead, _ log: any EventReader) throws(EngineFault) {
        try replica.catchUp(to: head.size, from: log)
        from = head.size
        replies.reserveCapacity(requests.count)
        bytes.reserveCapacity(requests.count)
        events.reserveCapacity(requests.count)
        var encoder = CBOREncoder(capacity: 512)
        for request in requests {
            if let earlier = try answered(request, log) {
                replies.append(earlier)
                continue
            }
            if request.clock.adding(5 * Instant.second) < replica.state.lastInstant,
                replica.state.profile?.practice == false
            {
                replies.append(.failure(.clockBehind(last: replica.state.lastInstant)))
                continue
            }
            let event = LedgerDomain.decide(
                request.command, replica.state, at: request.clock, by: request.principal, key: request.key,
                payload: request.payload)
            if let refusal = event.record.refusal, !refusal.isRecorded {
                replies.append(.failure(.refusedUnrecorded(refusal)))
                continue
            }
            encoder.removeAll()
            event.encode(to: &encoder)
            guard encoder.bytes.count <= Event.maximumBytes else {
                replies.append(.failure(.eventTooLarge))
                continue
            }
            let number = replica.state.size
            try replica.apply(event)
            events.append(event)
            bytes.append(encoder.bytes)
            replies.append(.success(Answer(number: number, event: event, isReplay: false)))
        }
    }

    /// The reply an earlier event gives to the same key; looked up before anything else (DESIGN §4).
    private func answered(_ request: CommandRequest, _ log: any EventReader) throws(EngineFault) -> Reply? {
        var found: (number: UInt64, event: Event)?
        do {
            _ = try replica.state.keys.first(request.key.high) { candidate throws in
                let event = try event(UInt64(candidate), log)
                guard event.key == request.key else { return false }
                found = (UInt64(candidate), event)
                return true
            }
        } catch let fault as EngineFault {
            throw fault
        } catch {
            throw .corruptLog(event: from, reason: "\(error)")
        }
        guard let found else { return nil }
        guard found.event.payload == request.payload else {
            return .failure(.keyReused(event: found.number))
        }
        return .success(Answer(number: found.number, event: found.event, isReplay: true))
    }

    private func event(_ number: UInt64, _ log: any EventReader) throws(EngineFault) -> Event {
        if number >= from { return events[Int(number - from)] }
        do {
            guard let bytes = try log.events(of: replica.ledger, from: number, limit: 1).first else {
                throw EngineFault.corruptLog(event: number, reason: "the event is missing")
            }
            return try Event.decoded(bytes, number: number)
        } catch let fault as EngineFault {
            throw fault
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .corruptLog(event: number, reason: "\(error)")
        }
    }
}

import AuditLog
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
    private let files: LedgerFiles
    private var replica: Replica?

    package init(
        _ files: LedgerFiles, log: any EventLog, beginning snapshot: Snapshot? = nil
    ) {
        ledger = files.ledger
        self.log = log
        self.files = files
        replica = snapshot.map { Replica(files.ledger, $0) }
    }

    /// What a group came to.
    package struct Outcome: Sendable {
        /// One reply for each request, in order.
        package var replies: [Reply]
        /// The number of the first event appended.
        package var from: UInt64
        /// The events appended and committed.
        package var events: [Event]
        /// Their bytes, as the log has them.
        package var bytes: [[UInt8]] = []
    }

    /// State and tree as this process knows them, without a look at the log.
    var known: Snapshot? { replica?.snapshot }

    /// State and tree as committed last by any process.
    package mutating func current() throws(EngineFault) -> Snapshot {
        let head: LogHead
        do {
            head = try log.head(of: ledger)
        } catch {
            throw .storage(error)
        }
        var replica = try take()
        do throws(EngineFault) {
            try replica.catchUp(to: head, from: log)
        } catch {
            throw files.located(error, in: log)
        }
        self.replica = replica
        return replica.snapshot
    }

    /// Decides and commits.
    package mutating func run(_ requests: [CommandRequest]) -> Outcome {
        func failed(_ fault: EngineFault) -> Outcome {
            Outcome(replies: requests.map { _ in .failure(fault) }, from: 0, events: [])
        }
        var group: UndecidedGroup
        do throws(EngineFault) {
            group = UndecidedGroup(replica: try take(), requests: requests)
        } catch {
            return failed(error)
        }
        var fault: EngineFault?
        do {
            try log.append(to: ledger) { head, reader throws(StorageError) in
                do throws(EngineFault) {
                    try group.decide(head, reader)
                } catch {
                    fault = error
                    return LogAddition()
                }
                return group.addition(signer(continuing: head))
            }
        } catch {
            // What was applied in memory is not known to be in the log: it is forgotten, and read again.
            return resolve(group, error)
        }
        if let fault { return failed(files.located(fault, in: log)) }
        replica = group.replica
        return Outcome(
            replies: group.replies, from: group.from, events: group.events, bytes: group.bytes)
    }

    /// The signer of the log as it goes on: after a loss it has another origin than its first one.
    private func signer(continuing head: LogHead) -> LogSigner {
        head.checkpoint.isEmpty ? files.signer : files.signer.signer(of: head.checkpoint) ?? files.signer
    }

    /// The replica out of its place while it is used, so that what fails is forgotten and nothing is copied.
    private mutating func take() throws(EngineFault) -> Replica {
        defer { replica = nil }
        if let replica { return replica }
        return try files.replica()
    }

    /// After a commit that failed or whose outcome is unknown: the log says which events are there.
    private mutating func resolve(_ group: UndecidedGroup, _ error: StorageError) -> Outcome {
        let failed = Outcome(
            replies: group.requests.map { _ in .failure(.storage(error)) }, from: 0, events: [])
        guard error == .outcomeUnknown, !group.events.isEmpty else { return failed }
        var committed = false
        guard var fresh = try? files.replica() else { return failed }
        do {
            // The head lock is taken again, so that no commit can still be under way.
            try log.append(to: ledger) { head, reader throws(StorageError) in
                let stored = try reader.events(of: ledger, from: group.from, limit: group.events.count)
                committed = head.size >= group.from + UInt64(group.events.count) && stored == group.bytes
                do throws(EngineFault) {
                    try fresh.catchUp(to: head, from: reader)
                } catch {
                    throw .corrupt("\(error)")
                }
                return LogAddition()
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

    /// What the commit writes: nothing where every request had been answered before.
    func addition(_ signer: LogSigner) -> LogAddition {
        guard !bytes.isEmpty else { return LogAddition() }
        let tree = replica.snapshot.tree
        return LogAddition(
            events: bytes, compactRange: tree.bytes,
            checkpoint: signer.checkpoint(TreeHead(size: tree.size, root: tree.root)))
    }

    mutating func decide(_ head: LogHead, _ log: any EventReader) throws(EngineFault) {
        try replica.catchUp(to: head, from: log)
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
            if replica.snapshot.state.isAhead(of: request.clock) {
                replies.append(.failure(.clockBehind(last: replica.snapshot.state.lastInstant)))
                continue
            }
            if let expectation = request.expectation, !expectation(replica.snapshot.state) {
                replies.append(.failure(.changed))
                continue
            }
            let event = LedgerDomain.decide(
                request.command, replica.snapshot.state, at: request.clock, by: request.principal,
                key: request.key,
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
            let number = replica.snapshot.tree.size
            try replica.apply(event, encoder.bytes)
            events.append(event)
            bytes.append(encoder.bytes)
            replies.append(.success(Answer(number: number, event: event, isReplay: false)))
        }
    }

    /// The reply an earlier event gives to the same key; looked up before anything else (DESIGN §4).
    private func answered(_ request: CommandRequest, _ log: any EventReader) throws(EngineFault) -> Reply? {
        var found: (number: UInt64, event: Event)?
        do {
            _ = try replica.snapshot.state.keys.first(request.key.high) { candidate throws in
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

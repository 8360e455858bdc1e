import Foundation
package import LedgerDomain
package import LedgerStorage

/// The running machine: one writer for all ledgers of a log, a projector and a publisher behind it, snapshots
/// beside it.
///
/// Any number of processes may run one on the same log; the head lock orders them.
package final class LedgerMachine: @unchecked Sendable {
    package let readModel: any ReadModel
    private let log: any EventLog
    private let projector: Projector
    private let publisher: LogPublisher
    private let files: @Sendable (LedgerCode) -> LedgerFiles
    private let condition = NSCondition()

    // Guarded by `condition`.
    private var lanes: [LedgerCode: Lanes] = [:]
    private var turn: [LedgerCode] = []
    private var stopping = false
    private var finished = false

    /// Guards `committers`; held for a whole commit, so that a state is only ever read as committed.
    private let state = NSLock()
    private var committers: [LedgerCode: GroupCommit] = [:]
    /// Events since the last snapshot, by ledger.
    private var sinceSnapshot: [LedgerCode: Int] = [:]
    /// Ledgers whose snapshot is being written.
    private var saving: Set<LedgerCode> = []
    private let snapshots = DispatchQueue(label: "snapshots", qos: .utility)

    /// The most requests of one commit.
    private static let group = 1024
    private let snapshotEvery: Int

    /// - Parameters:
    ///   - snapshotEvery: a snapshot is written after this many events, and after a quarter of the log: its cost grows with
    ///     the log, and so may what is replayed without it.
    ///   - files: what each ledger keeps beside the log.
    package init(
        log: any EventLog, readModel: any ReadModel, snapshotEvery: Int = 200_000,
        files: @escaping @Sendable (LedgerCode) -> LedgerFiles
    ) {
        self.log = log
        self.snapshotEvery = snapshotEvery
        self.readModel = readModel
        self.files = files
        publisher = LogPublisher(log: log, files: files)
        projector = Projector(log: log, readModel: readModel)
    }

    /// Starts the writer's, the projector's and the publisher's threads.
    package func start() {
        projector.start()
        publisher.start()
        let thread = Thread { [self] in write() }
        thread.name = "writer"
        thread.start()
    }

    /// Decides and commits `requests`, all in one commit.
    package func submit(
        _ requests: [CommandRequest], to ledger: LedgerCode, lane: Lane
    ) async -> [Reply] {
        await withCheckedContinuation { continuation in
            submit(requests, to: ledger, lane: lane) { continuation.resume(returning: $0) }
        }
    }

    /// Decides and commits `requests`; `reply` is called on the writer's thread.
    package func submit(
        _ requests: [CommandRequest], to ledger: LedgerCode, lane: Lane,
        reply: @escaping @Sendable ([Reply]) -> Void
    ) {
        if let fault = projector.stoppedBy ?? publisher.stoppedBy {
            reply(requests.map { _ in .failure(fault) })
            return
        }
        condition.lock()
        let taken: EngineFault? =
            if stopping {
                .stopped
            } else if lanes[ledger, default: Lanes()].append(
                Submission(requests, reply: reply), to: lane)
            {
                nil
            } else {
                .busy
            }
        if taken == nil, !turn.contains(ledger) { turn.append(ledger) }
        condition.signal()
        condition.unlock()
        if let taken { reply(requests.map { _ in .failure(taken) }) }
    }

    /// Reads a ledger's committed state.
    package func read<Value>(
        _ ledger: LedgerCode, _ body: (LedgerState) -> Value
    ) throws(EngineFault) -> Value {
        state.lock()
        defer { state.unlock() }
        var committer = committer(ledger)
        committers[ledger] = nil
        defer { committers[ledger] = committer }
        return body(try committer.current().state)
    }

    /// The event that answered an idempotency key; `nil` where none has.
    package func event(keyed key: Digest128, in ledger: LedgerCode) throws(EngineFault) -> Event? {
        let candidates = try read(ledger) { state in
            var numbers: [UInt64] = []
            _ = state.keys.first(key.high) { number in
                numbers.append(UInt64(number))
                return false
            }
            return numbers
        }
        for number in candidates {
            let stored: [[UInt8]]
            do {
                stored = try log.events(of: ledger, from: number, limit: 1)
            } catch {
                throw .storage(error)
            }
            guard let bytes = stored.first else {
                throw .corruptLog(event: number, reason: "the event is missing")
            }
            let event = try Event.decoded(bytes, number: number)
            if event.key == key { return event }
        }
        return nil
    }

    /// Waits until the read model is true at everything the log holds now; returns that size.
    @discardableResult
    package func settle(_ ledger: LedgerCode) throws(EngineFault) -> UInt64 {
        let size: UInt64
        do {
            size = try log.head(of: ledger).size
        } catch {
            throw .storage(error)
        }
        try projector.wait(ledger, until: size)
        return size
    }

    /// Publishes everything the log holds now: tiles, kept head and checkpoint; returns that checkpoint's head
    /// and note.
    package func publish(_ ledger: LedgerCode) throws(EngineFault) -> PublishedHead {
        try publisher.publish(ledger)
    }

    /// Makes the published files again from the log.
    package func republish(_ ledger: LedgerCode) throws(EngineFault) {
        _ = try publisher.republish(ledger)
    }

    /// What `ledger` keeps beside the log.
    package func files(of ledger: LedgerCode) -> LedgerFiles { files(ledger) }

    /// The fault with the event that it is about, where that can be told.
    package func located(_ fault: EngineFault, in ledger: LedgerCode) -> EngineFault {
        files(ledger).located(fault, in: log)
    }

    /// Forgets a damaged read model; it is filled again from the log.
    package func rebuildReadModel() throws(EngineFault) { try projector.rebuild() }

    /// The log's head as last committed.
    package func head(of ledger: LedgerCode) throws(EngineFault) -> LogHead {
        do {
            return try log.head(of: ledger)
        } catch {
            throw .storage(error)
        }
    }

    /// Reads the log as it is stored, for replay.
    package var reader: any EventReader { log }

    /// The ledgers of the log.
    package func ledgers() throws(EngineFault) -> [LedgerCode] {
        do {
            return try log.ledgers()
        } catch {
            throw .storage(error)
        }
    }

    /// Answers everything accepted, projects it, writes due snapshots and ends the threads.
    ///
    /// - Returns: what kept an event that is recorded from being projected or published, if anything did.
    @discardableResult
    package func stop() -> EngineFault? {
        condition.lock()
        stopping = true
        condition.broadcast()
        while !finished { condition.wait() }
        condition.unlock()
        projector.stop()
        publisher.stop()
        snapshots.sync {}
        state.lock()
        for ledger in committers.keys where sinceSnapshot[ledger, default: 0] > 0 {
            if let known = committers[ledger]?.known { files(ledger).save(known) }
        }
        state.unlock()
        return projector.stoppedBy ?? publisher.stoppedBy
    }

    private func write() {
        while let (ledger, late, group) = next() {
            for submission in late { submission.reply(submission.requests.map { _ in .failure(.busy) }) }
            guard !group.isEmpty else { continue }
            let requests = group.flatMap(\.requests)
            state.lock()
            // Out of the dictionary while it runs, so that its tables are not copied at the first change.
            var committer = committer(ledger)
            committers[ledger] = nil
            let outcome = committer.run(requests)
            committers[ledger] = committer
            sinceSnapshot[ledger, default: 0] += outcome.events.count
            if let due = dueSnapshot(of: ledger) { save(due, of: ledger) }
            state.unlock()
            var replies = outcome.replies[...]
            for submission in group {
                submission.reply(Array(replies.prefix(submission.requests.count)))
                replies = replies.dropFirst(submission.requests.count)
            }
            publisher.offer(ledger, from: outcome.from, outcome.bytes)
            projector.offer(ledger, from: outcome.from, outcome.events)
        }
        condition.lock()
        finished = true
        condition.broadcast()
        condition.unlock()
    }

    /// The next ledger's group, and what has waited too long for it; `nil` when everything is answered and it is time to end.
    private func next() -> (LedgerCode, late: [Submission], group: [Submission])? {
        condition.lock()
        defer { condition.unlock() }
        while turn.isEmpty {
            if stopping { return nil }
            condition.wait()
        }
        let ledger = turn.removeFirst()
        let late = lanes[ledger]?.takeLate(at: .now) ?? []
        let group = lanes[ledger]?.takeGroup(limit: LedgerMachine.group) ?? []
        if lanes[ledger]?.isEmpty == false { turn.append(ledger) }
        return (ledger, late, group)
    }

    private func committer(_ ledger: LedgerCode) -> GroupCommit {
        if let known = committers[ledger] { return known }
        return GroupCommit(files(ledger), log: log)
    }

    /// The ledger as it is, where a snapshot of it is worth writing.
    private func dueSnapshot(of ledger: LedgerCode) -> Snapshot? {
        let since = sinceSnapshot[ledger, default: 0]
        guard since >= snapshotEvery, !saving.contains(ledger), files(ledger).keepsSnapshots,
            let known = committers[ledger]?.known, UInt64(since) * 4 >= known.state.size
        else { return nil }
        return known
    }

    /// Writes a snapshot behind the writer, which goes on with a copy of whatever it changes meanwhile.
    private func save(_ snapshot: Snapshot, of ledger: LedgerCode) {
        sinceSnapshot[ledger] = 0
        saving.insert(ledger)
        let files = files(ledger)
        snapshots.async { [self] in
            files.save(snapshot)
            state.lock()
            saving.remove(ledger)
            state.unlock()
        }
    }
}

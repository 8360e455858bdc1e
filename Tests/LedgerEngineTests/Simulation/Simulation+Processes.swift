import CBOR
import Foundation
import LedgerDomain
import LedgerEngine
import LedgerStorage
import LedgerTesting

// What processes do.
extension Simulation {
    /// A process decides some of what has reached it; a dying one takes its answers to the grave.
    func work(_ index: Int, dying: Bool) throws {
        guard !processes[index].inbox.isEmpty, var committer = processes[index].committer else { return }
        let group = Array(processes[index].inbox.prefix(number(1...8)))
        processes[index].inbox.removeFirst(group.count)
        processes[index].committer = nil
        let lostAnswers = processes[index].log.injected[.unknownButAppended]
        let outcome = committer.run(group.map(\.request))
        processes[index].committer = committer
        if processes[index].log.injected[.unknownButAppended] != lostAnswers, !outcome.events.isEmpty {
            statistics.count(.resolvedAsCommitted)
        }
        try checkOutcome(outcome, of: group)
        if dying {
            statistics.count(.lostGroup)
            if !outcome.events.isEmpty { statistics.count(.crashAfterCommit) }
            return restart(index)
        }
        for (parcel, reply) in zip(group, outcome.replies) {
            if chance(8) {
                statistics.count(.lostReply)
            } else {
                try deliver(reply, parcel, outcome)
            }
        }
    }

    /// A process dies and comes back with whatever it finds.
    func restart(_ index: Int) {
        guard processes[index].committer != nil else { return }
        statistics.count(.crash)
        processes[index].inbox = []
        let process = processes[index]
        switch number(0...2) {
        case 0:
            processes[index].committer = GroupCommit(process.files(), log: process.log)
        case 1:
            statistics.count(.restoredFromStale)
            processes[index].committer = GroupCommit(
                process.files(), log: process.log, beginning: process.remembered)
        default:
            let snapshot = process.snapshot
            if snapshot.load() != nil { statistics.count(.restoredFromSnapshot) }
            processes[index].committer = GroupCommit(process.files(snapshot: snapshot), log: process.log)
        }
    }

    /// A process keeps its state, in memory or as a file; now and then the file is damaged.
    func keepState(of index: Int) throws {
        guard var committer = processes[index].committer else { return }
        processes[index].committer = nil
        defer { processes[index].committer = committer }
        let snapshot: Snapshot
        do {
            snapshot = try committer.current()
        } catch EngineFault.storage {
            return
        }
        processes[index].remembered = snapshot
        guard chance(40) else { return }
        try processes[index].snapshot.save(snapshot)
        guard chance(20) else { return }
        statistics.count(.snapshotDamaged)
        let file = processes[index].snapshotURL
        var bytes = [UInt8](try Data(contentsOf: file))
        if chance(50) {
            bytes.removeLast(number(1...bytes.count))
        } else {
            bytes[number(0...bytes.count - 1)] ^= UInt8(1 << number(0...7))
        }
        try Data(bytes).write(to: file)
    }

    /// A process reads its committed state in bad weather; it is right or there is a fault.
    func look(at index: Int) throws {
        guard var committer = processes[index].committer else { return }
        processes[index].committer = nil
        defer { processes[index].committer = committer }
        do {
            let current = try committer.current()
            try audit()
            // Others may have gone on since it read the head.
            guard current.state.size == auditor.state.size else { return }
            guard current == auditor.snapshot else {
                throw fail("process \(index) reads another state than the log's")
            }
        } catch EngineFault.storage {
            return
        }
    }

    /// The read model takes over some more events; now and then somebody else was faster, or it is lost.
    func project() throws {
        if chance(1) {
            statistics.count(.readModelReset)
            try readModel.reset()
        }
        let position = try readModel.position(of: ledger)
        let events = try log.events(of: ledger, from: position, limit: number(1...40))
        guard !events.isEmpty else { return }
        var rows: [ReadModelChange] = []
        for (offset, bytes) in events.enumerated() {
            let number = position + UInt64(offset)
            try Event.decoded(bytes, number: number).project(number: number, into: &rows)
        }
        let end = position + UInt64(events.count)
        guard try readModel.apply(rows, to: ledger, from: position, upTo: end) else {
            throw fail("the read model was at \(position) and refused events from there")
        }
        guard chance(20) else { return }
        statistics.count(.projectorWasSlower)
        guard try !readModel.apply(rows, to: ledger, from: position, upTo: end) else {
            throw fail("the read model took events from \(position) twice")
        }
    }
}

// What clients hear.
extension Simulation {
    /// What a process says it has committed must be in the log, there and then.
    private func checkOutcome(_ outcome: GroupCommit.Outcome, of group: [Parcel]) throws {
        guard outcome.replies.count == group.count else {
            throw fail("\(group.count) requests got \(outcome.replies.count) replies")
        }
        let stored = try log.events(of: ledger, from: outcome.from, limit: outcome.events.count)
        guard stored == outcome.events.map(\.cborBytes) else {
            throw fail("events said to be committed from \(outcome.from) on are not in the log")
        }
        for event in outcome.events where event.record.refusal == nil {
            statistics.accepted[event.record.type, default: 0] += 1
        }
    }

    private func deliver(_ reply: Reply, _ parcel: Parcel, _ outcome: GroupCommit.Outcome) throws {
        switch reply {
        case .success(let answer):
            try checkAnswer(answer, parcel, outcome)
        case .failure(.keyReused(let number)):
            statistics.count(.keyReused)
            let first = try event(number)
            guard first.key == parcel.errand.key, first.payload != parcel.errand.payload else {
                throw fail(
                    "keyReused names event \(number), which does not have the key or is the same command")
            }
            if let earlier = acknowledged[parcel.errand.key], earlier.number != number {
                throw fail("keyReused names event \(number); event \(earlier.number) had been acknowledged")
            }
        case .failure(.refusedUnrecorded(let refusal)):
            statistics.count(.soldOut)
            guard !refusal.isRecorded, parcel.errand.command is Issue,
                acknowledged[parcel.errand.key] == nil
            else { throw fail("\(parcel.errand.command) was told \(refusal) without a record") }
        case .failure(.clockBehind(let last)):
            statistics.count(.clockBehind)
            guard parcel.request.clock.adding(5 * Instant.second) < last else {
                throw fail("a clock at \(parcel.request.clock) is said to be behind \(last)")
            }
            return
        case .failure(.storage):
            return
        case .failure(let fault):
            throw fail("\(parcel.errand.command) got \(fault)")
        }
        if waiting[parcel.client]?.key == parcel.errand.key,
            waiting[parcel.client]?.payload == parcel.errand.payload
        {
            waiting[parcel.client] = nil
        }
    }

    private func checkAnswer(_ answer: Answer, _ parcel: Parcel, _ outcome: GroupCommit.Outcome) throws {
        let (key, payload) = (parcel.errand.key, parcel.errand.payload)
        let stored = try event(answer.number)
        guard stored == answer.event, stored.key == key, stored.payload == payload else {
            throw fail("event \(answer.number) was given as an answer and is another one in the log")
        }
        let own = outcome.from..<outcome.from + UInt64(outcome.events.count)
        guard answer.isReplay || own.contains(answer.number) else {
            throw fail("event \(answer.number) is said to be new and was there before")
        }
        if answer.isReplay { statistics.count(.replay) }
        let new = Acknowledgement(number: answer.number, payload: payload, refusal: answer.refusal)
        if let earlier = acknowledged[key], earlier != new {
            throw fail("\(key.hex) was answered with \(earlier) and now with \(new)")
        }
        acknowledged[key] = new
    }

    func event(_ number: UInt64) throws -> Event {
        guard let bytes = try log.events(of: ledger, from: number, limit: 1).first else {
            throw fail("event \(number) was given as an answer and is not in the log")
        }
        return try Event.decoded(bytes, number: number)
    }
}

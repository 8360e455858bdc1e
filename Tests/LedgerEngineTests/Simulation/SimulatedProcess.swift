import Foundation
import LedgerDomain
import LedgerEngine
import LedgerTesting

/// A process of the simulation: its own writer, its own faults, its own idea of the time.
struct SimulatedProcess {
    let log: FaultyEventLog
    let snapshot: SnapshotFile
    /// Where the snapshot is, for damaging it.
    let snapshotURL: URL
    let signer: LogSigner
    /// `nil` while it is at work further up the stack.
    var committer: GroupCommit?
    /// What has reached it and is not decided yet; lost when it dies.
    var inbox: [Parcel] = []
    /// By how much its clock is wrong.
    var skew: Int64 = 0
    /// What it once knew, as an old snapshot would hold it.
    var remembered = Snapshot()

    /// What it keeps beside the log.
    func files(snapshot: SnapshotFile? = nil) -> LedgerFiles {
        LedgerFiles(zhucheng, signer: signer, snapshot: snapshot)
    }
}

/// A request on its way, with the client who waits.
struct Parcel {
    var client: Int
    var errand: Errand
    var request: CommandRequest
}

/// What a client wants, until it has an answer: it is given again under the same key.
struct Errand {
    var command: any LedgerDomain.Operation
    var principal: Principal
    var key: Digest128
    var payload: Digest128
    var clock: Instant
    var attempts = 0
}

/// An answer that a client has received; it must be true for ever.
struct Acknowledgement: Equatable {
    var number: UInt64
    var payload: Digest128
    var refusal: Refusal?
}

/// How often what happened, so that a test can say that it saw everything.
struct SimulationStatistics {
    var faults: [LogFault: Int] = [:]
    var accepted: [OperationType: Int] = [:]
    var happened: [Occurrence: Int] = [:]

    /// Something a simulation must meet to be worth running.
    enum Occurrence: CaseIterable {
        case retry, replay, keyReused, clockBehind, lostReply, lostGroup, sharedDigest
        case crash, crashAfterCommit, restoredFromSnapshot, restoredFromStale, snapshotDamaged
        case soldOut, turnInBetween, resolvedAsCommitted, projectorWasSlower, readModelReset
    }

    mutating func count(_ occurrence: Occurrence) { happened[occurrence, default: 0] += 1 }

    mutating func add(_ other: SimulationStatistics) {
        faults.merge(other.faults, uniquingKeysWith: +)
        accepted.merge(other.accepted, uniquingKeysWith: +)
        happened.merge(other.happened, uniquingKeysWith: +)
    }
}

/// A promise that was broken, with what it takes to see it again.
struct SimulationFailure: Error, CustomStringConvertible {
    var seed: UInt64
    var step: Int
    var what: String

    var description: String { "seed \(seed), step \(step): \(what)" }
}

package import LedgerDomain
package import LedgerStorage

/// A command on its way to the writer: authenticated, parsed, its key and payload digested.
package struct CommandRequest: Sendable {
    package var command: any Operation
    package var principal: Principal
    /// The digest of (principal, idempotency key).
    package var key: Digest128
    /// The MAC of the command.
    package var payload: Digest128
    /// What the clock says; the event's instant is never before its predecessor's.
    package var clock: Instant
    /// What must still hold of the state when the command is decided; anything where `nil`.
    package var expectation: (@Sendable (LedgerState) -> Bool)?

    package init(
        _ command: any Operation, by principal: Principal, key: Digest128, payload: Digest128,
        at clock: Instant, expecting expectation: (@Sendable (LedgerState) -> Bool)? = nil
    ) {
        self.expectation = expectation
        self.command = command
        self.principal = principal
        self.key = key
        self.payload = payload
        self.clock = clock
    }
}

/// What the ledger answered, now or when the key was first used.
package struct Answer: Sendable {
    /// The number of the event that answers.
    package var number: UInt64
    package var event: Event
    /// Whether the event was there before this request.
    package var isReplay: Bool

    package var refusal: Refusal? { event.record.refusal }

    /// What was decided, where the command was a `type` and was accepted.
    package func accepted<Asked: Operation>(_ type: Asked.Type) -> Asked.Accepted? {
        try? (event.record as? Record<Asked>)?.verdict.get()
    }
}

/// Why there is no answer; none of these binds the key.
package enum EngineFault: Error, Equatable, Sendable {
    /// The lane is full; try again shortly.
    case busy
    /// The writer has stopped.
    case stopped
    /// The core said no, and the answer is not recorded.
    case refusedUnrecorded(Refusal)
    /// The key was used for another command; its event is named.
    case keyReused(event: UInt64)
    /// The clock is more than five seconds behind the last event.
    case clockBehind(last: Instant)
    /// What whoever asked had seen is not so any more.
    case changed
    /// The event would not fit a log entry.
    case eventTooLarge
    case storage(StorageError)
    /// An event of the log cannot be read or does not follow from its predecessors.
    case corruptLog(event: UInt64, reason: String)
    /// The events up to this number do not have the tree that the log's head states: one was changed.
    case treeMismatch(size: UInt64)
    /// The log and the head kept outside it disagree about the first `size` events: the log was replaced.
    case forked(size: UInt64)
    /// The kept head or the log's files cannot be read or written; what and why.
    case logFiles(String)
    /// A snapshot, the read model or the kept head has seen more events than the log holds: an older log was put back.
    case logBehind(size: UInt64, seen: UInt64)
    /// An event of a format that this program does not know.
    case newerEvent(event: UInt64, version: UInt64)
    /// The read model refused a row: intake stops until somebody has looked.
    case readModelStopped(String)
}

package typealias Reply = Result<Answer, EngineFault>

package import CBOR

/// When, by whom and as which event something is decided.
package struct Context: Sendable {
    /// The event's number.
    package var number: UInt64
    package var instant: Instant
    package var principal: Principal

    package init(number: UInt64, instant: Instant, principal: Principal) {
        self.number = number
        self.instant = instant
        self.principal = principal
    }
}

/// One thing that can be asked of the ledger: its input, its decision and its effect, together in one file.
///
/// The fields of an operation and of its acceptance share one CBOR map with the event's own fields: inputs
/// use keys from 16, what was decided keys from 32; a key is never reused (DESIGN §6).
package protocol Operation: CBORFields, Equatable, Sendable {
    /// What deciding adds to the input; from both together everything else follows.
    associatedtype Accepted: CBORFields & Equatable & Sendable

    static var type: OperationType { get }

    /// Whether the ledger takes it, and how; reads the state and changes nothing.
    func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal>

    /// The money that moves, from the event alone.
    func appendPostings(_ accepted: Accepted, to postings: inout [Posting])

    /// What changes beside balances; runs before the postings are posted.
    func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState)

    /// What the read model gains beside postings and balances, from the event alone.
    func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange])
}

extension Operation {
    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {}

    /// A command with the fields that `fill` sets; the others stay blank.
    package static func with(_ fill: (inout Self) throws -> Void) rethrows -> Self {
        var command = Self()
        try fill(&command)
        return command
    }
}

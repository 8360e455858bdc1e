package import CBOR

/// Publishes the ledger's next key list: keys that come, go or are no longer to be trusted (DESIGN §7).
package struct PublishKeys: Operation {
    package static let type = OperationType.publishKeys

    package typealias Accepted = NoFields

    /// One more than that of the list before.
    package var sequence: UInt64 = 0
    /// Every key, ascending by its ID: those of the list before, as far as they have come, and new ones.
    package var keys: [IssuerKey] = []
    /// The list as tills get it, a COSE_Sign1.
    package var list = Octets()

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &sequence)
        try coder.field(17, &keys)
        try coder.field(18, &list)
    }
}

extension PublishKeys {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard sequence == state.keyList.sequence + 1 else { return .failure(.keyListOutOfOrder) }
        if let refusal = state.keyList.refusal(of: keys, at: context.instant) { return .failure(refusal) }
        return .success(NoFields())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.keyList.sequence = sequence
        state.keyList.keys = keys
        state.keyList.signed = list
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {}
}

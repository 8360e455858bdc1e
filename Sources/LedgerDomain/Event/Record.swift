package import CBOR

/// An operation with its verdict, whatever its type.
package protocol EventRecord: Sendable {
    var type: OperationType { get }
    /// Why it was refused; `nil` where it was accepted.
    var refusal: Refusal? { get }
    /// What was asked.
    var command: any Operation { get }
    /// Appends the money that moves; nothing where it was refused.
    func appendPostings(to postings: inout [Posting])
    /// Changes the state beside balances; nothing where it was refused.
    func apply(_ context: Context, to state: inout LedgerState)
    /// Appends what the read model gains beside postings and balances.
    func project(_ context: Context, into rows: inout [ReadModelChange])
    /// Writes the fields from key 16 on.
    func encodeFields(to coder: inout CBORFieldEncoder)
    func isEqual(to other: any EventRecord) -> Bool
}

/// An operation of one type with its verdict.
package struct Record<Asked: Operation>: EventRecord, Equatable {
    package var operation: Asked
    package var verdict: Result<Asked.Accepted, Refusal>

    package init(_ operation: Asked, _ verdict: Result<Asked.Accepted, Refusal>) {
        self.operation = operation
        self.verdict = verdict
    }

    package var type: OperationType { Asked.type }
    package var command: any Operation { operation }
    package var refusal: Refusal? {
        if case .failure(let refusal) = verdict { refusal } else { nil }
    }

    package func appendPostings(to postings: inout [Posting]) {
        if case .success(let accepted) = verdict { operation.appendPostings(accepted, to: &postings) }
    }

    package func apply(_ context: Context, to state: inout LedgerState) {
        if case .success(let accepted) = verdict { operation.apply(accepted, context, to: &state) }
    }

    package func project(_ context: Context, into rows: inout [ReadModelChange]) {
        switch verdict {
        case .success(let accepted):
            operation.project(accepted, context, into: &rows)
        case .failure(let refusal):
            rows.append(
                .refusal(
                    RefusalRow(
                        event: context.number, type: type, refusal: refusal, instant: context.instant,
                        principal: context.principal)))
        }
    }

    package func encodeFields(to coder: inout CBORFieldEncoder) {
        var operation = operation
        // Writing never throws: only a decoder finds fault with what it is given.
        try? operation.visit(&coder)
        if case .success(var accepted) = verdict { try? accepted.visit(&coder) }
    }

    package func isEqual(to other: any EventRecord) -> Bool {
        (other as? Record<Asked>) == self
    }
}

extension Operation {
    /// Decides and keeps the input beside the verdict.
    package func record(_ state: LedgerState, _ context: Context) -> any EventRecord {
        Record(self, decide(state, context))
    }

    /// Reads the fields from key 16 on.
    static func decodeRecord(
        _ refusal: Refusal?, from coder: inout CBORFieldDecoder
    ) throws(CBORError) -> any EventRecord {
        var operation = Self()
        try operation.visit(&coder)
        if let refusal { return Record(operation, .failure(refusal)) }
        var accepted = Accepted()
        try accepted.visit(&coder)
        return Record(operation, .success(accepted))
    }

    /// The command alone in CBOR, its type first: what the payload's digest is made of.
    package var payloadBytes: [UInt8] {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 2)
        Self.type.encode(to: &encoder)
        encode(to: &encoder)
        return encoder.bytes
    }
}

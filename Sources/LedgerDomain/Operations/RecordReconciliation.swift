package import CBOR

/// Puts on record that a period was matched with a counterparty's statements, and what came of it.
package struct RecordReconciliation: Operation {
    package static let type = OperationType.recordReconciliation

    package typealias Accepted = NoFields

    /// Who says otherwise: a channel, a bank, the merchants; 1 to 64 bytes.
    package var counterparty = ""
    package var from = BusinessDay(days: 0)
    package var through = BusinessDay(days: 0)
    /// How many events the ledger's side is of.
    package var events: UInt64 = 0
    /// SHA-256 of the statements and of the rules that matched them, 1 to 16.
    package var inputs: [Octets] = []
    /// SHA-256 of the result: the same inputs give the same one.
    package var result = Octets()
    package var matched: UInt32 = 0
    package var differences: UInt32 = 0

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &counterparty)
        try coder.field(17, &from)
        try coder.field(18, &through)
        try coder.field(19, &events)
        try coder.field(20, &inputs)
        try coder.field(21, &result)
        try coder.field(22, &matched)
        try coder.field(23, &differences)
    }
}

extension RecordReconciliation {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard counterparty.isText(upTo: 64) else { return .failure(.textOutOfRange) }
        guard result.isSHA256, (1...16).contains(inputs.count), inputs.allSatisfy(\.isSHA256) else {
            return .failure(.evidenceInvalid)
        }
        guard from <= through, events <= context.number else { return .failure(.reportPeriodInvalid) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .reconciliation(
                ReconciliationRow(
                    event: context.number, asked: self, principal: context.principal,
                    instant: context.instant)))
    }
}

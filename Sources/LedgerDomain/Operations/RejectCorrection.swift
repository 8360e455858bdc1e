package import CBOR

/// Turns a proposed correction down, with the reason.
package struct RejectCorrection: Operation {
    package static let type = OperationType.rejectCorrection

    package typealias Accepted = NoFields

    package var correction: CorrectionID = .none
    /// 1 to 200 bytes.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &correction)
        try coder.field(17, &reason)
    }
}

extension RejectCorrection {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard state.corrections.contains(correction) else { return .failure(.unknownCorrection) }
        guard state.corrections[correction].status == .proposed else {
            return .failure(.correctionNotProposed)
        }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.corrections[correction].status = .rejected
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.correctionDecided(correction, .rejected, by: context.principal, note: reason))
    }
}

package import CBOR

/// Turns a proposed award down, with the reason.
package struct RejectAward: Operation {
    package static let type = OperationType.rejectAward

    package typealias Accepted = NoFields

    package var award: AwardID = .none
    /// 1 to 200 bytes.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &award)
        try coder.field(17, &reason)
    }
}

extension RejectAward {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard state.awards.contains(award) else { return .failure(.unknownAward) }
        guard state.awards[award].status == .proposed else { return .failure(.awardNotProposed) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.awards[award].status = .rejected
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.awardStatus(award, .rejected, by: context.principal))
    }
}

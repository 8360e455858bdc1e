package import CBOR

/// Rejects a sealed settlement of which every line has been undone.
package struct RejectSettlement: Operation {
    package static let type = OperationType.rejectSettlement

    package typealias Accepted = NoFields

    package var settlement: SettlementID = .none
    package var reason: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &settlement)
        try coder.field(17, &reason)
    }
}

extension RejectSettlement {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard state.settlements.contains(settlement) else { return .failure(.unknownSettlement) }
        let sealed = state.settlements[settlement]
        guard sealed.status == .sealed || sealed.status == .built else {
            return .failure(.settlementNotSealed)
        }
        guard sealed.standing == 0 else { return .failure(.settlementHasLiveLines) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.settlements[settlement].status = .rejected
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.settlementStatus(settlement, .rejected, approvedBy: nil))
    }
}

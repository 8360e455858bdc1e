package import CBOR

/// Approves a sealed settlement; not by whoever built it, and not while a line is of a held merchant.
package struct ApproveSettlement: Operation {
    package static let type = OperationType.approveSettlement

    package typealias Accepted = NoFields

    package var settlement: SettlementID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &settlement)
    }
}

extension ApproveSettlement {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.settlements.contains(settlement) else { return .failure(.unknownSettlement) }
        let sealed = state.settlements[settlement]
        guard sealed.maker != context.principal else { return .failure(.makerIsChecker) }
        guard sealed.status == .sealed else { return .failure(.settlementNotSealed) }
        return state.payable(sealed)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.settlements[settlement].status = .approved
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.settlementStatus(settlement, .approved, approvedBy: context.principal))
    }
}

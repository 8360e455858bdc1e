package import CBOR

/// Hands an approved settlement's lines out for payment.
package struct ExportSettlement: Operation {
    package static let type = OperationType.exportSettlement

    package typealias Accepted = NoFields

    package var settlement: SettlementID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &settlement)
    }
}

extension ExportSettlement {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.settlements.contains(settlement) else { return .failure(.unknownSettlement) }
        let approved = state.settlements[settlement]
        guard approved.status == .approved else { return .failure(.settlementNotApproved) }
        return state.payable(approved)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.settlements[settlement].status = .exported
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.settlementStatus(settlement, .exported, approvedBy: nil))
    }
}

extension LedgerState {
    /// Whether a settlement may go on towards payment: something stands, and none of it is of a held merchant.
    func payable(_ settlement: Settlement) -> Result<NoFields, Refusal> {
        let standing = settlement.lines.filter { $0.status == .sealed }
        guard !standing.isEmpty else { return .failure(.settlementEmpty) }
        return standing.contains(where: isHeld)
            ? .failure(.settlementHoldsSuspended) : .success(NoFields())
    }

    /// Whether a settlement's line is of a payee or a merchant whose money is held.
    package func isHeld(_ line: SettlementLine) -> Bool {
        hold(on: line.payee) != nil || line.parts.contains { merchants[$0.merchant].status != .active }
    }
}

package import CBOR

/// Begins a settlement of everything that is owed up to a business day; it moves nothing yet.
package struct BuildSettlement: Operation {
    package static let type = OperationType.buildSettlement

    package var through: BusinessDay = BusinessDay(days: 0)

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &through)
    }

    /// The settlement's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var settlement: SettlementID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &settlement)
        }
    }
}

extension BuildSettlement {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard through < state.businessDay(of: context.instant) else { return .failure(.settlementDayOpen) }
        return .success(.with { $0.settlement = state.settlements.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.settlements.append(Settlement(through: through, maker: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .settlement(
                SettlementRow(
                    id: accepted.settlement, through: through, maker: context.principal,
                    instant: context.instant)))
    }
}

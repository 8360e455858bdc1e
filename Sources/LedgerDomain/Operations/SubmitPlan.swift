package import CBOR

/// Submits a matching fund's plan: which ledgers get how much in its fiscal year.
package struct SubmitPlan: Operation {
    package static let type = OperationType.submitPlan

    package var fund: FundID = .none
    package var lines: [PlanLine] = []
    package var document: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &fund)
        try coder.field(17, &lines)
        try coder.field(18, &document)
    }

    /// The plan's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var plan: PlanID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &plan)
        }
    }
}

extension SubmitPlan {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard document.isShortText else { return .failure(.textOutOfRange) }
        guard let profile = state.profile, state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard state.funds[fund].matching else { return .failure(.fundNotMatching) }
        guard !lines.isEmpty, Set(lines.map(\.ledger)).count == lines.count,
            lines.allSatisfy({ $0.amount > .zero && $0.amount <= .limit })
        else { return .failure(.planLineOutOfBounds) }
        guard !lines.contains(where: { $0.ledger == profile.code }) else {
            return .failure(.remittanceToSelf)
        }
        return .success(.with { $0.plan = state.plans.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.plans.append(RemittancePlan(fund: fund, lines: lines, maker: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .plan(
                PlanRow(
                    id: accepted.plan, fund: fund, lines: lines, document: document, maker: context.principal)
            ))
    }
}

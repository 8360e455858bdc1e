package import CBOR

/// Approves a plan; each recipient's total in the fiscal year must lie within the matching bounds.
package struct ApprovePlan: Operation {
    package static let type = OperationType.approvePlan

    package typealias Accepted = NoFields

    package var plan: PlanID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &plan)
    }
}

extension ApprovePlan {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.plans.contains(plan) else { return .failure(.unknownPlan) }
        let submitted = state.plans[plan]
        guard submitted.maker != context.principal else { return .failure(.makerIsChecker) }
        guard !submitted.approved else { return .failure(.planNotSubmitted) }
        for line in submitted.lines {
            let total = state.planned(for: line.ledger, like: submitted.fund) + line.amount
            guard total.fen >= state.settings[.matchingMinimum], total.fen <= state.settings[.matchingMaximum]
            else {
                return .failure(.planLineOutOfBounds)
            }
        }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.plans[plan].approved = true
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.planApproved(plan, by: context.principal))
    }
}

package import CBOR

/// Approves the version of a rule that was proposed last, as a second person; batches proposed from now on follow it.
package struct ApproveRule: Operation {
    package static let type = OperationType.approveRule

    package var programme: ProgrammeID = .none
    /// Which one is meant, so that nobody approves what was proposed in between.
    package var proposal: Digest128 = .zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &proposal)
    }

    /// The version's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var version: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &version)
        }
    }
}

extension ApproveRule {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        let running = state.programmes[programme]
        if let pending = running.pending, pending.maker == context.principal {
            return .failure(.makerIsChecker)
        }
        if running.status == .closed { return .failure(.programmeClosed) }
        guard let pending = running.pending, pending.digest == proposal else {
            return .failure(.ruleNotProposed)
        }
        return .success(.with { $0.version = UInt32(running.rules.count) })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        guard let pending = state.programmes[programme].pending else { return }
        state.programmes[programme].rules.append(pending.rule)
        state.programmes[programme].pending = nil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .programmeVersionApproved(programme, version: accepted.version, by: context.principal))
    }
}

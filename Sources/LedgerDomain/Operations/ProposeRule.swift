package import CBOR

/// Proposes a new version of a running programme's rule; batches that exist, and their vouchers, keep theirs.
package struct ProposeRule: Operation {
    package static let type = OperationType.proposeRule

    package var programme: ProgrammeID = .none
    package var document = ""
    package var rule = ProgrammeRule()

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &document)
        try coder.field(18, &rule)
    }

    /// The version's number; the rule that a programme begins with is 0.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var version: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &version)
        }
    }
}

extension ProposeRule {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard document.isShortText else { return .failure(.textOutOfRange) }
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        let running = state.programmes[programme]
        switch running.status {
        case .submitted: return .failure(.programmeNotApproved)
        case .closed: return .failure(.programmeClosed)
        case .approved, .paused: break
        }
        guard rule.faults.isEmpty, running.rules.count < RuleNumber.maximumVersions else {
            return .failure(.ruleInvalid)
        }
        guard rule != running.rule, rule != running.pending?.rule else { return .failure(.ruleUnchanged) }
        guard rule.claims?.scope == running.rule.claims?.scope else { return .failure(.scopeFixed) }
        if let refusal = state.catalogueRefusal(of: rule) { return .failure(refusal) }
        return .success(.with { $0.version = UInt32(running.rules.count) })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.programmes[programme].pending = Programme.PendingRule(
            document: document, rule: rule, maker: context.principal)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .programmeVersion(
                ProgrammeVersionRow(
                    programme: programme, version: accepted.version, document: document, rule: rule,
                    maker: context.principal, instant: context.instant)))
    }
}

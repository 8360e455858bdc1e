package import CBOR

/// Submits a programme with its rules; it does nothing until a second person approves it.
package struct SubmitProgramme: Operation {
    package static let type = OperationType.submitProgramme

    package var name: String = ""
    package var document: String = ""
    package var rule: ProgrammeRule = ProgrammeRule()

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &name)
        try coder.field(17, &document)
        try coder.field(18, &rule)
    }

    /// The programme's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var programme: ProgrammeID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
        }
    }
}

extension SubmitProgramme {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard name.isShortText, document.isShortText else { return .failure(.textOutOfRange) }
        guard rule.faults.isEmpty else { return .failure(.ruleInvalid) }
        if let refusal = state.catalogueRefusal(of: rule) { return .failure(refusal) }
        return .success(.with { $0.programme = state.programmes.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.programmes.append(Programme(rule: rule, maker: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .programme(
                ProgrammeRow(
                    id: accepted.programme, name: name, document: document, rule: rule,
                    maker: context.principal,
                    instant: context.instant)))
    }
}

package import CBOR

/// Approves a submitted programme; not by whoever submitted it.
package struct ApproveProgramme: Operation {
    package static let type = OperationType.approveProgramme

    package typealias Accepted = NoFields

    package var programme: ProgrammeID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
    }
}

extension ApproveProgramme {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        let submitted = state.programmes[programme]
        guard submitted.maker != context.principal else { return .failure(.makerIsChecker) }
        guard submitted.status == .submitted else { return .failure(.programmeNotSubmitted) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.programmes[programme].status = .approved
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.programmeStatus(programme, .approved, approvedBy: context.principal))
    }
}

package import CBOR

/// Puts a difference to rest as a second person.
package struct ApproveResolution: Operation {
    package static let type = OperationType.approveResolution

    package typealias Accepted = NoFields

    package var resolution: ResolutionID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &resolution)
    }
}

extension ApproveResolution {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.resolutions.contains(resolution) else { return .failure(.unknownResolution) }
        let proposed = state.resolutions[resolution]
        guard proposed.maker != context.principal else { return .failure(.makerIsChecker) }
        guard proposed.status == .proposed else { return .failure(.resolutionNotProposed) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.resolutions[resolution].status = .approved
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.resolutionDecided(resolution, .approved, by: context.principal, note: ""))
    }
}

package import CBOR

/// Turns a proposed resolution down, with the reason; the difference is open again.
package struct RejectResolution: Operation {
    package static let type = OperationType.rejectResolution

    package typealias Accepted = NoFields

    package var resolution: ResolutionID = .none
    /// 1 to 200 bytes.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &resolution)
        try coder.field(17, &reason)
    }
}

extension RejectResolution {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard state.resolutions.contains(resolution) else { return .failure(.unknownResolution) }
        guard state.resolutions[resolution].status == .proposed else {
            return .failure(.resolutionNotProposed)
        }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.resolutions[resolution].status = .rejected
        state.resolved[state.resolutions[resolution].difference] = nil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.resolutionDecided(resolution, .rejected, by: context.principal, note: reason))
    }
}
